import { pick, t, words } from "./words.js";
import { $, fill, h } from "./dom.js";
import { lettersMarked } from "./review_letters.js";
import { cropPlace, drawCrops } from "./review_crop.js";
import { documentName, whenLoaded } from "./review_view.js";
import { leadTo } from "./review_file.js";
import { tag } from "./review_tag.js";
import { markAt, setMark } from "./review_marks.js";
import { chooseReason, reasonFor } from "./review_reasons.js";
import { marksChanged } from "./review_decision.js";
import { rowName } from "./review_names.js";

const field = words("field");
const whyRenewed = words("renewal_reason");
const genre = words("genre");

/** Which of a document's values answers which field of the form, and the finding that says they differ. */
const ROWS = [
  { name: "leader_name", slots: { ktp: "full_name", village_letter: "leader_name", board_roster: "leader_name", old_certificate: "leader_name" }, codes: ["name_mismatch", "roster_no_leader"] },
  { name: "national_id", slots: { ktp: "national_id", village_letter: "leader_national_id" }, codes: ["nik_mismatch"] },
  { name: "group_name", slots: { village_letter: "group_name", board_roster: "group_name", old_certificate: "group_name" }, codes: ["group_mismatch"] },
  { name: "previous_permit_number", slots: { old_certificate: "certificate_number" }, codes: ["certificate_number_mismatch"] },
];
const REST = ["art_genre", "group_address", "village", "sub_district", "founded_year", "member_count", "phone", "renewal_reason"];
/** @typedef {{kind: import("./review_tag.js").Kind, found: string, expected: string}} Compared */

/** The server compares; the page only says what it found. @param {any} file @param {typeof ROWS[number]} row @param {string} slot @returns {Compared} */
function compare(file, row, slot) {
  const document = file.documents[slot];
  const about = file.findings.filter((/** @type {any} */ one) => one.slot === slot);
  const finding = about.find((/** @type {any} */ one) => row.codes.includes(one.code));
  const value = String(document?.read?.[row.slots[/** @type {keyof typeof row.slots} */ (slot)] ?? ""] ?? "");
  const typed = String(file.form[row.name] ?? "");
  if (finding) return { kind: "differs", found: finding.found ?? (value || t("review.nothing")), expected: finding.expected ?? typed };
  const unchecked = about.some((/** @type {any} */ one) => one.code === "not_checked" && one.field === row.name);
  if (unchecked) return { kind: "unread", found: value, expected: typed };
  if (!document) return { kind: "missing", found: "", expected: typed };
  return { kind: value ? "same" : "unread", found: value, expected: typed };
}

/** @param {any} file @param {typeof ROWS[number]} row */
function rowItem(file, row) {
  const slots = Object.keys(row.slots).filter((slot) => slot !== "old_certificate" || file.application_type === "renewal");
  const typed = h("p", {}, h("span", { class: "soft" }, `${t("review.typed")}: `), h("b", {}, String(file.form[row.name] || t("case.empty"))));
  return h("li", { "data-testid": `row-${row.name}` }, h("h3", {}, field(row.name)), typed, h("ul", {}, ...slots.map((slot) => lineItem(file, row, slot))));
}

/** One value of one document beside the form. @param {any} file @param {typeof ROWS[number]} row @param {string} slot */
function lineItem(file, row, slot) {
  const { kind, found, expected } = compare(file, row, slot);
  const read = row.slots[/** @type {keyof typeof row.slots} */ (slot)] ?? "";
  const box = file.documents[slot]?.boxes?.[read];
  const differs = kind === "differs";
  const value = h("b", {}, differs ? lettersMarked(found, expected) : found);
  const other = differs ? h("p", { class: "other" }, h("span", { class: "soft" }, `${t("review.typed")}: `), lettersMarked(expected, found)) : null;
  const key = `${row.name}:${slot}`;
  const line = h("li", { class: "line", "data-row": key, onfocusin: () => leadTo(slot, box ? `read-${read}` : "") }, h("span", { class: "soft" }, `${documentName(slot)}:`), value, tag(kind), cropPlace(slot, box), other);
  const codes = kind === "missing" ? ["missing_document"] : [...row.codes.filter((code) => file.findings.some((/** @type {any} */ one) => one.slot === slot && one.code === code)), ...row.codes];
  addMarks(line, key, () => reasonFor(codes, slot, ""));
  return line;
}

/** A field that no document is compared with. @param {any} file @param {string} name */
function restItem(file, name) {
  /** @type {Record<string, (text: string) => string>} */
  const told = { art_genre: genre, renewal_reason: whyRenewed };
  const shown = told[name] ?? String;
  const value = shown(file.form[name]);
  const line = h("li", { class: "line", "data-row": name }, h("span", { class: "soft" }, `${field(name)}:`), h("b", {}, value));
  addMarks(line, name, () => reasonFor(["form_incorrect"], "", name));
  return line;
}

/** The officer's own marks of a row: at most one of the two, and the reason that goes with "not right". @param {any} line @param {string} key @param {() => any} fitting */
function addMarks(line, key, fitting) {
  const told = h("p", { class: "soft told" });
  const press = (/** @type {import("./review_marks.js").Mark} */ which) => {
    const now = markAt(key) === which ? undefined : which;
    setMark(key, now);
    const reason = fitting();
    if (reason) chooseReason(reason, now === "wrong");
    drawMark();
    marksChanged();
  };
  const button = (/** @type {import("./review_marks.js").Mark} */ which) => h("button", { type: "button", class: "mark second", id: `${which}-${key.replace(":", "-")}`, "data-which": which, "aria-label": `${which === "right" ? t("review.right") : t("review.wrong")}: ${rowName(key)}`, onclick: () => press(which) }, which === "right" ? t("review.right") : t("review.wrong"));
  const buttons = [button("right"), button("wrong")];
  const drawMark = () => {
    for (const one of buttons) one.setAttribute("aria-pressed", String(markAt(key) === one.dataset.which));
    line.dataset.marked = markAt(key) ?? "";
    const reason = markAt(key) === "wrong" ? fitting() : null;
    told.textContent = reason ? t("review.reason_ready", { reason: pick(reason) }) : "";
  };
  line.append(h("div", { class: "marks" }, ...buttons), told);
  drawMark();
}

/** The form against what was read, row by row. @param {any} file */
export function drawRows(file) {
  const rows = ROWS.filter((row) => row.name !== "previous_permit_number" || file.application_type === "renewal");
  fill($("rows"), ...rows.map((row) => rowItem(file, row)));
  fill($("rest"), ...REST.filter((name) => file.form[name]).map((name) => restItem(file, name)));
  whenLoaded((slot) => drawCrops($("rows"), slot));
}
