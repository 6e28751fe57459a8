import { t, root } from "./words.js";
import { $, busy, fill, h, say, show } from "./dom.js";
import { ask, caller, explain } from "./api.js";
import { report } from "./problems.js";

/** `until` is by the clock of this device, which may be wrong. @typedef {{session: string, lasts_seconds: number, until?: number, account: {name: string, email: string, phone: string}}} Session */

const WARN_MS = 2 * 60 * 1000;

/** @param {string} role */
const place = (role) => `sanggar.session.${role}`;

/** Applicants come back from a mail in a new tab; an auditor's session ends with the tab. @param {string} role */
const store = (role) => (role === "auditor" ? sessionStorage : localStorage);

/** @param {string} role @returns {Session | null} */
export function session(role) {
  const kept = JSON.parse(store(role).getItem(place(role)) ?? "null");
  return kept?.until > Date.now() ? kept : null;
}

/** @param {string} role @param {Session} answer */
export function keepSession(role, answer) {
  store(role).setItem(place(role), JSON.stringify({ ...answer, until: Date.now() + answer.lasts_seconds * 1000 }));
}

/** Leaves nothing of the person on a shared phone. */
export function forgetEverything() {
  for (const kept of [localStorage, sessionStorage]) {
    for (const key of Object.keys(kept)) if (key.startsWith("sanggar.")) kept.removeItem(key);
  }
  globalThis.indexedDB?.deleteDatabase("sanggar.photos");
}

/** The sign-in page, which leads back here. */
export function signInAddress() {
  return `${root}masuk/?lanjut=${encodeURIComponent(location.pathname + location.hash)}`;
}

/** The applicant's session; without one the page turns to the sign-in. @returns {Session | null} */
export function applicantSession() {
  const mine = session("applicant");
  if (!mine) location.replace(signInAddress());
  else useSession(mine, "applicant");
  return mine;
}

let warning = 0;
let ending = 0;

/** @param {Session} mine @param {string} role */
export function useSession(mine, role) {
  caller.headers = () => ({ Authorization: `Bearer ${mine.session}` });
  // Announced when it is filled, so it must be there before.
  if (!$("session-end")) $("offline").after(h("div", { id: "session-end", class: "note warn", role: "status", hidden: true }));
  show("session-end", false);
  const left = (mine.until ?? Date.now() + mine.lasts_seconds * 1000) - Date.now();
  clearTimeout(warning);
  clearTimeout(ending);
  if (left > 2 ** 31) return;
  warning = setTimeout(() => sessionEnds(mine, role), Math.max(left - WARN_MS, 0));
  ending = setTimeout(() => sessionEnded(mine, role), Math.max(left, 0));
}

/** Whether another tab has a newer session: then this one takes it. @param {Session} mine @param {string} role */
function renewed(mine, role) {
  const kept = session(role);
  if (!kept || kept.session === mine.session) return false;
  useSession(kept, role);
  return true;
}

/** @param {...(Node | string)} content */
function tellOfSession(...content) {
  fill($("session-end"), ...content);
  show("session-end", true);
}

/** Two minutes are left; applicants can stay. @param {Session} mine @param {string} role */
function sessionEnds(mine, role) {
  if (renewed(mine, role)) return;
  const stay = h("button", { type: "button", id: "stay-signed-in", class: "second", onclick: staySignedIn }, t("session.stay"));
  tellOfSession(h("p", {}, t("session.ends")), ...(role === "applicant" ? [stay] : []));
}

/** @param {Session} mine @param {string} role */
function sessionEnded(mine, role) {
  if (!renewed(mine, role)) tellOfSession(h("p", {}, t("session.ended")), ...(role === "applicant" ? [signInAgain()] : []));
}

const signInAgain = () => h("a", { class: "button", href: signInAddress() }, t("session.again"));

async function staySignedIn() {
  try {
    await busy($("stay-signed-in"), async () => {
      keepSession("applicant", await ask("POST", "/api/session", {}));
    });
    useSession(/** @type {Session} */ (session("applicant")), "applicant");
    say(t("session.stays"));
    $("main").focus();
  } catch (problem) {
    const { status } = /** @type {any} */ (problem);
    tellOfSession(h("p", {}, explain(problem)), [401, 403].includes(status) ? signInAgain() : $("stay-signed-in"));
  }
}

/** A failed request of a signed-in page. @param {any} problem @param {(() => unknown) | null} [retry] */
export function reportTo(problem, retry = null) {
  report(problem, retry);
  if (problem.status !== 401) return;
  fill($("problem"), h("p", {}, t("session.ended")), signInAgain());
}
