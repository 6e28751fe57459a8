import { pick, t, words } from "./words.js";
import { $, busy, described, fill, onClick, onSubmit, put, say, show, unbroken } from "./dom.js";
import { ask, caller } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { tokenOf } from "./link_token.js";

const PLACE = "sanggar.complaint";
const PATH = "/api/complaints/answering";
const advice = words("complaint_link");
const photoState = words("photo_told");

/** @param {string} text */
function over(text) {
  show("loading", false);
  show("complaint", false);
  put("answer-over", text);
  $("answer-title").focus();
}

/** What ends the work on this page, or a failed request. @param {any} problem @param {() => unknown} retry */
function failed(problem, retry) {
  const told = advice(problem.code, "");
  if (told) over(told);
  else report(problem, retry);
}

/** @param {any} found */
function draw(found) {
  const title = t("complaint_answer.title_of", { number: found.number, role: pick(found.role) });
  fill($("answer-title"), ...unbroken(title, found.number));
  /** @type {[string, string][]} */
  const rows = [
    [t("complaint.kind"), pick(found.kind)],
    [t("complaint.application_number"), found.application_number ?? ""],
    [t("complaint_answer.contact"), found.contact],
    [t("complaint_tracking.received"), dayAndClock(found.received_at)],
    [t("complaint_tracking.deadline"), dayAndClock(found.deadline)],
  ];
  fill($("complaint-facts"), ...described(rows.filter(([, value]) => value)));
  $("complaint-text").textContent = found.text;
  $("how-it-goes").textContent = found.mailed ? t("complaint_answer.by_mail") : t("complaint_answer.by_phone");
  drawPhoto(found.photo);
  show("loading", false);
  show("complaint", true);
}

/** Our own picture of what was sent, or why there is none to see. @param {{state: string, url: string | null} | null} photo */
function drawPhoto(photo) {
  put("photo-told", photo && !photo.url ? photoState(photo.state) : "");
  show("complaint-photo", photo?.url);
  if (!photo?.url) return;
  $("photo-picture").src = photo.url;
  $("photo-picture").onerror = () => {
    show("complaint-photo", false);
    put("photo-told", t("complaint_photo.not_loaded"));
  };
}

async function load() {
  try {
    draw(await ask("GET", PATH));
  } catch (problem) {
    failed(problem, load);
  }
}

async function mailCode() {
  clearFaults();
  try {
    const sent = await busyCode();
    const told = t("review.code_sent", { address: sent.sent_to, minutes: sent.valid_minutes });
    put("code-sent", told);
    say(told);
    $("code").focus();
  } catch (problem) {
    failed(problem, mailCode);
  }
}

async function busyCode() {
  let sent = /** @type {any} */ (null);
  await busy($("request-code"), async () => (sent = await ask("POST", `${PATH}/code`, {})));
  return sent;
}

async function send() {
  clearFaults();
  const answer = $("answer").value.trim();
  const code = $("code").value.replace(/\s/g, "");
  /** @type {[string, string][]} */
  const faults = [];
  if (!answer) faults.push(["answer", t("complaint_answer.need_answer")]);
  if (!/^\d{6}$/.test(code)) faults.push(["code", t("sign_in.need_code")]);
  if (faults.length) return showFaults(faults);
  try {
    await busy($("send-answer"), async () => {
      const sent = await ask("POST", PATH, { answer, code });
      sessionStorage.removeItem(PLACE);
      over(t("complaint_answer.sent", { at: dayAndClock(sent.answered_at) }));
    });
  } catch (/** @type {any} */ problem) {
    if (problem.code === "proof_failed") showFaults([["code", t("sign_in.wrong_code")]]);
    else failed(problem, send);
  }
}

const token = tokenOf(PLACE);
caller.headers = () => ({ "X-Sanggar-Link": token });
addEventListener("hashchange", () => location.reload());
onClick("request-code", mailCode);
// The address of the picture is good for minutes, so it is enlarged here and not opened a second time.
onClick("photo-size", () => $("photo-size").setAttribute("aria-pressed", $("complaint-photo").classList.toggle("large")));
onSubmit("answer-form", send);
if (token) load();
else over(advice("link_missing"));
