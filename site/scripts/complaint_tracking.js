import { pick, t, words } from "./words.js";
import { $, busy, described, fill, onClick, onSubmit, put, show } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { reachable } from "./contact.js";

const state = words("complaint_state");
const photoState = words("photo_state");

/** @param {any} found */
function draw(found) {
  $("followed-title").textContent = state(found.state);
  /** @type {[string, string][]} */
  const rows = [
    [t("complaint_tracking.number"), found.number],
    [t("complaint.kind"), pick(found.kind)],
    [t("complaint_tracking.received"), dayAndClock(found.received_at)],
    [t("complaint_tracking.who"), pick(found.who)],
    found.answered_at
      ? [t("complaint_tracking.answered"), dayAndClock(found.answered_at)]
      : [t("complaint_tracking.deadline"), dayAndClock(found.deadline)],
  ];
  if (found.photo) rows.push([t("complaint_photo.label"), photoState(found.photo.state)]);
  fill($("followed-facts"), ...described(rows));
  put("followed-answer", found.answer ?? "");
  show("answer-heading", found.answer);
  show("followed", true);
  show("follow-form", false);
  $("followed-title").focus();
}

async function look() {
  clearFaults();
  const asked = { number: $("number").value.trim().toUpperCase(), contact: $("contact").value.trim() };
  /** @type {[string, string][]} */
  const faults = [];
  if (!asked.number) faults.push(["number", t("complaint_tracking.need_number")]);
  if (!reachable(asked.contact)) faults.push(["contact", t("complaint.need_contact")]);
  if (faults.length) return showFaults(faults);
  try {
    await busy($("show-complaint"), async () => draw(await ask("POST", "/api/complaints/tracking", asked)));
  } catch (/** @type {any} */ problem) {
    if (problem.status === 404) showFaults([["number", t("complaint_tracking.not_found")]]);
    else report(problem, look);
  }
}

onSubmit("follow-form", look);
onClick("follow-another", () => {
  $("followed-title").textContent = t("complaint_tracking.heading");
  show("followed", false);
  show("follow-form", true);
  $("number").focus();
});
$("number").value = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
