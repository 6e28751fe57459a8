import { pick, t, words } from "./words.js";
import { $, fill, h, put, show, unbroken } from "./dom.js";
import { Problem, ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { showLinkProblem, useLink } from "./officer_link.js";
import { drawFile } from "./review_file.js";
import { drawRows } from "./review_rows.js";
import { drawChanges } from "./review_changes.js";
import { startDecision } from "./review_decision.js";
import { drawSigner } from "./review_signer.js";
import { takeUpMarks } from "./review_marks.js";
import { rowName } from "./review_names.js";
import { reportShown } from "./review_report.js";
import { startDesk } from "./review_desk.js";
import { startKeys } from "./review_keys.js";

const kind = words("kind");
const stepTitle = words("step");
const verdictName = words("verdict");

/** @param {number} minutes working minutes */
function timeLeft(minutes) {
  if (minutes <= 0) return t("review.overdue");
  if (minutes < 60) return t("review.minutes_left", { minutes });
  return t("review.left", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** @param {any} answer */
function drawBar(answer) {
  const { case: file, step, officer } = answer;
  fill($("review-title"), ...unbroken(t("review.heading", { number: file.number, role: officer.role_name }), file.number));
  $("bar-case").textContent = `${file.number} · ${file.form.group_name} · ${kind(file.application_type)}`;
  $("bar-step").textContent = t("review.step", { number: step.number, name: stepTitle(step.key) });
  $("bar-left").textContent = timeLeft(step.minutes_left);
  $("bar-left").className = `tag ${step.minutes_left > 0 ? "" : "late"}`;
  const recounted = step.recounted.map((/** @type {any} */ one) => t("review.recounted", { at: dayAndClock(one.at), why: one.why }));
  put("bar-deadline", [step.deadline ? t("review.deadline", { at: dayAndClock(step.deadline) }) : "", ...recounted].join(" "));
  put("bar-link", t("review.link_until", { at: dayAndClock(answer.link_expires_at) }));
}

/** @param {any} past */
function pastItem(past) {
  const lines = [past.message, past.recommendation].filter(Boolean).map((text) => h("blockquote", {}, text));
  // What an applicant does belongs to no step of the office.
  const title = [stepTitle(past.step, ""), verdictName(past.decision)].filter(Boolean).join(": ");
  const by = [past.standing ? pick(past.standing) : past.officer, dayAndClock(past.at)].filter(Boolean).join(" · ");
  const reasons = (past.reasons ?? []).map((/** @type {any} */ one) => `${pick(one.sentence)}${one.late ? ` (${t("review.late_tag")})` : ""}`).join(" ");
  const marked = (past.open_marks ?? []).length ? t("review.marked_wrong", { rows: past.open_marks.map(rowName).join("; ") }) : "";
  return h("li", {}, h("b", {}, title), h("p", { class: "soft" }, by), ...[reasons, marked].filter(Boolean).map((text) => h("p", {}, text)), ...lines, reportShown(past.report));
}

/** @param {any} answer */
function draw(answer) {
  drawBar(answer);
  put("standing", answer.officer.standing ? pick(answer.officer.standing) : "");
  drawSigner(answer);
  put("assisted", answer.case.assisted ? pick(answer.case.assisted.told) : "");
  takeUpMarks(`${answer.case.case_id}.${answer.step.key}.${answer.step.attempt}`);
  drawChanges(answer);
  drawFile(answer.case);
  fill($("decisions"), ...answer.case.decisions.map(pastItem));
  show("decisions-part", answer.case.decisions.length);
  show("draft-part", answer.draft_permit_url);
  if (answer.draft_permit_url) $("draft-permit").href = answer.draft_permit_url;
  startDecision(answer);
  drawRows(answer.case);
  show("loading", false);
  show("review", true);
  startDesk();
  startKeys();
}

async function open() {
  try {
    draw(await ask("GET", "/api/review"));
  } catch (problem) {
    showLinkProblem(problem, open);
  }
}

if (useLink("sanggar.link", "review", "/api/review/link")) open();
else showLinkProblem(new Problem(401, { code: "link_missing" }), open);
