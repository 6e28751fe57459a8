import { pick, t, words } from "./words.js";
import { $, busy, described, fill, h, onClick, onSubmit, say, show } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { showLinkProblem } from "./review_link.js";

const choiceName = words("choice");
const consequence = words("consequence");
const documentOf = words("document");
const stepName = words("step");
const decided = words("verdict");

/** @type {any} */
let review;

/** @param {any} reason */
const reasonKey = (reason) => (reason.slot && !reason.code.includes(":") ? `${reason.code}:${reason.slot}` : reason.code);

/** The decision as marked. */
function marked() {
  const one = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=decision]:checked"));
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=reasons]:checked"));
  const decision = one?.value ?? "";
  return {
    decision,
    reasons: decision === "approve" ? [] : [...boxes].map((box) => box.value),
    message: decision === "approve" ? "" : $("message").value.trim(),
    technical_recommendation: asksRecommendation(decision) ? $("technical_recommendation").value.trim() : "",
  };
}

/** @param {string} decision */
const asksRecommendation = (decision) => (review.requires?.[decision] ?? []).includes("technical_recommendation");

/** @param {string} verdict */
function choiceItem(verdict) {
  const input = h("input", { type: "radio", name: "decision", value: verdict, id: `decision-${verdict}` });
  return h("label", { class: "choice big", for: `decision-${verdict}` }, input, h("span", {}, choiceName(verdict), h("small", {}, consequence(`${verdict}_${review.step.key}`, consequence(verdict)))));
}

/** The ready sentences that fit the decision, by document: open where the check found something, that first. @param {string} verdict */
function drawReasons(verdict) {
  const found = new Set(review.case.findings.map((/** @type {any} */ one) => `${one.code}:${one.slot}`));
  const fitting = review.reasons.filter((/** @type {any} */ one) => !one.decision || one.decision === verdict);
  const slots = [...new Set(fitting.map((/** @type {any} */ one) => one.slot ?? ""))];
  const kept = new Set(marked().reasons);
  const groups = slots.map((slot) => {
    const mine = fitting.filter((/** @type {any} */ one) => (one.slot ?? "") === slot);
    mine.sort((/** @type {any} */ a, /** @type {any} */ b) => Number(found.has(reasonKey(b))) - Number(found.has(reasonKey(a))));
    const title = slot ? documentOf(String(slot)) : t("review.whole_file");
    const open = mine.some((/** @type {any} */ one) => found.has(reasonKey(one)) || kept.has(reasonKey(one)));
    const items = mine.map((/** @type {any} */ one) => reasonItem(one, found, kept));
    return h("details", { open }, h("summary", {}, title), h("fieldset", { "aria-label": title }, ...items));
  });
  fill($("reason-groups"), ...groups);
}

/** @param {any} reason @param {Set<string>} found @param {Set<string>} kept */
function reasonItem(reason, found, kept) {
  const key = reasonKey(reason);
  const id = `reason-${key.replace(":", "-")}`;
  const input = h("input", { type: "checkbox", name: "reasons", value: key, id, checked: kept.has(key) });
  return h("label", { class: "choice", for: id }, input, h("span", {}, pick(reason), found.has(key) ? h("span", { class: "tag look" }, t("review.found_by_check")) : null));
}

/** @param {ReturnType<typeof marked>} given */
function sentences(given) {
  return review.reasons.filter((/** @type {any} */ one) => given.reasons.includes(reasonKey(one))).map(pick);
}

/** Exactly what the next reader will see. */
function drawPreview() {
  const given = marked();
  const lines = [...sentences(given).map((/** @type {string} */ line) => `• ${line}`), given.message];
  $("preview").textContent = lines.filter(Boolean).join("\n") || t("review.preview_empty");
}

function choiceChanged() {
  const { decision } = marked();
  show("reason-part", decision && decision !== "approve");
  show("recommendation-part", asksRecommendation(decision));
  drawReasons(decision);
  drawPreview();
}

/** @returns {[string, string][]} */
function decisionFaults() {
  const given = marked();
  if (!given.decision) return [[`decision-${review.allowed[0]}`, t("review.need_decision")]];
  if (given.decision !== "approve" && !given.reasons.length) return [["reasons", t("review.need_reason")]];
  if (asksRecommendation(given.decision) && !given.technical_recommendation) return [["technical_recommendation", t("review.need_recommendation")]];
  return [];
}

