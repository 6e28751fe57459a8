import { pick, root, t, words } from "./words.js";
import { $, busy, onClick, onSubmit, put, say, show } from "./dom.js";
import { ask, caller } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { forgetEverything, keepSession } from "./session.js";
import { tokenOf } from "./link_token.js";

// It outlives the data of each applicant, which are forgotten by their names.
const PLACE = "counter.sanggar";
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const PHONE = /^\+?[0-9][0-9 -]{7,18}$/;
const advice = words("counter_link");

/** The form for a link, with what is wrong with the one at hand. @param {string} told */
function askForLink(told) {
  sessionStorage.removeItem(PLACE);
  put("link-advice", told);
  show("counter", false);
  show("link-form", true);
}

/** @param {any} problem @param {() => unknown} retry */
function failed(problem, retry) {
  const told = advice(problem.code, "");
  if (told) askForLink(told);
  else if (problem.code === "own_contact") showFaults([["email", t("counter.own")]]);
  else if (problem.code === "sign_in_failed") showFaults([["code", t("counter.wrong_code")]]);
  else report(problem, retry);
}

async function load() {
  try {
    const found = await ask("GET", "/api/counter");
    $("counter-title").textContent = t("counter.of", { officer: found.officer, role: pick(found.role) });
    put("counter-until", t("counter.until", { at: dayAndClock(found.expires_at) }));
    $("consent").textContent = pick(found.consent);
    show("counter", true);
  } catch (problem) {
    failed(problem, load);
  }
}

async function mailLink() {
  clearFaults();
  const email = $("officer_email").value.trim();
  if (!EMAIL.test(email)) return showFaults([["officer_email", t("sign_in.need_email")]]);
  try {
    await busy($("ask-link"), async () => {
      const sent = await ask("POST", "/api/counter/link", { email });
      put("link-asked", t("counter.asked", { address: sent.sent_to }));
    });
  } catch (problem) {
    report(problem, mailLink);
  }
}

/** Who is present, as typed, and what lacks. @returns {[any, [string, string][]]} */
function present() {
  const kind = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=application_type]:checked"));
  const who = { email: $("email").value.trim(), name: $("name").value.trim(), phone: $("phone").value.trim() };
  /** @type {[string, string][]} */
  const faults = [];
  if (!kind) faults.push(["application_type", t("counter.need_kind")]);
  if (!who.name) faults.push(["name", t("counter.need_name")]);
  if (!PHONE.test(who.phone)) faults.push(["phone", t("counter.need_phone")]);
  if (!EMAIL.test(who.email)) faults.push(["email", t("counter.need_email")]);
  return [{ ...who, application_type: kind?.value }, faults];
}

async function mailCode() {
  clearFaults();
  const [{ email }, faults] = present();
  if (faults.length) return showFaults(faults);
  try {
    await busy($("send-code"), async () => {
      const sent = await ask("POST", "/api/counter/consent", { email });
      const told = t("counter.code_sent", { address: sent.sent_to, minutes: sent.valid_minutes });
      put("code-sent", told);
      say(told);
    });
    $("code").focus();
  } catch (problem) {
    failed(problem, mailCode);
  }
}

/** What the applicant before left on this computer goes before anything of the next one comes. */
async function begin() {
  clearFaults();
  const [who, faults] = present();
  const code = $("code").value.replace(/\s/g, "");
  if (!/^\d{6}$/.test(code)) faults.push(["code", t("counter.need_code")]);
  if (faults.length) return showFaults(faults);
  try {
    await busy($("begin"), async () => {
      const begun = await ask("POST", "/api/counter/applications", { ...who, code });
      forgetEverything();
      keepSession("applicant", begun);
      location.assign(`${root}permohonan/isi/#${begun.case_id}/kelompok`);
    });
  } catch (problem) {
    failed(problem, begin);
  }
}

const token = tokenOf(PLACE);
caller.headers = () => ({ "X-Sanggar-Link": token });
addEventListener("hashchange", () => location.reload());
onSubmit("link-form", mailLink);
onClick("send-code", mailCode);
onSubmit("counter-form", begin);
if (token) load();
else askForLink("");
