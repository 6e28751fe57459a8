import { pick, t } from "./words.js";
import { $, busy, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, goTo, showFaults } from "./problems.js";
import { reportTo } from "./session.js";
import { accept, askCase, change, here, neededDocuments } from "./case_place.js";
import { running, unfinishedSlots } from "./case_standing.js";
import { formFaults } from "./case_fields.js";
import { sendOrWait, startQueue } from "./case_queue.js";

/** @param {string} slot */
function documentName(slot) {
  return pick(here.procedure.documents.find((/** @type {any} */ one) => one.slot === slot)?.name) || slot;
}

/** @returns {[string, string][]} */
function sendFaults() {
  const faults = formFaults();
  // A photo that waits for the line goes before the application, which waits as well.
  for (const slot of unfinishedSlots().filter((one) => running.get(one)?.state !== "lost")) faults.push([`${slot}-card`, t("send.unfinished", { document: documentName(slot) })]);
  if (!$("declared").checked) faults.push(["declared", t("send.need_declared")]);
  return faults;
}

/** @param {any} problem */
function refused(problem) {
  const { missing = [], slots = [] } = problem.facts ?? {};
  if (problem.code === "form_incomplete") return showFaults(missing.map((/** @type {string} */ name) => [name, t("send.missing_field")]));
  if (problem.code === "documents_unfinished") return showFaults(slots.map(slotFault("unfinished")));
  if (problem.code === "state_conflict") return askCase("GET").then(accept, reportTo); // sent from another tab
  if (problem.code !== "documents_missing") return reportTo(problem, () => sendAll(false));
  const anyway = h("button", { type: "button", id: "send-anyway", class: "second", onclick: () => sendAll(true) }, t("send.anyway"));
  showFaults(slots.map(slotFault("missing")), h("p", {}, t("send.anyway_hint")), anyway);
}

/** @param {"unfinished" | "missing"} kind @returns {(slot: string) => [string, string]} */
function slotFault(kind) {
  return (slot) => {
    const facts = { document: documentName(slot) };
    return [`${slot}-card`, kind === "missing" ? t("send.missing", facts) : t("send.unfinished", facts)];
  };
}

/** @param {boolean} anyway */
async function sendAll(anyway) {
  if (!here.app.can.submit && !here.app.can.correct) return; // it is sent
  const faults = sendFaults();
  if (faults.length) return showFaults(faults);
  clearFaults();
  const more = anyway ? { send_anyway: true } : {};
  const message = $("correction_message").value.trim();
  const [path, body] = here.app.status === "returned" ? ["/correction", message ? { message } : {}] : ["/submission", { declared_true: true }];
  try {
    await busy($("send-application"), async () => {
      if (await sendOrWait(path, { ...body, ...more })) sent();
    });
  } catch (problem) {
    refused(problem);
  }
}

/** The service has it: only now is there a receipt. Its address is that of the application, not of a form. */
function sent() {
  clearFaults();
  history.replaceState(null, "", `#${here.id}`);
  say(t("send.sent"));
  scrollTo(0, 0);
  $("case-title").focus();
}

async function withdraw() {
  const reason = $("withdrawal_reason").value.trim();
  try {
    await busy($("withdraw"), () => change("POST", "/withdrawal", reason ? { reason } : {}));
    $("case-title").focus();
  } catch (problem) {
    reportTo(problem, withdraw);
  }
}

/** What may be refused, before it is sent. @param {any} app */
function openFindings(app) {
  const underway = unfinishedSlots();
  const empty = neededDocuments().filter((/** @type {any} */ one) => !app.documents[one.slot] && !underway.includes(one.slot));
  return [
    ...empty.map((/** @type {any} */ one) => [one.slot, t("send.missing", { document: pick(one.name) })]),
    ...app.findings
      .filter((/** @type {any} */ one) => one.severity === "warn" && one.code !== "missing_document")
      .map((/** @type {any} */ one) => [one.slot, pick(one.sentence)]),
  ];
}

/** @param {string[]} pair */
function findingItem([slot, sentence]) {
  return h("li", {}, leading(`${slot}-card`, sentence));
}

/** A sentence that leads to what it is about. @param {string} id @param {string} sentence */
function leading(id, sentence) {
  return $(id) ? h("a", { href: `#${id}`, onclick: goTo }, sentence) : sentence;
}

/** A reason leads to the card of its document, or to its field. @param {any} reason */
function reasonLine(reason) {
  return h("li", {}, leading(reason.field ?? `${reason.slot}-card`, pick(reason.sentence)));
}

/** Beside a field that was returned: why. @param {any} correction */
function drawFieldReasons(correction) {
  for (const old of document.querySelectorAll(".why")) old.remove();
  for (const one of correction?.reasons ?? []) {
    const field = one.field && $(one.field);
    if (!field) continue;
    $(`${one.field}-error`).before(h("p", { class: "note bad why", id: `${one.field}-why` }, pick(one.sentence)));
    field.setAttribute("aria-describedby", `${one.field}-why ${one.field}-error`);
  }
}

/** @param {any} app */
export function drawSend(app) {
  const correcting = app.status === "returned";
  const sending = app.can.submit || app.can.correct || app.can.edit;
  show("section-send", sending);
  show("correction-fields", correcting);
  show("section-withdraw", app.can.withdraw);
  if (!sending) return;
  show("send-heading", correcting);
  if (!$("send-application").disabled) $("send-application").textContent = correcting ? t("send.correct") : t("send.send");
  const found = openFindings(app);
  show("no-findings", !found.length);
  show("some-findings", found.length);
  $("findings-heading").textContent = correcting ? t("send.findings_returned") : t("send.findings", { count: new Set(found.map(([slot]) => slot)).size });
  fill($("finding-list"), ...found.map(findingItem));
}

/** What the officer wrote. @param {any} app */
export function drawCorrection(app) {
  const { correction } = app;
  show("section-correction", app.status === "returned" && correction);
  drawFieldReasons(app.status === "returned" ? correction : null);
  if (!correction) return;
  put("correction-apology", pick(correction.apology));
  fill($("correction-reasons"), ...correction.reasons.map(reasonLine));
  put("correction-message", correction.message ?? "");
  put("correction-until", correction.until ? t("case.correct_until", { until: dayAndClock(correction.until) }) : "");
}

export function startSending() {
  startQueue({ sent, refused });
  onSubmit("send-form", () => sendAll(false));
  onClick("withdraw", withdraw);
}