function toCheck() {
  const faults = decisionFaults();
  if (faults.length) return showFaults(faults);
  clearFaults();
  const given = marked();
  /** @type {[string, string][]} */
  const rows = [
    [t("review.decision"), choiceName(given.decision)],
    [t("review.reasons"), sentences(given).join(" ")],
    [t("review.message"), given.message],
    [t("review.recommendation"), given.technical_recommendation],
  ];
  fill($("check-list"), ...described(rows.filter(([, text]) => text)));
  drawParts(true);
  $("check-heading").focus();
}

/** @param {boolean} checking */
function drawParts(checking) {
  show("decision-form", !checking);
  show("proof-form", checking);
}

async function mailCode() {
  try {
    await busy($("request-code"), async () => {
      const sent = await ask("POST", "/api/review/code", {});
      $("code-hint").textContent = t("review.code_sent", { address: sent.sent_to, minutes: sent.valid_minutes });
      say($("code-hint").textContent);
    });
    show("code-field", true);
    show("send-decision", true);
    $("request-code").textContent = t("review.code_again");
    $("request-code").classList.add("second");
    $("code").focus();
  } catch (problem) {
    failed(problem, mailCode);
  }
}

/** @param {any} problem @param {() => unknown} retry */
function failed(problem, retry) {
  const proof = review.proof === "code" ? "code" : "passphrase";
  if (problem.code === "proof_failed" || problem.code === "passphrase_wrong") {
    $(proof).value = "";
    showFaults([[proof, proof === "code" ? t("review.wrong_code") : t("review.wrong_passphrase")]]);
  } else if (problem.code?.startsWith("link_")) showLinkProblem(problem, retry);
  else report(problem, retry);
}

async function decide() {
  const name = review.proof === "code" ? "code" : "passphrase";
  const proof = name === "code" ? $(name).value.replace(/\D/g, "") : $(name).value;
  if (name === "code" ? proof.length !== 6 : !proof) return showFaults([[name, name === "code" ? t("review.need_code") : t("review.need_passphrase")]]);
  const { technical_recommendation, ...given } = marked();
  const more = technical_recommendation ? { technical_recommendation } : {};
  try {
    await busy($("send-decision"), async () => finish(await ask("POST", "/api/review/decision", { ...given, ...more, [name]: proof })));
  } catch (problem) {
    failed(problem, decide);
  }
}

/** @param {any} answer */
function finish(answer) {
  clearFaults();
  sessionStorage.removeItem(draftPlace());
  $("passphrase").value = "";
  show("review", false);
  show("decided", true);
  const next = answer.next_step ? t("review.next", { step: stepName(answer.next_step, answer.next_step) }) : "";
  const number = answer.permit_number ? t("review.number", { number: answer.permit_number }) : "";
  $("decided-facts").textContent = [t("review.decided_at", { decision: decided(answer.decision), at: dayAndClock(answer.decided_at) }), next, number].filter(Boolean).join(" ");
  $("decided-heading").focus();
}

const draftPlace = () => `sanggar.review.${review.case.case_id}.${review.step.key}.${review.step.attempt}`;

/** Words typed stay in this tab until they are sent. */
function keepMarks() {
  sessionStorage.setItem(draftPlace(), JSON.stringify(marked()));
  drawPreview();
}

function takeMarks() {
  const kept = JSON.parse(sessionStorage.getItem(draftPlace()) ?? "null");
  if (!kept) return;
  if ($(`decision-${kept.decision}`)) $(`decision-${kept.decision}`).checked = true;
  $("message").value = kept.message;
  $("technical_recommendation").value = kept.technical_recommendation;
  choiceChanged();
  for (const box of document.querySelectorAll("input[name=reasons]")) {
    const reason = /** @type {HTMLInputElement} */ (box);
    if (!kept.reasons.includes(reason.value)) continue;
    reason.checked = true;
    /** @type {HTMLDetailsElement} */ (reason.closest("details")).open = true;
  }
  drawPreview();
}

/** Brings the decision's two forms to life. Nothing is sent before a person presses. @param {any} answer */
export function startDecision(answer) {
  review = answer;
  fill($("choices"), ...review.allowed.map(choiceItem));
  const byCode = review.proof === "code";
  show("request-code", byCode);
  show("code-field", false);
  show("passphrase-field", !byCode);
  show("send-decision", !byCode);
  $("choices").addEventListener("change", choiceChanged);
  $("decision-form").addEventListener("input", keepMarks);
  onSubmit("decision-form", toCheck);
  onSubmit("proof-form", decide);
  onClick("request-code", mailCode);
  onClick("change-decision", () => {
    drawParts(false);
    $("decision-heading").focus();
  });
  takeMarks();
}
