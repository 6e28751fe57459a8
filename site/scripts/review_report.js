import { pick, t, words } from "./words.js";
import { $, busy, fill, h, onClick, put, say, show } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { post } from "./file_post.js";
import { clearFaults, report as tellProblem, showFaults } from "./problems.js";
import { showLinkProblem } from "./officer_link.js";
import { markAt, openMarks } from "./review_marks.js";
import { documentName } from "./review_view.js";

const nameOfField = words("field");
const outcomeName = words("outcome");
const OUTCOMES = ["fits", "unfit", "unchecked"];
const TAKEN_AS_REPORT = ["application/pdf", "image/jpeg", "image/png"];
const LARGEST_REPORT = 10 * 1024 * 1024;
const REPORT_LOOK_MS = 1500;
const MOST_REPORT_LOOKS = 60;
const WORDS_OF_REPORT = ["report_result", "report_recommendation", "report_note", "report_place", "report_held_on"];

/** The review, and what its step asks for. @type {any} */
let file;
/** @type {any} */
let wanted = null;
/** The answers as they were when the report was made; other ones need another report. */
let printed = "";

/** Whether this decision rests on a report. @param {string} decision */
export const asksReport = (decision) => decision === "approve" && Boolean(wanted);

/** The SHA-256 of the report that is there now and says what the page says; "" while there is none. */
export const reportSeen = () => (wanted?.now?.state === "made" && wanted.now.whole && !stale() ? wanted.now.sha256 : "");

/** Whether the answers were changed since the report was made from them. */
const stale = () => wanted?.now?.source === "composed" && printed !== "" && printed !== JSON.stringify(toldInReport());

/** @param {string} about a slot, or `field:NAME` */
const nameOfItem = (about) => (about.startsWith("field:") ? nameOfField(about.slice(6)) : documentName(about));

/** @param {string} about */
const itemId = (about) => `report-${about.replace(":", "-")}`;

/** What the page knows of an item already: the officer's own marks first, then the automatic check. @param {string} about */
function knownOf(about) {
  const earlier = wanted.said?.items.find((/** @type {any} */ one) => one.about === about);
  if (earlier) return earlier;
  const name = about.startsWith("field:") ? about.slice(6) : "";
  const fits = (/** @type {string} */ row) => (name ? row.split(":")[0] === name : row.endsWith(`:${about}`));
  if (openMarks().some(fits)) return { outcome: "unfit", note: "" };
  const found = file.findings.find((/** @type {any} */ one) => one.severity === "warn" && !name && one.slot === about && markAt(`${one.field}:${about}`) !== "right");
  return found ? { outcome: "unfit", note: pick(found.sentence).slice(0, 300) } : { outcome: "fits", note: "" };
}

/** @param {string} about */
function itemRow(about) {
  const id = itemId(about);
  const { outcome, note } = knownOf(about);
  const options = OUTCOMES.map((one) => h("option", { value: one, selected: one === outcome }, outcomeName(one)));
  return h(
    "li",
    { class: "line", id: `${id}-field` },
    h("label", { for: id }, nameOfItem(about)),
    h("select", { id, "data-about": about }, ...options),
    h("input", { id: `${id}-note`, maxlength: "300", value: note, "aria-label": `${t("report.remark")}: ${nameOfItem(about)}`, placeholder: t("report.remark"), "aria-describedby": `${id}-note-error` }),
    h("p", { class: "error", id: `${id}-note-error`, hidden: true }),
  );
}

/** What is told of all items and as a whole, as it would be sent. */
function toldInReport() {
  const items = wanted.items.map((/** @type {string} */ about) => ({ about, outcome: $(itemId(about)).value, note: $(`${itemId(about)}-note`).value.trim() }));
  const [result, recommendation, note, place, held_on] = WORDS_OF_REPORT.map((id) => $(id).value.trim());
  return { items, result, recommendation, note, place, held_on };
}

/** @returns {[string, string][]} */
function faultsOfReport() {
  const given = toldInReport();
  /** @type {[string, string][]} */
  const faults = [];
  for (const item of given.items) if (item.outcome !== "fits" && !item.note) faults.push([`${itemId(item.about)}-note`, t("report.need_remark", { item: nameOfItem(item.about) })]);
  if (given.result === "recommended" && given.items.some((/** @type {any} */ one) => one.outcome === "unfit")) faults.push(["report_result", t("report.need_notes")]);
  if (!given.recommendation) faults.push(["report_recommendation", t("report.need_recommendation")]);
  if (!given.place) faults.push(["report_place", t("report.need_place")]);
  if (!given.held_on || given.held_on < wanted.first_day || given.held_on > wanted.today) faults.push(["report_held_on", t("report.need_day")]);
  return faults;
}

/** The picture or the address of a report, or the word that its bytes are others. @param {any} report */
export function reportShown(report) {
  if (!report) return null;
  if (!report.whole) return h("p", { class: "note warn" }, t("report.altered"));
  const pictures = report.previews.map((/** @type {string} */ src, /** @type {number} */ at) => h("img", { src, loading: "lazy", alt: t("review.page_of", { document: t("report.name"), page: at + 1, count: report.previews.length }) }));
  const open = h("a", { href: report.url, target: "_blank", rel: "noreferrer" }, report.source === "composed" ? t("report.open") : t("report.save"));
  return h("div", { class: "report-kept" }, h("p", {}, open), h("p", { class: "soft" }, t("report.hash", { hash: report.sha256.slice(0, 16) })), pictures.length ? h("details", {}, h("summary", {}, t("report.pictures")), ...pictures) : null);
}

