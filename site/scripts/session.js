import { t, root } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { caller } from "./api.js";
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
  else useSession(mine);
  return mine;
}

/** @param {Session} mine */
export function useSession(mine) {
  caller.headers = () => ({ Authorization: `Bearer ${mine.session}` });
  const left = (mine.until ?? Date.now() + mine.lasts_seconds * 1000) - WARN_MS - Date.now();
  if (left < 2 ** 31) setTimeout(warn, Math.max(left, 0));
}

function warn() {
  fill($("offline"), t("session.ends"), " ", h("a", { href: signInAddress() }, t("session.stay")));
  show("offline", true);
}

/** A failed request of a signed-in page. @param {any} problem @param {(() => unknown) | null} [retry] */
export function reportTo(problem, retry = null) {
  report(problem, retry);
  if (problem.status !== 401) return;
  fill($("problem"), h("p", {}, t("session.ended")), h("a", { class: "button", href: signInAddress() }, t("session.again")));
}
