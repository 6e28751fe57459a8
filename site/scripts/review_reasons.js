import { pick, t, words } from "./words.js";
import { $, fill, h } from "./dom.js";

const documentOf = words("document");

/** @type {any} */
let looked;
/** The reasons that are chosen, by key: they stay when another decision is looked at. @type {Set<string>} */
const chosen = new Set();

/** @param {any} answer */
export function startReasons(answer) {
  looked = answer;
  $("reason-groups").addEventListener("change", (/** @type {any} */ { target }) => {
    if (target.checked) chosen.add(target.value);
    else chosen.delete(target.value);
    drawLate();
  });
}

/** The reason as the service takes it. @param {any} reason */
export function reasonKey({ code, slot, field }) {
  if (field) return `${code}:field:${field}`;
  return slot ? `${code}:${slot}` : code;
}

/** The first of the codes that can be given here for a return about that document or field. @param {string[]} codes @param {string} slot @param {string} field */
export function reasonFor(codes, slot, field) {
  const fitting = looked.reasons.filter((/** @type {any} */ one) => one.decision === "return" && (one.slot ?? "") === slot && (one.field ?? "") === field);
  return codes.map((code) => fitting.find((/** @type {any} */ one) => one.code === code)).find(Boolean) ?? null;
}

/** @param {any} reason @param {boolean} on */
export function chooseReason(reason, on) {
  if (on) chosen.add(reasonKey(reason));
  else chosen.delete(reasonKey(reason));
}

/** @param {string[]} keys */
export function takeReasons(keys) {
  for (const key of keys) chosen.add(key);
}

/** The chosen reasons that fit a decision. @param {string} verdict @returns {any[]} */
export function chosenFor(verdict) {
  return looked.reasons.filter((/** @type {any} */ one) => (!one.decision || one.decision === verdict) && chosen.has(reasonKey(one)));
}

/** All that is chosen, whatever the decision. */
export const allChosen = () => [...chosen];

/** The ready sentences that fit the decision, by document: open where the check found something or one is chosen. @param {string} verdict */
export function drawReasons(verdict) {
  const found = new Set(looked.case.findings.map((/** @type {any} */ one) => `${one.code}:${one.slot}`));
  const fitting = looked.reasons.filter((/** @type {any} */ one) => !one.decision || one.decision === verdict);
  const groups = [...new Set(fitting.map(groupOf))].map((group) => {
    const mine = fitting.filter((/** @type {any} */ one) => groupOf(one) === group);
    mine.sort((/** @type {any} */ a, /** @type {any} */ b) => Number(found.has(reasonKey(b))) - Number(found.has(reasonKey(a))));
    const title = group === "fields" ? t("review.rows_form") : group ? documentOf(String(group)) : t("review.whole_file");
    const open = mine.some((/** @type {any} */ one) => found.has(reasonKey(one)) || chosen.has(reasonKey(one)));
    return h("details", { open }, h("summary", {}, title), h("fieldset", { "aria-label": title }, ...mine.map((/** @type {any} */ one) => reasonItem(one, found))));
  });
  fill($("reason-groups"), ...groups);
  drawLate();
}

/** @param {any} reason */
const groupOf = (reason) => (reason.field ? "fields" : (reason.slot ?? ""));

/** @param {any} reason @param {Set<string>} found */
function reasonItem(reason, found) {
  const key = reasonKey(reason);
  const id = `reason-${key.replaceAll(":", "-")}`;
  const input = h("input", { type: "checkbox", name: "reasons", value: key, id, checked: chosen.has(key) });
  const tags = [found.has(key) && t("review.found_by_check"), reason.late && t("review.late_tag")].filter(Boolean);
  return h("label", { class: "choice", for: id }, input, h("span", {}, pick(reason), ...tags.map((text) => h("span", { class: "tag look" }, text))));
}

/** What could have been found before is said before it is sent. */
function drawLate() {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=reasons]:checked"));
  const late = [...boxes].some((box) => looked.reasons.some((/** @type {any} */ one) => one.late && reasonKey(one) === box.value));
  $("late-note").hidden = !late;
}
