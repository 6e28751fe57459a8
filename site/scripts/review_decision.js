import { pick, t, words } from "./words.js";
import { $, busy, described, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { showLinkProblem } from "./officer_link.js";
import { forgetMarks, openMarks } from "./review_marks.js";
import { allChosen, chosenFor, drawReasons, reasonKey, startReasons, takeReasons } from "./review_reasons.js";
import { cannotSign, proofOf } from "./review_signer.js";
import { foresee } from "./review_mail.js";
import { rowName } from "./review_names.js";
import { asksReport, drawReport, forgetReport, reportSeen, startReport } from "./review_report.js";

const choiceName = words("choice");
const consequence = words("consequence");
const stepName = words("step");
const decided = words("verdict");

/** @type {any} */
let review;
let codeSent = false;

/** What is chosen now; nothing before anything is. */
const chosenVerdict = () => /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=decision]:checked"))?.value ?? "";

/** @param {string} name */
const said = (name) => String($(name).value).trim();

/** Whether the officer approves over rows that they marked as not right. */
const overMarks = () => chosenVerdict() === "approve" && openMarks().length > 0;

/** The decision as it would be sent, without its proof. */
function ruling() {
  const decision = chosenVerdict();
  const approves = decision === "approve";
  return {
    decision,
    reasons: chosenFor(decision).map(reasonKey),
    message: approves ? (overMarks() ? said("despite") : "") : said("message"),
    ...(overMarks() ? { open_marks: openMarks() } : {}),
    ...(asksRecommendation(decision) ? { technical_recommendation: said("technical_recommendation") } : {}),
    ...(asksReport(decision) ? { report: reportSeen() } : {}),
  };
}

/** @param {string} decision */
const asksRecommendation = (decision) => (review.requires?.[decision] ?? []).includes("technical_recommendation");

/** @param {string} choice */
function choiceItem(choice) {
  const input = h("input", { type: "radio", name: "decision", value: choice, id: `decision-${choice}` });
  const barred = choice === "approve" ? cannotSign(review) : "";
  input.disabled = Boolean(barred);
  const told = barred || consequence(`${choice}_${review.step.key}`, consequence(choice));
  return h("label", { class: "choice big", for: `decision-${choice}` }, input, h("span", {}, choiceName(choice), h("small", {}, told)));
}

/** Shows what the chosen decision asks for: also when a mark is set meanwhile. */
function drawChoice() {
  const decision = chosenVerdict();
  show("reason-part", decision && decision !== "approve");
  show("recommendation-part", asksRecommendation(decision));
  drawReport(asksReport(decision));
  show("despite-part", overMarks());
  put("marks-now", openMarks().length ? t("review.marked_wrong", { rows: openMarks().map(rowName).join("; ") }) : "");
  drawReasons(decision);
}

/** @returns {[string, string][]} */
function decisionFaults() {
  const given = ruling();
  const first = cannotSign(review) ? review.allowed.find((/** @type {string} */ one) => one !== "approve") : review.allowed[0];
  if (!given.decision) return [[`decision-${first}`, t("review.need_decision")]];
  if (given.decision !== "approve" && !given.reasons.length) return [["reasons", t("review.need_reason")]];
  /** @type {[string, string][]} */
  const faults = [];
  if (asksRecommendation(given.decision) && !given.technical_recommendation) faults.push(["technical_recommendation", t("review.need_recommendation")]);
  if (asksReport(given.decision) && !given.report) faults.push(["report", t("report.need_report")]);
  if (overMarks() && !given.message) faults.push(["despite", t("review.need_despite")]);
  return faults;
}

function toCheck() {
  const faults = decisionFaults();
  if (faults.length) return showFaults(faults);
  clearFaults();
  const given = ruling();
  const chosen = chosenFor(given.decision);
  const late = chosen.filter((one) => one.late);
  /** @type {[string, string][]} */
  const rows = [
    [t("review.decision"), choiceName(given.decision)],
    [t("review.reasons"), chosen.map(pick).join(" ")],
    [t("review.late_found"), late.map(pick).join(" ")],
    [overMarks() ? t("review.despite") : t("review.message"), given.message],
    [t("review.recommendation"), given.technical_recommendation ?? ""],
    [t("report.name"), given.report ? t("report.hash", { hash: given.report.slice(0, 16) }) : ""],
  ];
  fill($("check-list"), ...described(rows.filter(([, text]) => text)));
  drawProof();
  drawParts(true);
  foresee({ decision: given.decision, reasons: given.reasons, message: given.message });
  $("check-heading").focus();
}

