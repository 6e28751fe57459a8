import { pick, t, words } from "./words.js";
import { $, described, fill, h } from "./dom.js";
import { readable } from "./moments.js";
import { documentName, drawPictures, showFrame, zoomBy, zoomTo } from "./review_view.js";

const read = words("read");
const field = words("field");
const mark = words("mark");
const fault = words("fault_file");
const quality = words("quality");

/** Which of a document's values answers which field of the form, and the finding that says they differ. */
const ROWS = [
  { name: "leader_name", slots: { ktp: "full_name", village_letter: "leader_name", board_roster: "leader_name", old_certificate: "leader_name" }, codes: ["name_mismatch", "roster_no_leader"] },
  { name: "national_id", slots: { ktp: "national_id", village_letter: "leader_national_id" }, codes: ["nik_mismatch"] },
  { name: "group_name", slots: { village_letter: "group_name", board_roster: "group_name", old_certificate: "group_name" }, codes: ["group_mismatch"] },
  { name: "previous_permit_number", slots: { old_certificate: "certificate_number" }, codes: ["certificate_number_mismatch"] },
];
const REST = ["art_genre", "group_address", "village", "sub_district", "founded_year", "member_count", "phone"];
/** As the procedure asks for them, whatever came first. */
const SLOTS = Object.keys(ROWS[0].slots);
const SIGN = { same: "✓", differs: "≠", unread: "?", missing: "–", look: "?" };
const TONE = { same: "", differs: "late", unread: "look", missing: "look", look: "look" };

/** @typedef {keyof typeof SIGN} Mark */

/** The server compares; the page only says what it found. @param {any} file @param {typeof ROWS[number]} row @param {string} slot @returns {[Mark, string]} */
function compare(file, row, slot) {
  const document = file.documents[slot];
  const found = file.findings.find((/** @type {any} */ one) => one.slot === slot && row.codes.includes(one.code));
  const value = document?.read?.[row.slots[/** @type {keyof typeof row.slots} */ (slot)] ?? ""];
  if (found) return ["differs", found.found ?? value ?? t("review.nothing")];
  const unchecked = file.findings.some((/** @type {any} */ one) => one.slot === slot && one.code === "not_checked" && one.field === row.name);
  if (unchecked) return ["unread", String(value ?? "")];
  if (!document) return ["missing", ""];
  return value ? ["same", String(value)] : ["unread", ""];
}

/** @param {Mark} kind */
function tag(kind) {
  return h("span", { class: `tag ${TONE[kind]}`, "data-mark": kind }, `${SIGN[kind]} ${mark(kind)}`);
}

/** @param {any} file @param {typeof ROWS[number]} row */
function rowItem(file, row) {
  const slots = Object.keys(row.slots).filter((slot) => slot !== "old_certificate" || file.application_type === "renewal");
  const lines = slots.map((slot) => {
    const [kind, value] = compare(file, row, slot);
    return h("li", {}, h("span", { class: "soft" }, `${documentName(slot)}:`), h("b", {}, value), tag(kind));
  });
  const typed = h("p", {}, h("span", { class: "soft" }, `${t("review.typed")}: `), h("b", {}, String(file.form[row.name] || t("case.empty"))));
  return h("li", { "data-testid": `row-${row.name}` }, h("h3", {}, field(row.name)), typed, h("ul", {}, ...lines));
}

/** @param {any} file */
function drawRows(file) {
  const rows = ROWS.filter((row) => row.name !== "previous_permit_number" || file.application_type === "renewal");
  fill($("rows"), ...rows.map((row) => rowItem(file, row)));
  const rest = REST.filter((name) => file.form[name]);
  const genre = words("genre");
  fill($("rest"), ...described(rest.map((name) => [field(name), name === "art_genre" ? genre(file.form[name]) : String(file.form[name])])));
}

/** @param {any} one @returns {Mark} */
function markOf(one) {
  if (["not_checked", "document_not_checked"].includes(one.code)) return "unread";
  if (one.code === "missing_document") return "missing";
  return one.severity === "warn" && one.field ? "differs" : "look";
}

/** What must be corrected, then what is worth a look. @param {any} file @returns {any[][]} */
function parted(file) {
  return [true, false].map((warns) => file.findings.filter((/** @type {any} */ one) => (one.severity === "warn") === warns));
}

/** @param {any} file @param {string} slot @param {any} box */
function pictured(file, slot, box) {
  return box && box.page < (file.documents[slot]?.previews ?? []).length;
}

/** The findings that have a frame on a picture, in the order of their numbers. @param {any} file @returns {any[]} */
function framedFindings(file) {
  return parted(file).flat().filter((one) => pictured(file, one.slot, one.box));
}

