import { Problem } from "./api.js";
import { accept, askCase } from "./case_place.js";

const POLL_MS = 1500;
const POLL_LATE_MS = 10000;
const SLOW_MS = 60000;
const STALLED_MS = 45000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
// Every try asks for a new place, which the trail of the case remembers: they do not go on for ever.
const MOST_TRIES = 10;

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Ends the waiting of everything that waits for the line. */
export function tryNow() {
  dispatchEvent(new Event("sanggar.now"));
}

/** Waits, but not longer than until the line is back, a person presses, or nobody wants it any more. @param {number} ms @param {AbortSignal} signal */
function pauseForLine(ms, signal) {
  return new Promise((done) => {
    const over = new AbortController();
    const end = () => {
      clearTimeout(timer);
      over.abort();
      done(undefined);
    };
    const timer = setTimeout(end, ms);
    for (const name of ["online", "sanggar.now"]) addEventListener(name, end, { signal: over.signal });
    signal.addEventListener("abort", end, { signal: over.signal });
  });
}

/**
 * One file to the given address, all fields first; a line that stands still for 45 s counts as lost.
 * @param {any} offer
 * @param {Blob} file
 * @param {AbortSignal} signal
 * @param {(percent: number) => void} onProgress
 * @returns {Promise<void>}
 */
function post(offer, file, signal, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(offer.fields)) form.append(name, String(value));
  form.append("file", file, "file"); // the bucket hears no name of a file
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let watch = setTimeout(stop, STALLED_MS);
    signal.addEventListener("abort", stop);
    request.upload.onprogress = (event) => {
      clearTimeout(watch);
      watch = setTimeout(stop, STALLED_MS);
      if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100));
    };
    request.onloadend = () => {
      clearTimeout(watch);
      signal.removeEventListener("abort", stop);
      if (request.status >= 200 && request.status < 300) done();
      else fail(new Problem(request.status, { code: request.responseText.includes("EntityTooLarge") ? "too_large" : "bucket" }));
    };
    request.open("POST", offer.url);
    request.send(form);
  });
}

/** Whether trying again may help: the line, a busy service, a signature that has run out. @param {any} problem */
function passing(problem) {
  if (!(problem instanceof Problem)) return false;
  return !problem.status || problem.status >= 500 || ["bucket", "stale_version"].includes(problem.code) || (problem.status === 429 && problem.code === "unknown");
}

/**
 * Sends the file of a slot: a new signature for every try, 1, 2, 4 … 30 s between them, at once when the line is back.
 * @param {string} slot
 * @param {Blob} file
 * @param {AbortSignal} signal
 * @param {(state: string, percent?: number) => void} tell
 * @returns {Promise<string>} the id of the upload
 */
export async function send(slot, file, signal, tell) {
  let offers = 0;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      tell("sending", 0);
      const offer = await askCase("POST", "/uploads", { slot, content_type: file.type, size: file.size });
      offers += 1;
      signal.throwIfAborted();
      await post(offer, file, signal, (percent) => tell("sending", percent));
      return offer.upload_id;
    } catch (problem) {
      signal.throwIfAborted();
      if (!passing(problem) || offers >= MOST_TRIES) throw problem;
      tell("lost");
      await pauseForLine(wait, signal);
      signal.throwIfAborted();
    }
  }
}

/** @type {Promise<any> | null} */
let looking = null;

/**
 * The case a moment from now, asked for once however many documents wait for it; nothing when the line is lost.
 * @param {number} ms @returns {Promise<any>}
 */
function look(ms) {
  looking ??= pause(ms)
    .then(() => askCase("GET"))
    .catch((problem) => {
      if (problem.status === 401) throw problem;
      return null;
    })
    .finally(() => {
      looking = null;
    });
  return looking;
}

/**
 * Asks until the document has been inspected, less often after a minute; or until it was replaced or removed elsewhere.
 * @param {string} slot
 * @param {string} uploadId
 * @param {AbortSignal} signal
 * @param {(state: string) => void} tell
 */
export async function untilInspected(slot, uploadId, signal, tell) {
  const start = Date.now();
  while (!signal.aborted) {
    const late = Date.now() - start > SLOW_MS;
    if (late) tell("slow");
    const fresh = await look(late ? POLL_LATE_MS : POLL_MS);
    const paper = fresh?.documents[slot];
    if (signal.aborted || !fresh) continue;
    if (paper?.upload_id !== uploadId || ["inspected", "refused"].includes(paper.state)) return accept(fresh);
  }
}
