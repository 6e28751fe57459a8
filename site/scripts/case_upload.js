import { Problem } from "./api.js";
import { accept, askCase } from "./case_place.js";
import { passing, post } from "./file_post.js";

// A photo is read in about a second. On a line of 2 s a request, of which two may be under way, what follows in less than
// one and a half only leaves a gap later.
const POLL_FIRST_MS = 1000;
const POLL_MS = 1500;
const POLL_LATE_MS = 10000;
const MOST_ASKED = 2;
const SLOW_MS = 60000;
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

/** The next question about the case, not yet asked. @type {Promise<{answer: Promise<any>}> | null} */
let beat = null;

/** Questions that are on their way. */
let unanswered = 0;

/** The case as it is now; nothing when the line is lost. */
async function look() {
  unanswered += 1;
  try {
    return await askCase("GET");
  } catch (problem) {
    if (/** @type {Problem} */ (problem).status === 401) throw problem;
    return null;
  } finally {
    unanswered -= 1;
  }
}

/**
 * A question in `ms`, however many documents wait for its answer. On a slow line the next one goes out before the last is
 * answered, so that the result is not a whole turn late; never more than two at once.
 * @param {number} ms @returns {Promise<{answer: Promise<any>}>}
 */
function nextLook(ms) {
  beat ??= pause(ms).then(() => {
    beat = null;
    return { answer: unanswered < MOST_ASKED ? look() : Promise.resolve(null) };
  });
  return beat;
}

/**
 * Asks until the document has been inspected, less often after a minute; or until it was replaced or removed elsewhere.
 * @param {string} slot
 * @param {string} uploadId
 * @param {AbortSignal} signal
 * @param {(state: string) => void} tell
 * @returns {Promise<void>}
 */
export function untilInspected(slot, uploadId, signal, tell) {
  const start = Date.now();
  return new Promise((done, fail) => {
    let over = false;
    const end = () => {
      over = true;
      done();
    };
    /** @param {unknown} problem */
    const giveUp = (problem) => {
      over = true;
      fail(problem);
    };
    /** @param {any} fresh */
    const heed = (fresh) => {
      const paper = fresh?.documents[slot];
      if (over || !fresh || (paper?.upload_id === uploadId && !["inspected", "refused"].includes(paper.state))) return;
      end();
      accept(fresh);
    };
    const keepAsking = async () => {
      while (!over) {
        const passed = Date.now() - start;
        const late = passed > SLOW_MS;
        if (late) tell("slow");
        const { answer } = await nextLook(late ? POLL_LATE_MS : passed < POLL_FIRST_MS ? POLL_FIRST_MS : POLL_MS);
        answer.then(heed).catch(giveUp);
      }
    };
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
    else keepAsking();
  });
}