/** All frames of a document: its findings', and one for each value that was read. @param {any} file @param {string} slot */
function spotsOf(file, slot) {
  const { boxes = {}, read: values = {} } = file.documents[slot];
  const found = framedFindings(file).map((one, at) => ({ ...one, key: `finding-${at + 1}`, name: `${at + 1}. ${pick(one.sentence)}`, tone: one.severity === "warn" ? "must" : "see", sign: String(at + 1) }));
  const told = Object.keys(boxes).map((name) => ({ key: `read-${name}`, name: valueName(name, values[name]), tone: "quiet", sign: "", box: boxes[name] }));
  return [...found.filter((one) => one.slot === slot), ...told];
}

/** @param {string} name @param {any} value */
const valueName = (name, value) => `${read(name)}: ${readable(value)}`;

/** The button that leads to a frame. @param {any} file @param {string} slot @param {string} key @param {string} name */
function shower(file, slot, key, name) {
  const lead = () => {
    if ($(`tab-${slot}`).getAttribute("aria-pressed") !== "true") openDocument(file, slot);
    showFrame(key);
  };
  return h("button", { type: "button", class: "plain", id: `show-${key}`, "aria-label": `${t("review.show")}: ${name}`, onclick: lead }, t("review.show"));
}

/** @param {any} file @param {any} one */
function findingItem(file, one) {
  const number = framedFindings(file).indexOf(one) + 1;
  const framed = number ? [h("b", { class: "sign", "aria-hidden": "true" }, String(number)), " "] : [];
  const lead = number ? shower(file, one.slot, `finding-${number}`, pick(one.sentence)) : null;
  return h("li", { "data-testid": `finding-${one.code}-${one.slot}` }, ...framed, tag(markOf(one)), ` ${pick(one.sentence)} `, lead);
}

/** @param {any} file */
function drawFindings(file) {
  const [wrong, rest] = parted(file);
  fill($("findings"), ...wrong.map((one) => findingItem(file, one)));
  fill($("notes"), ...rest.map((one) => findingItem(file, one)));
  $("findings-none").hidden = wrong.length > 0;
  $("notes-part").hidden = !rest.length;
}

/** @param {any} file @param {string} slot */
function openDocument(file, slot) {
  const document = file.documents[slot];
  for (const button of $("document-tabs").children) button.setAttribute("aria-pressed", String(button.id === `tab-${slot}`));
  for (const button of $("document-tabs").children) button.classList.toggle("second", button.id !== `tab-${slot}`);
  drawPictures(slot, document.previews ?? [], spotsOf(file, slot));
  const problems = [...(document.fault ? [fault(document.fault, fault("other"))] : []), ...(document.quality ?? []).map((/** @type {string} */ one) => quality(one))];
  $("document-note").textContent = problems.join(" ").replace("{document}", documentName(slot));
  const known = Object.entries(document.read ?? {}).filter(([, value]) => value != null && typeof value !== "object");
  fill($("document-read"), ...described(known.map(([name, value]) => [read(name), valueItem(file, slot, name, value)])));
  fill($("document-original"), document.original_url ? h("a", { id: "original", href: document.original_url, target: "_blank", rel: "noreferrer" }, t("review.original", { document: documentName(slot) })) : null);
}

/** What was read, and the way to where it stands. @param {any} file @param {string} slot @param {string} name @param {any} value */
function valueItem(file, slot, name, value) {
  const framed = pictured(file, slot, file.documents[slot].boxes?.[name]);
  return framed ? h("span", {}, `${readable(value)} `, shower(file, slot, `read-${name}`, valueName(name, value))) : readable(value);
}

/** @param {any} file */
function drawDocuments(file) {
  const slots = SLOTS.filter((slot) => file.documents[slot]);
  const tabs = slots.map((slot) => {
    const found = file.findings.filter((/** @type {any} */ one) => one.slot === slot);
    const sign = found.some((/** @type {any} */ one) => one.severity === "warn") ? "!" : found.length ? "?" : "✓";
    return h("button", { type: "button", id: `tab-${slot}`, onclick: () => openDocument(file, slot) }, `${documentName(slot)} ${sign}`);
  });
  fill($("document-tabs"), ...tabs);
  if (slots.length) openDocument(file, slots[0]);
  else fill($("view"), h("p", {}, t("review.no_documents")));
  $("zoom-out").onclick = () => zoomBy(-25);
  $("zoom-in").onclick = () => zoomBy(25);
  $("zoom-reset").onclick = () => zoomTo(100);
}

/** Everything on file: documents, form against what was read, findings. @param {any} file */
export function drawFile(file) {
  drawFindings(file);
  drawDocuments(file);
  drawRows(file);
}