/** @param {boolean} checking */
function drawParts(checking) {
  show("decision-form", !checking);
  show("proof-form", checking);
}

/** The field that proves what is chosen now. */
function drawProof() {
  const byCode = proofNow() === "code";
  show("request-code", byCode);
  show("code-field", byCode && codeSent);
  show("passphrase-field", !byCode);
  show("send-decision", !byCode || codeSent);
}

const proofNow = () => proofOf(review, chosenVerdict());

async function mailCode() {
  try {
    await busy($("request-code"), async () => {
      const sent = await ask("POST", "/api/review/code", {});
      $("code-hint").textContent = t("review.code_sent", { address: sent.sent_to, minutes: sent.valid_minutes });
      say($("code-hint").textContent);
    });
    codeSent = true;
    drawProof();
    $("request-code").textContent = t("review.code_again");
    $("request-code").classList.add("second");
    $("code").focus();
  } catch (problem) {
    failed(problem, mailCode);
  }
}

/** @param {any} problem @param {() => unknown} retry */
function failed(problem, retry) {
  const proof = proofNow() === "code" ? "code" : "passphrase";
  if (problem.code === "proof_failed" || problem.code === "passphrase_wrong") {
    $(proof).value = "";
    showFaults([[proof, proof === "code" ? t("review.wrong_code") : t("review.wrong_passphrase")]]);
  } else if (problem.code?.startsWith("link_")) showLinkProblem(problem, retry);
  else report(problem, retry);
}

async function decide() {
  const name = proofNow() === "code" ? "code" : "passphrase";
  const proof = name === "code" ? $(name).value.replace(/\D/g, "") : $(name).value;
  if (name === "code" ? proof.length !== 6 : !proof) return showFaults([[name, name === "code" ? t("review.need_code") : t("review.need_passphrase")]]);
  try {
    await busy($("send-decision"), async () => finish(await ask("POST", "/api/review/decision", { ...ruling(), [name]: proof })));
  } catch (problem) {
    failed(problem, decide);
  }
}

/** @param {any} answer */
function finish(answer) {
  clearFaults();
  sessionStorage.removeItem(draftPlace());
  forgetMarks();
  forgetReport();
  $("passphrase").value = "";
  show("review", false);
  show("decided", true);
  $("to-inbox").hash = review.inbox_token;
  const next = answer.next_step ? t("review.next", { step: stepName(answer.next_step, answer.next_step) }) : "";
  const number = answer.permit_number ? t("review.number", { number: answer.permit_number }) : "";
  $("decided-facts").textContent = [t("review.decided_at", { decision: decided(answer.decision), at: dayAndClock(answer.decided_at) }), next, number].filter(Boolean).join(" ");
  $("decided-heading").focus();
}

const draftPlace = () => `sanggar.review.${review.case.case_id}.${review.step.key}.${review.step.attempt}`;

/** Words typed stay in this tab until they are sent. */
function keepWords() {
  const typed = { message: said("message"), despite: said("despite"), technical_recommendation: said("technical_recommendation") };
  sessionStorage.setItem(draftPlace(), JSON.stringify({ decision: chosenVerdict(), reasons: allChosen(), ...typed }));
}

function takeWords() {
  const kept = JSON.parse(sessionStorage.getItem(draftPlace()) ?? "null");
  if (!kept) return;
  if ($(`decision-${kept.decision}`)?.disabled === false) $(`decision-${kept.decision}`).checked = true;
  for (const name of ["message", "despite", "technical_recommendation"]) $(name).value = kept[name] ?? "";
  takeReasons(kept.reasons);
}

/** A mark was set or taken back: the decision hears of it. */
export function marksChanged() {
  drawChoice();
  keepWords();
}

/** Brings the decision's two forms to life. Nothing is sent before a person presses. @param {any} answer */
export function startDecision(answer) {
  review = answer;
  startReasons(answer);
  startReport(answer);
  fill($("choices"), ...review.allowed.map(choiceItem));
  drawProof();
  $("choices").addEventListener("change", drawChoice);
  $("decision-form").addEventListener("input", keepWords);
  onSubmit("decision-form", toCheck);
  onSubmit("proof-form", decide);
  onClick("request-code", mailCode);
  onClick("change-decision", () => {
    drawParts(false);
    $("decision-heading").focus();
  });
  takeWords();
  drawChoice();
}
