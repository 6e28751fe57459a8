import { root, t, words } from "./words.js";
import { $, busy, fill, put, show, unbroken } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { nameDocument } from "./problems.js";
import { applicantSession, reportTo } from "./session.js";
import { offerSheet } from "./share.js";
import { stepItems } from "./steps.js";
import { accept, askCase, here, whenChanged } from "./case_place.js";
import { value } from "./case_fields.js";
import { hear } from "./case_draft.js";
import { drawForm, startForm } from "./case_form.js";
import { drawPermit, startPermit } from "./case_permit.js";
import { drawCorrection, drawSend, startSending } from "./case_send.js";
import { drawPapers, fetchPapers, resumePapers } from "./case_late.js";
import { tellAssistance } from "./case_assisted.js";
import { addressOf, drawSteps, showStep, startSteps, stepNow } from "./case_steps.js";
import { drawCheck } from "./case_check.js";
import { dropOldDrafts } from "./phone_drafts.js";

const REFRESH_MS = 60000;
const SOON_MS = 2000;
/** In the place of a case's id: an application that is not begun yet. */
const NEW = "baru";
const heading = words("heading");
const status = words("status");
const meaning = words("meaning");

/** @param {any} app */
function drawStatus(app) {
  $("case-title").textContent = heading(app.status);
  const name = app.form.group_name || t("applications.unnamed");
  fill($("case-name"), ...(app.number ? [`${name} · `, ...unbroken(t("tracking.of", { number: app.number }), app.number)] : [name]));
  put("case-meaning", app.status === "draft" ? "" : meaning(app.status));
  put("case-deadline", app.status === "in_progress" && app.deadline ? t("tracking.deadline", { at: dayAndClock(app.deadline) }) : "");
  // What must be corrected comes before the tracker; else the tracker comes first.
  if (app.status === "returned") $("section-send").after($("section-status"));
  else $("section-form").before($("section-status"));
  const sent = app.status !== "draft";
  show("section-status", sent);
  show("section-form", sent ? app.can.correct || app.can.edit || app.form.group_name : true);
  show("section-documents", app.can.edit || app.can.correct);
  show("saved", app.can.edit || app.can.correct);
  fill($("case-steps"), ...stepItems(app.steps));
  drawShare(app);
  drawHelp(app.number);
  drawPermit(app);
}

/** Who asks for help need not look up the number. @param {string | null} number */
function drawHelp(number) {
  const said = [t("help.message", { page: t("case.title") }), number && t("tracking.of", { number })];
  $("ask-help").href = `https://wa.me/?text=${encodeURIComponent(said.filter(Boolean).join(" "))}`;
}

/** What is kept and shared is the page for everybody: it needs no account. @param {any} app */
function drawShare(app) {
  show("share", app.tracking_code && app.number);
  const path = `${root}l/${app.tracking_code}`;
  const text = t("tracking.share", { number: app.number ?? "", link: location.origin + path });
  $("tracking-link").href = path;
  $("print-receipt").href = `${path}#cetak`;
  $("calendar-link").href = `${path}/kalender.ics`;
  show("calendar-link", app.deadline || app.correction);
  $("share-link").href = `https://wa.me/?text=${encodeURIComponent(text)}`;
  if (app.number) offerSheet("share-sheet", text);
}

/** A case in the hands of the office changes without this page, and a draft on another device. @param {Event} [seen] */
async function refresh(seen) {
  if (document.hidden || !["in_progress", ...(seen ? ["draft"] : [])].includes(here.app.status)) return;
  const fresh = await askCase("GET").catch(() => null);
  if (fresh && JSON.stringify(fresh) !== JSON.stringify(here.app)) accept(fresh);
}

/** Between two steps none is running for a moment: that is over before anybody reads on. @param {any} app */
function refreshSoon(app) {
  const between = app.status === "in_progress" && !app.steps.some((/** @type {any} */ step) => ["running", "overdue"].includes(step.state));
  if (between) setTimeout(() => refresh(), SOON_MS);
}

/** Several parts look at the same answer. @param {any} app */
function drawCase(app) {
  hear(app);
  drawStatus(app);
  drawForm(app);
  drawCorrection(app); // it leads to what is open in the form
  drawSend(app);
  nameDocument(`${status(app.status)}: ${app.form.group_name || t("applications.unnamed")}`);
  drawPart();
  refreshSoon(app);
}

function drawPart() {
  drawSteps();
  drawCheck();
  drawPapers();
}

/** Everything is here: the parts come to life, once. */
function beginCase() {
  startForm();
  startSending();
  tellAssistance();
  whenChanged(drawCase);
  whenChanged(drawPart); // once more, with what the documents have drawn
  accept(here.app);
  resumePapers();
  setInterval(() => refresh(), REFRESH_MS);
  document.addEventListener("visibilitychange", refresh);
}

function appear() {
  show("loading", false);
  show("case", true);
}

async function load() {
  if (location.hash.includes("/")) fetchPapers().catch(() => null); // while the answers come
  try {
    [here.procedure, here.app] = await Promise.all([ask("GET", "/api/procedure"), askCase("GET")]);
  } catch (problem) {
    return reportTo(problem, load);
  }
  dropOldDrafts();
  beginCase();
  startSteps(beginCase);
  appear();
}

/** The first question needs nothing of the service; its answer makes the draft, in this very page. */
function askFirst() {
  here.app = { case_id: "", status: "draft", application_type: "", form: {}, documents: {}, can: {} };
  const asking = ask("GET", "/api/procedure").catch(() => null);
  startSteps(() => startDraft(asking));
  drawSteps();
  appear();
}

/** @param {Promise<any>} asking @returns {Promise<void>} */
async function startDraft(asking) {
  try {
    await busy($("go-on"), async () => {
      here.procedure ??= (await asking) ?? (await ask("GET", "/api/procedure"));
      const app = await ask("POST", "/api/applications", { application_type: value("application_type") });
      [here.id, here.app] = [app.case_id, app];
    });
  } catch (problem) {
    return reportTo(problem, () => startDraft(asking));
  }
  history.replaceState(null, "", addressOf("kelompok"));
  beginCase();
  showPart();
}

function showPart() {
  showStep();
  drawCheck();
  drawPapers();
}

/** A mail about another case may be opened in this very tab. */
function moved() {
  if (location.hash.slice(1).split("/")[0] !== here.id) location.reload();
  else if (here.app && stepNow() !== null) showPart();
}

if (!here.id) location.replace(`${root}permohonan/`);
else if (applicantSession()) {
  startPermit();
  addEventListener("hashchange", moved);
  if (here.id === NEW) askFirst();
  else load();
}
