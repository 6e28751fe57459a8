import { t } from "./words.js";
import { $, onClick, say, show } from "./dom.js";
import { offerSheet } from "./share.js";

const REFRESH_MS = 60000;

/** The buttons that need a script; the page is made anew at every change. */
function offer() {
  if (!$("print")) return;
  offerSheet("share-sheet", $("share-sheet").dataset.text);
  show("print", true);
  onClick("print", () => print());
}

/** The page as the service shows it now; null when it was not reached. */
async function fresh() {
  const answer = await fetch(location.pathname).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("tracker");
}

/** Takes the newer page in; it says so only when something changed for the reader. */
async function look() {
  const [before, now] = [$("tracker"), await fresh()];
  if (!before || !now) return;
  if (now.dataset.state === before.dataset.state) return $("as-of").replaceWith(now.querySelector("#as-of"));
  const held = document.activeElement?.id;
  before.replaceWith(now);
  const status = $("tracking-title").textContent;
  document.title = document.title.replace(/^[^|]*/, `${status} `);
  offer();
  // Whoever was on a button stays on it.
  if (held && before.querySelector(`#${held}`)) $(held)?.focus();
  say(t("tracking.changed", { status }));
}

offer();
setInterval(() => document.visibilityState === "visible" && navigator.onLine && look(), REFRESH_MS);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
if (location.hash === "#cetak" && $("print")) print();
