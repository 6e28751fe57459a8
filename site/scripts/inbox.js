import { pick, root, t, words } from "./words.js";
import { $, busy, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { Problem, ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, showFaults } from "./problems.js";
import { showLinkProblem, useLink } from "./officer_link.js";
import { signChosen } from "./inbox_signing.js";

const kind = words("kind");

/** A step that waits, as the service tells it. @param {any} one */
function line(one) {
  const late = one.minutes_left <= 0;
  const name = one.group_name || one.number;
  return h(
    "li",
    { class: late ? "card over" : "card", id: `waiting-${one.case_id}` },
    h("h2", {}, name),
    h("p", {}, h("span", { class: `tag ${late ? "late" : ""}` }, pick(one.time_left)), " ", h("span", { class: "number" }, one.number), ` · ${kind(one.application_type)}`),
    h("p", {}, pick(one.step_name)),
    h("p", { class: "soft" }, `${t("inbox.deadline", { at: dayAndClock(one.deadline) })}. ${t("inbox.kept", { at: dayAndClock(one.submitted_at) })}.`),
    one.proof === "passphrase" ? chooser(one, name) : null,
    h("p", { id: `outcome-${one.case_id}`, role: "status", hidden: true }),
    h("a", { class: "button second", href: `${root}tinjau/#${one.token}`, "aria-label": `${t("inbox.open")} ${one.number}` }, t("inbox.open")),
  );
}

/** A complaint that waits for an answer. @param {any} one */
function complaintLine(one) {
  const late = one.minutes_left <= 0;
  return h(
    "li",
    { class: late ? "card over" : "card", id: `waiting-${one.complaint_id}` },
    h("h3", { class: "number" }, one.number),
    h("p", {}, h("span", { class: `tag ${late ? "late" : ""}` }, pick(one.time_left))),
    h("p", { class: "soft" }, `${t("inbox.deadline", { at: dayAndClock(one.deadline) })}. ${t("inbox.kept", { at: dayAndClock(one.received_at) })}.`),
    h("a", { class: "button second", href: `${root}pengaduan/jawab/#${one.token}`, "aria-label": `${t("inbox.answer")} ${one.number}` }, t("inbox.answer")),
  );
}

/** A proposed revocation that waits for a decision. @param {any} one */
function revocationLine(one) {
  return h(
    "li",
    { class: "card", id: `revocation-${one.case_id}` },
    h("h3", {}, one.group_name || one.permit_number),
    h("p", {}, h("span", { class: "number" }, one.permit_number)),
    h("p", { class: "soft" }, `${t("inbox.proposed", { at: dayAndClock(one.proposed_at) })}.`),
    h("a", { class: "button second", href: `${root}pencabutan/#${one.token}`, "aria-label": `${t("inbox.decide")} ${one.permit_number}` }, t("inbox.decide")),
  );
}

/** @param {any} one @param {string} name */
function chooser(one, name) {
  const id = `sign-${one.case_id}`;
  const box = h("input", { type: "checkbox", id, name: "sign", value: one.case_id, onchange: countChosen, "aria-label": `${t("inbox.choose")}: ${name}` });
  return h("label", { class: "choice", for: id }, box, h("span", {}, t("inbox.choose")));
}

/** @returns {string[]} the cases that are marked for signing */
function chosenCases() {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=sign]:checked"));
  return [...boxes].map((box) => box.value);
}

function countChosen() {
  put("sign-chosen", t("inbox.chosen", { count: chosenCases().length }));
}

/** @type {any[]} */
let waiting = [];

/** @param {any} answer */
function draw(answer) {
  waiting = answer.waiting;
  fill($("waiting"), ...waiting.map(line));
  put("inbox-for", `${t("inbox.owner", { name: answer.officer.name, role: answer.officer.role_name })}. ${t("inbox.until", { at: dayAndClock(answer.link_expires_at) })}`);
  fill($("complaints"), ...answer.complaints.map(complaintLine));
  show("complaints-part", answer.complaints.length > 0);
  fill($("revocations"), ...answer.revocations.map(revocationLine));
  show("revocations-part", answer.revocations.length > 0);
  show("inbox-none", !waiting.length && !answer.complaints.length && !answer.revocations.length);
  show("revoke-way", answer.proposing_token);
  if (answer.proposing_token) $("revoke-link").href = `${root}cabut/#${answer.proposing_token}`;
  show("sign-form", waiting.some((one) => one.proof === "passphrase"));
  countChosen();
  show("inbox", true);
}

async function load() {
  try {
    draw(await ask("GET", "/api/inbox"));
  } catch (problem) {
    showLinkProblem(problem, load);
  } finally {
    show("loading", false);
  }
}

/** All that are chosen, with the passphrase as it is typed now: it is kept nowhere. */
async function sign() {
  clearFaults();
  const chosen = waiting.filter((one) => chosenCases().includes(one.case_id));
  const passphrase = $("passphrase").value;
  if (!chosen.length) return showFaults([[`sign-${waiting.find((one) => one.proof === "passphrase").case_id}`, t("inbox.need_choice")]]);
  if (!passphrase) return showFaults([["passphrase", t("review.need_passphrase")]]);
  await busy($("sign-all"), async () => {
    const outcome = await signChosen(chosen, passphrase);
    if (outcome.passphraseWrong) return showFaults([["passphrase", t("review.wrong_passphrase")]]);
    say(t("inbox.done", { count: outcome.signed }));
    countChosen();
  });
  $("passphrase").value = "";
}

onClick("look-again", load);
onSubmit("sign-form", sign);
if (useLink("inbox.sanggar", "inbox", "/api/inbox/link")) load();
else showLinkProblem(new Problem(401, { code: "link_missing" }), load);
