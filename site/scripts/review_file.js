import { pick, t, words } from "./words.js";
import { $, described, fill, h } from "./dom.js";
import { readable } from "./moments.js";
import { ask } from "./api.js";
import { report } from "./problems.js";
import { documentName, drawPictures, loadAhead, showFrame, showTop, whenLoaded } from "./review_view.js";
import { openSide } from "./review_desk.js";
import { tag } from "./review_tag.js";

const read = words("read");
const fault = words("fault_file");
const quality = words("quality");

/** As the procedure asks for them, whatever came first. */
const SLOTS = ["ktp", "village_letter", "board_roster", "old_certificate"];

/** The case as last answered: its addresses are good for minutes. @type {any} */
let onFile;
let openNow = "";
/** The place to which a row has led the viewer last: from there it moves only for another one. */
let ledTo = "none";

/** @param {any} one @returns {import("./review_tag.js").Kind} */
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

/** The button that leads to a frame. @param {string} slot @param {string} key @param {string} name */
function shower(slot, key, name) {
  const lead = () => {
    openSide("documents");
    openDocument(slot);
    showFrame(key);
  };
  return h("button", { type: "button", class: "plain", id: `show-${key}`, "aria-label": `${t("review.show")}: ${name}`, onclick: lead }, t("review.show"));
}

/** The viewer goes where a row that has the focus was read; without a place, to the top of its document. @param {string} slot @param {string} key */
export function leadTo(slot, key) {
  if (!onFile.documents[slot] || (slot === openNow && key === ledTo)) return;
  openDocument(slot);
  ledTo = key;
  if ($(`frame-${key}`)) showFrame(key, false);
  else showTop();
}

/** @param {any} file @param {any} one */
function findingItem(file, one) {
  const number = framedFindings(file).indexOf(one) + 1;
  const framed = number ? [h("b", { class: "sign", "aria-hidden": "true" }, String(number)), " "] : [];
  const lead = number ? shower(one.slot, `finding-${number}`, pick(one.sentence)) : null;
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

/** Shows a document, unless it is shown. @param {string} slot */
export function openDocument(slot) {
  if (slot === openNow) return;
  [openNow, ledTo] = [slot, "none"];
  drawDocument();
}

/** The documents that are on file, in order. */
export const slotsHere = () => SLOTS.filter((slot) => onFile.documents[slot]);

function drawDocument() {
  const [file, slot] = [onFile, openNow];
  const document = file.documents[slot];
  for (const button of $("document-tabs").children) {
    button.setAttribute("aria-pressed", String(button.id === `tab-${slot}`));
    button.classList.toggle("second", button.id !== `tab-${slot}`);
  }
  drawPictures(slot, document.previews ?? [], spotsOf(file, slot), () => [
    h("button", { type: "button", class: "retry", onclick: again }, t("fault.retry")),
    original(document, slot, "original-instead"),
  ]);
  const problems = [...(document.fault ? [fault(document.fault, fault("other"))] : []), ...(document.quality ?? []).map((/** @type {string} */ one) => quality(one))];
  $("document-note").textContent = problems.join(" ").replace("{document}", documentName(slot));
  const known = Object.entries(document.read ?? {}).filter(([, value]) => value != null && typeof value !== "object");
  fill($("document-read"), ...described(known.map(([name, value]) => [read(name), valueItem(file, slot, name, value)])));
  fill($("document-original"), original(document, slot, "original"));
}

/** @param {any} document @param {string} slot @param {string} id */
function original(document, slot, id) {
  if (!document.original_url) return null;
  return h("a", { id, href: document.original_url, target: "_blank", rel: "noreferrer" }, t("review.original", { document: documentName(slot) }));
}

/** Asks for the picture once more, under a fresh address: the old one may be too old. */
async function again() {
  try {
    const fresh = await ask("GET", "/api/review");
    onFile.documents = fresh.case.documents;
    drawDocument();
    $("view").focus();
  } catch (problem) {
    report(problem, again);
  }
}

/** When a picture has come, the one that is looked at next. @param {string} slot */
function loadNext(slot) {
  const slots = slotsHere();
  const next = slots[slots.indexOf(slot) + 1];
  if (slot === openNow && next) loadAhead(next, onFile.documents[next].previews?.[0]);
}

/** What was read, and the way to where it stands. @param {any} file @param {string} slot @param {string} name @param {any} value */
function valueItem(file, slot, name, value) {
  const framed = pictured(file, slot, file.documents[slot].boxes?.[name]);
  return framed ? h("span", {}, `${readable(value)} `, shower(slot, `read-${name}`, valueName(name, value))) : readable(value);
}

function drawDocuments() {
  const tabs = slotsHere().map((slot) => {
    const found = onFile.findings.filter((/** @type {any} */ one) => one.slot === slot);
    const sign = found.some((/** @type {any} */ one) => one.severity === "warn") ? "!" : found.length ? "?" : "✓";
    return h("button", { type: "button", id: `tab-${slot}`, onclick: () => openDocument(slot) }, `${documentName(slot)} ${sign}`);
  });
  fill($("document-tabs"), ...tabs);
  whenLoaded(loadNext);
  if (tabs.length) openDocument(slotsHere()[0]);
  else fill($("view"), h("p", {}, t("review.no_documents")));
}

/** Documents and findings of the case. @param {any} file */
export function drawFile(file) {
  onFile = file;
  drawFindings(file);
  drawDocuments();
}