/** Says where the report stands; a change of the answers takes it back. */
function drawState() {
  const { now } = wanted;
  const lines = {
    none: t("report.none"),
    awaiting: t("report.awaiting"),
    refused: now?.fault ? pick(now.fault) : "",
    made: now ? t("report.made", { at: dayAndClock(now.at) }) : "",
  };
  const state = stale() ? "none" : /** @type {keyof typeof lines} */ (now?.state ?? "none");
  put("report-state", stale() ? t("report.stale") : lines[state]);
  $("report-state").className = `note ${state === "made" ? "" : "warn"}`;
  fill($("report-kept"), state === "made" ? reportShown(now) : null);
}

/** Takes up what the service says of the report now. @param {any} fresh */
function takeUp(fresh) {
  wanted = fresh;
  printed = fresh.now?.source === "composed" ? JSON.stringify(toldInReport()) : "";
  clearFaults();
  drawState();
  say($("report-state").textContent);
}

/** @param {any} problem @param {() => unknown} again */
function failedReport(problem, again) {
  if (problem.code?.startsWith("link_")) showLinkProblem(problem, again);
  else tellProblem(problem, again);
}

async function makeReport() {
  const faults = faultsOfReport();
  if (faults.length) return showFaults(faults);
  try {
    await busy($("make-report"), async () => takeUp(await ask("POST", "/api/review/report", toldInReport())));
  } catch (problem) {
    failedReport(problem, makeReport);
  }
}

/** The file was looked at, or that takes too long to wait for. */
async function lookedAt() {
  for (let look = 0; look < MOST_REPORT_LOOKS; look += 1) {
    await new Promise((go) => setTimeout(go, REPORT_LOOK_MS));
    const fresh = await ask("GET", "/api/review/report");
    if (fresh.now?.state !== "awaiting") return fresh;
  }
  return wanted;
}

async function bringReport() {
  const [brought] = $("report_file").files;
  if (!brought) return showFaults([["report_file", t("report.need_file")]]);
  if (!TAKEN_AS_REPORT.includes(brought.type)) return showFaults([["report_file", t("report.wrong_type")]]);
  if (!brought.size || brought.size > LARGEST_REPORT) return showFaults([["report_file", t("report.wrong_size")]]);
  try {
    await busy($("bring-report"), async () => {
      const place = await ask("POST", "/api/review/report/upload", { content_type: brought.type, size: brought.size });
      await post(place, brought, new AbortController().signal, () => {});
      takeUp(await ask("GET", "/api/review/report"));
      takeUp(await lookedAt());
    });
  } catch (problem) {
    failedReport(problem, bringReport);
  }
}

const placeOfReport = () => `sanggar.report.${file.case_id}`;

/** Answers stay in this tab until they are sent. */
function keepReport() {
  sessionStorage.setItem(placeOfReport(), JSON.stringify(toldInReport()));
  drawState();
}

/** What was typed here, or else what the page knows to begin with. */
function fillReport() {
  fill($("report-items"), ...wanted.items.map(itemRow));
  const kept = JSON.parse(sessionStorage.getItem(placeOfReport()) ?? "null");
  const doubted = wanted.items.some((/** @type {string} */ about) => $(itemId(about)).value !== "fits");
  const usual = doubted ? { result: "with_notes", recommendation: t("report.usual_notes") } : { result: "recommended", recommendation: t("report.usual") };
  const start = kept ?? wanted.said ?? { ...usual, note: "", place: wanted.place, held_on: wanted.today };
  const values = [start.result, start.recommendation, start.note, start.place, wanted.now || kept ? start.held_on : wanted.today];
  WORDS_OF_REPORT.forEach((id, at) => ($(id).value = values[at] ?? ""));
  for (const item of kept?.items ?? []) {
    if (!$(itemId(item.about))) continue;
    $(itemId(item.about)).value = item.outcome;
    $(`${itemId(item.about)}-note`).value = item.note;
  }
}

/** It has served. */
export const forgetReport = () => sessionStorage.removeItem(placeOfReport());

/** The report's part of the page, where the step asks for one. @param {any} answer */
export function startReport(answer) {
  file = answer.case;
  wanted = answer.report ?? null;
  if (!wanted) return;
  $("report_held_on").min = wanted.first_day;
  $("report_held_on").max = wanted.today;
  const composed = wanted.now?.source === "composed";
  fillReport();
  printed = composed ? JSON.stringify({ ...wanted.said, held_on: wanted.said.held_on }) : "";
  drawState();
  $("report-part").addEventListener("input", keepReport);
  onClick("make-report", makeReport);
  onClick("bring-report", bringReport);
}

/** Shows the part while the decision rests on a report; until it is begun, it follows the marks. @param {boolean} on */
export function drawReport(on) {
  if (on && !wanted.now && !sessionStorage.getItem(placeOfReport())) fillReport();
  show("report-part", on);
}
