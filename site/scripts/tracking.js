import { t, words } from "./words.js";
import { $, busy, fill, onClick, onSubmit, put, say, show, unbroken } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { stepItems } from "./steps.js";

const REFRESH_MS = 60000;
const status = words("status");

/** How to ask for what is shown, to ask again. @type {(() => Promise<any>) | null} */
let source = null;
let shown = "";

/** @param {any} found */
function summary(found) {
  if (found.permit_number) return t("tracking.issued", { number: found.permit_number });
  if (found.correction_until) return t("tracking.correct", { until: dayAndClock(found.correction_until) });
  return found.deadline ? t("tracking.deadline", { at: dayAndClock(found.deadline) }) : "";
}

/** @param {any} found */
function draw(found) {
  $("tracking-title").textContent = status(found.status);
  const number = found.number ?? "";
  fill($("tracking-number"), ...unbroken(t("tracking.of", { number }), number));
  put("tracking-summary", summary(found));
  fill($("tracking-steps"), ...stepItems(found.steps));
  show("tracking-result", true);
  show("tracking-form", false);
}

/** @param {boolean} first */
async function look(first) {
  if (!source) return;
  try {
    const found = await source();
    const changed = JSON.stringify(found) !== shown;
    shown = JSON.stringify(found);
    clearFaults();
    if (changed) draw(found);
    if (first) $("tracking-title").focus();
    else if (changed) say(t("tracking.changed", { status: status(found.status) }));
  } catch (problem) {
    failed(problem, first);
  }
}

/** @param {any} problem @param {boolean} first */
function failed(problem, first) {
  if (!first) return;
  if (problem.status === 404) showFaults([["number", t("tracking.not_found")]]);
  else report(problem, () => look(true));
}

function byNumber() {
  const number = $("number").value.trim().toUpperCase();
  const last4 = $("phone_last4").value.trim();
  /** @type {[string, string][]} */
  const faults = [];
  if (!number) faults.push(["number", t("tracking.need_number")]);
  if (!/^\d{4}$/.test(last4)) faults.push(["phone_last4", t("tracking.need_phone")]);
  if (faults.length) return showFaults(faults);
  source = () => ask("POST", "/api/tracking", { number, phone_last4: last4 });
  busy($("show-tracking"), () => look(true));
}

function byLink() {
  const code = location.hash.slice(1);
  if (!code) return;
  source = () => ask("GET", `/api/tracking/${encodeURIComponent(code)}`);
  look(true);
}

onSubmit("tracking-form", byNumber);
onClick("track-another", () => {
  source = null;
  shown = "";
  history.replaceState(null, "", location.pathname);
  $("tracking-title").textContent = t("tracking.heading");
  show("tracking-result", false);
  show("tracking-form", true);
  $("number").focus();
});
addEventListener("hashchange", byLink);
setInterval(() => document.visibilityState === "visible" && look(false), REFRESH_MS);
byLink();
