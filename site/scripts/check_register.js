/** @typedef {{told: "answered" | "offline" | "too_many" | "failed", answer?: any, since?: number}} Asked `since`: when this phone last reached the register, 0 for never */

const KEYS = "/kunci/qr.json";
const LAST = "sanggar.check.reached";

/** The moment of the last answer, kept for the sentence "not asked since". Not which permit it was. */
function lastReached() {
  try {
    return Number(localStorage.getItem(LAST)) || 0;
  } catch {
    return 0; // a phone that keeps nothing
  }
}

function rememberReached() {
  try {
    localStorage.setItem(LAST, String(Date.now()));
  } catch {
    // Then the sentence goes without a time.
  }
}

/** What the register says now of a code or number. @param {string} subject @returns {Promise<Asked>} */
export async function askRegister(subject) {
  const path = `/api/permits/${encodeURIComponent(subject.replace(/\//g, "-"))}`;
  const response = await fetch(path, { signal: AbortSignal.timeout(30000) }).catch(() => null);
  if (!response) return { told: "offline", since: lastReached() };
  if (response.ok) rememberReached();
  else return { told: response.status === 429 ? "too_many" : "failed", since: lastReached() };
  return { told: "answered", answer: await response.json() };
}

/** The published keys of the seal; null when neither the line nor this phone has them. @returns {Promise<import("./seal.js").SealKey[] | null>} */
export async function publishedKeys() {
  const response = await fetch(KEYS).catch(() => null); // without a line, jaga.js answers with those it has
  const read = response?.ok ? await response.json().catch(() => null) : null;
  return read?.keys ?? null;
}

/**
 * Lets this page work without a line from now on: it, its scripts and the keys are kept on the phone, anew with every
 * new script.
 * @param {string} page where the page without a permit is
 * @param {string} script this script's own address
 */
export async function keepForLater(page, script) {
  try {
    await navigator.serviceWorker.register("/jaga.js");
    if (await caches.match(script)) return;
    await caches.delete(page);
    await (await caches.open(page)).addAll([page, script, KEYS, "/skrip/baca-pdf.js", "/skrip/baca-kamera.js"]);
  } catch {
    // No such thing here, no room, or a private window: then it works with a line alone.
  }
}
