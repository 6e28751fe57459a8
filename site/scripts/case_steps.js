import { root, t, words } from "./words.js";
import { $, fill, h, onSubmit, show } from "./dom.js";
import { clearFaults, nameDocument, showFaults } from "./problems.js";
import { accept, here, neededDocuments } from "./case_place.js";
import { GROUP_FIELDS, LEADER_FIELDS, askedFields, formFaults, value } from "./case_fields.js";
import { save } from "./case_draft.js";
import { nameOf, running } from "./case_standing.js";

/** The pages of a draft in their order, as they stand in the address: `#CASE/ketua`; without one, the list of them. */
const STEPS = ["jenis", "kelompok", "ketua", "dokumen", "kirim"];
/** Reached from the check page, to which it leads back. */
const CHANGING = "ubah";
/** @type {Record<string, string>} */
const SECTIONS = { "": "section-tasks", jenis: "application_type-field", kelompok: "section-group", ketua: "section-leader", dokumen: "section-documents", kirim: "section-send" };
/** @type {Record<string, string[]>} */
const NAMES = { jenis: ["application_type"], kelompok: GROUP_FIELDS, ketua: LEADER_FIELDS };
/** An upload that must not be left alone, as far as this page can tell. */
const ON_THE_WAY = ["preparing", "sending"];

/** @param {string} step */
export const titleOf = (step) => words("part")(step);

/** The address of a step. @param {string} [step] @param {boolean} [changing] */
export function addressOf(step, changing) {
  return `#${[here.id, step, changing && CHANGING].filter(Boolean).join("/")}`;
}

const parts = () => location.hash.slice(1).split("/");
const changing = () => parts()[2] === CHANGING;

/** The step that the address names; nothing when this is no draft any more. @returns {string | null} */
export function stepNow() {
  if (here.app.status !== "draft") return null;
  if (!here.app.case_id) return "jenis";
  return STEPS.includes(parts()[1]) ? parts()[1] : "";
}

/** How far a step is: nothing, part of it, or all. @param {string} step @returns {"none" | "some" | "all"} */
function progressOf(step) {
  if (step === "kirim") return "none";
  if (step === "dokumen") return documentsDone();
  const asked = askedFields().filter((name) => NAMES[step].includes(name));
  if (!formFaults(NAMES[step]).length) return "all";
  return asked.some((name) => value(name)) ? "some" : "none";
}

/** @param {any} paper */
const arrived = (paper) => ["inspecting", "inspected"].includes(paper?.state);

function documentsDone() {
  const there = neededDocuments().filter((/** @type {any} */ { slot }) => arrived(here.app.documents[slot]));
  if (there.length === neededDocuments().length) return "all";
  return there.length || running.size ? "some" : "none";
}

/** @param {string} step */
function taskItem(step) {
  const progress = progressOf(step);
  const look = { none: "soft", some: "tag look", all: "tag" }[progress];
  const said = { none: t("case.not_begun"), some: t("case.begun"), all: t("case.done") }[progress];
  return h("li", {}, h("a", { href: addressOf(step), "aria-describedby": `task-${step}` }, step === "kirim" ? t("case.check_and_send") : titleOf(step)), " ", h("span", { id: `task-${step}`, class: look }, said));
}

/** The first step that is not done. */
const nextTask = () => STEPS.find((step) => progressOf(step) !== "all") ?? "kirim";

/** @param {string} step */
function backFrom(step) {
  if (!here.app.case_id || !step) return `${root}permohonan/`;
  if (changing()) return addressOf("kirim");
  return addressOf(STEPS[STEPS.indexOf(step) - 1]);
}

/** Shows the part of a draft that the address names, and no other. */
export function drawSteps() {
  const step = stepNow();
  const draft = step !== null;
  $("case").classList.toggle("one", draft);
  show("section-tasks", step === "");
  show("go-on", draft && step !== "kirim");
  show("place", Boolean(step) && here.app.case_id);
  $("back").href = draft ? backFrom(step) : `${root}permohonan/`;
  $("back").textContent = step ? t("case.back_step") : t("case.back");
  if (!draft) return;
  for (const [name, id] of Object.entries(SECTIONS)) show(id, name === step);
  show("section-form", step in NAMES);
  show("case-name", !step && here.app.case_id);
  $("case-title").textContent = step ? titleOf(step) : t("heading.draft");
  if (step) fill($("place"), t("case.step_of", { number: STEPS.indexOf(step) + 1, count: STEPS.length }), " · ", h("a", { href: addressOf() }, t("case.all_steps")));
  else if (here.procedure) fill($("tasks"), ...STEPS.map(taskItem));
  nameDocument(`${step ? titleOf(step) : t("heading.draft")} | ${t("site.name")}`);
}

/** What keeps a person on a page: a fault in its fields, or a file that is on its way. @param {string} step @returns {[string, string][]} */
function faultsOf(step) {
  if (step in NAMES) return formFaults(NAMES[step]);
  if (step !== "dokumen") return [];
  const underway = neededDocuments().filter((/** @type {any} */ { slot }) => ON_THE_WAY.includes(running.get(slot)?.state ?? ""));
  const undecided = neededDocuments().filter((/** @type {any} */ { slot }) => running.get(slot)?.state === "asking");
  return [
    ...underway.map((/** @type {any} */ one) => [`${one.slot}-card`, t("case.still_sending", { document: nameOf(one) })]),
    ...undecided.map((/** @type {any} */ one) => [`${one.slot}-card`, t("case.undecided", { document: nameOf(one) })]),
  ];
}

/** @param {() => unknown} begin makes a draft of the first answer */
function goOn(begin) {
  const step = stepNow();
  if (step === null || step === "kirim") return;
  const faults = faultsOf(step);
  if (faults.length) return showFaults(faults);
  if (!here.app.case_id) return begin();
  if (step === "jenis") accept(here.app); // a renewal asks for more
  save();
  location.hash = step === "" ? addressOf(nextTask()) : addressOf(changing() ? "kirim" : STEPS[STEPS.indexOf(step) + 1]);
}

/** A new page to whoever reads it, though nothing was loaded. */
export function showStep() {
  clearFaults();
  drawSteps();
  scrollTo(0, 0);
  $("case-title").focus();
}

/** A link to a control leads to its page first; the faults stay marked there. @param {Event} event */
function reach(event) {
  const place = /** @type {Element} */ (event.target);
  const step = Object.entries(SECTIONS).find(([, id]) => $(id).contains(place))?.[0];
  if (stepNow() === null || !step || step === stepNow()) return;
  history.pushState(null, "", addressOf(step, true));
  drawSteps();
}

/** @param {() => unknown} begin */
export function startSteps(begin) {
  onSubmit("application-form", () => goOn(begin));
  document.addEventListener("sanggar.reach", reach);
}
