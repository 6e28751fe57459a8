import { $ } from "./dom.js";
import { Problem } from "./api.js";
import { reportTo } from "./session.js";
import { keepsDraft } from "./case_draft.js";
import { stepNow } from "./case_steps.js";

/**
 * The code for documents is a quarter of this page's, and most visits only look: it comes when a person begins to fill
 * in, or at the latest when documents are shown.
 * @typedef {typeof import("./case_papers.js")} Papers
 */

/** @type {Promise<Papers> | null} */
let fetched = null;
/** @type {Promise<Papers> | null} */
let started = null;
/** @type {Papers | null} */
let there = null;

/** Begins to load it; after a failure the next call tries again. */
export function fetchPapers() {
  fetched ??= import("./case_papers.js").catch(() => {
    fetched = null;
    throw new Problem(0);
  });
  return fetched;
}

/** The documents, at work. Throws a Problem when the line is lost. */
export function papers() {
  started ??= fetchPapers().then(
    (part) => {
      there = part;
      part.startPapers();
      return part;
    },
    (problem) => {
      started = null;
      throw problem;
    },
  );
  return started;
}

/** Whether this phone keeps photos, of whatever application; where it does not tell, it may. */
async function keepsPhotos() {
  const bases = await globalThis.indexedDB?.databases?.().catch(() => null);
  return bases?.some(({ name }) => name === "sanggar.photos") ?? true;
}

/** Looks whether they are needed where the page is now. */
export function drawPapers() {
  if (there) return there.drawPapersPart();
  if (!$("section-documents").hidden) papers().catch((problem) => reportTo(problem, drawPapers));
  else if (stepNow() || keepsDraft()) papers().catch(() => null);
}

/** Goes on with the photos that this phone keeps, whatever the page shows. */
export async function resumePapers() {
  addEventListener("online", drawPapers);
  if (await keepsPhotos()) papers().catch(() => addEventListener("online", resumePapers, { once: true }));
}
