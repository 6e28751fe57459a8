import { t } from "./words.js";
import { $, busy, onClick, onSubmit, put, show } from "./dom.js";
import { ask } from "./api.js";
import { clock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";

/** Which of the two forms the person chose; the auditor's page has no registration. */
export const registering = { on: false };

/** @type {ReturnType<typeof setInterval>} */
let ticking;

/** @param {string} id */
const typed = (id) => String($(id)?.value ?? "").trim();

/** @returns {[string, string][]} */
function emailFaults() {
  /** @type {[string, string][]} */
  const faults = [];
  if (registering.on && typed("name").length < 3) faults.push(["name", t("sign_in.need_name")]);
  if (registering.on && !/^\+?[0-9][0-9 -]{7,18}$/.test(typed("phone"))) faults.push(["phone", t("sign_in.need_phone")]);
  if (!/^\S+@\S+\.\S+$/.test(typed("email"))) faults.push(["email", t("sign_in.need_email")]);
  if (registering.on && !$("consent").checked) faults.push(["consent", t("sign_in.need_consent")]);
  return faults;
}

/** @param {any} problem @param {() => unknown} retry */
function refused(problem, retry) {
  if (problem.code === "sign_in_failed") showFaults([["code", t("sign_in.wrong_code")]]);
  else if (problem.facts?.retry_at) showFaults([["code", t("sign_in.too_many", { time: clock(problem.facts.retry_at) })]]);
  else report(problem, retry);
}

/** @param {number} seconds */
function countDown(seconds) {
  clearInterval(ticking);
  const tick = () => {
    $("resend-code").disabled = seconds > 0;
    $("resend-code").textContent = seconds > 0 ? t("sign_in.resend_in", { seconds }) : t("sign_in.resend");
    if (seconds-- <= 0) clearInterval(ticking);
  };
  tick();
  ticking = setInterval(tick, 1000);
}

/** @param {string} role @param {HTMLButtonElement} button */
async function sendCode(role, button) {
  try {
    await busy(button, async () => {
      const sent = await ask("POST", "/api/sign-in", { email: typed("email"), role });
      put("code-sent", t("sign_in.sent", { address: sent.sent_to }));
      setTimeout(countDown, 0, sent.resend_after_seconds);
    });
    clearFaults();
    step(true);
    $("code").focus();
  } catch (problem) {
    refused(problem, () => sendCode(role, button));
  }
}

/** @param {boolean} second */
function step(second) {
  show("sign-in-form", !second);
  show("code-form", second);
}

/** @param {string} role @param {(answer: any) => void} done */
async function verify(role, done) {
  const code = typed("code").replace(/\D/g, "");
  if (code.length !== 6) return showFaults([["code", t("sign_in.need_code")]]);
  const person = registering.on ? { name: typed("name"), phone: typed("phone") } : {};
  try {
    await busy($("verify-code"), async () =>
      done(await ask("POST", "/api/sign-in/verify", { email: typed("email"), role, code, ...person })),
    );
  } catch (problem) {
    refused(problem, () => verify(role, done));
  }
}

/**
 * Brings the two forms to life.
 * @param {string} role
 * @param {(answer: import("./session.js").Session) => void} done
 */
export function signIn(role, done) {
  onSubmit("sign-in-form", () => {
    const faults = emailFaults();
    if (faults.length) showFaults(faults);
    else sendCode(role, $("send-code"));
  });
  onSubmit("code-form", () => verify(role, done));
  onClick("resend-code", () => sendCode(role, $("resend-code")));
  onClick("change-email", () => {
    step(false);
    $("email").focus();
  });
}
