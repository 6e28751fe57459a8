import { pick, t, words } from "./words.js";
import { explain } from "./api.js";
import { day } from "./moments.js";
import { here } from "./case_place.js";

/**
 * One file on its way: what it is doing, what this phone keeps of it (`lasting` when it really does), how to stop it,
 * and what was said about it.
 * @typedef {{slot: string, name: string, state: string, percent: number, kept: import("./photo_store.js").Kept | null, lasting: boolean, control: AbortController, told: Set<string>, problem: any, offered: boolean}} Run
 */

const fault = words("fault_file");
const quality = words("quality");
const READ_FIRST = ["full_name", "leader_name", "national_id", "leader_national_id", "group_name", "letter_date", "certificate_number"];
const ID_NUMBERS = ["national_id", "leader_national_id"];

/** What each slot is doing in this page. @type {Map<string, Run>} */
export const running = new Map();

/** Uploads that are not over yet. */
export function unfinishedSlots() {
  return [...running].filter(([, one]) => one.state !== "failed").map(([slot]) => slot);
}

/** What was chosen in this page: its name and picture, and its sheets while pages can be added. @type {Map<string, {title: string, meter: string, url: string, sheets: Blob[]}>} */
export const shots = new Map();

/** Slots whose camera closed the page. @type {Set<string>} */
export const cameraClosed = new Set();

/** Uploads that a person uses although they seem to be another paper. @type {Set<string>} */
export const usedAnyway = new Set();

/** What was read, in one line. @param {any} paper */
export function readLine(paper) {
  const known = READ_FIRST.filter((name) => paper.read?.[name]);
  const said = known.map((name) => {
    const value = String(paper.read[name]);
    if (ID_NUMBERS.includes(name)) return `${t("field.national_id")} ${value}`;
    return name === "letter_date" ? day(value) : value;
  });
  return said.join(", ");
}

/** Whether the paper tells whose it is. @param {any} paper */
function namesPerson({ read }) {
  return (read.full_name || read.leader_name) && ID_NUMBERS.some((name) => read[name]);
}

/** What was found on a slot, what must be corrected first. @param {string} slot @returns {any[]} */
export function findingsOf(slot) {
  const found = here.app.findings.filter((/** @type {any} */ one) => one.slot === slot && one.code !== "missing_document");
  return found.sort((/** @type {any} */ one, /** @type {any} */ other) => Number(other.severity === "warn") - Number(one.severity === "warn"));
}

/** Why a file did not come to the service. @param {any} problem @param {string} name */
function failure(problem, name) {
  const own = fault(problem?.code ?? "", "") || (problem?.status >= 400 && problem.code !== "bucket" ? explain(problem) : "");
  return (own || fault("unsent")).replace("{document}", name);
}

/** What a run does, in tone and words. @param {Run} run @returns {[string, string]} */
function doing({ state, percent, kept, lasting, problem, name }) {
  if (state === "failed") return ["bad", failure(problem, name)];
  if (state === "session") return ["bad", t("upload.session")];
  if (state === "asking") return ["warn", quality(kept?.look ?? "")];
  if (state === "lost") return ["warn", lasting ? t("upload.lost") : t("upload.lost_unkept")];
  if (state === "elsewhere") return ["", t("upload.elsewhere")];
  if (state === "sending") return ["", t("upload.sending", { percent })];
  if (state === "slow") return ["", t("upload.slow")];
  return ["", state === "preparing" ? t("upload.preparing") : t("upload.checking")];
}

/** @param {string} slot @param {string} name @returns {[string, string]} tone and sentence */
export function standing(slot, name) {
  const run = running.get(slot);
  const paper = here.app.documents[slot];
  if (run) return doing(run);
  if (paper?.state === "inspecting") return ["", t("upload.checking")];
  if (cameraClosed.has(slot)) return ["warn", t("upload.camera_closed")];
  if (!paper || paper.state === "awaiting") return ["", t("upload.empty")];
  if (paper.state === "refused") return ["bad", fault(paper.fault ?? "", fault("other")).replace("{document}", name)];
  if (usedAnyway.has(paper.upload_id)) return ["", t("upload.used")];
  const found = findingsOf(slot);
  if (found.some((one) => one.severity === "warn")) return ["warn", t("upload.look")];
  if (found.length) return ["", t("upload.noted")];
  return ["ok", namesPerson(paper) ? t("upload.right") : t("upload.fine")];
}

/** What would make the paper easier to read. @param {any} paper @returns {string[]} */
export function qualityLines(paper) {
  return paper.quality.map((/** @type {string} */ one) => quality(one));
}

/** The name of a slot's document. @param {any} slotFacts */
export const nameOf = (slotFacts) => pick(slotFacts.name);
