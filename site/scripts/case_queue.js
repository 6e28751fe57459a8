import { t } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { Problem } from "./api.js";
import { accept, askCase, here, whenChanged } from "./case_place.js";
import { save } from "./case_draft.js";
import { unfinishedSlots } from "./case_standing.js";
import { papers } from "./case_late.js";
import { dropDraftsOf, keptAt, sendingPlace } from "./phone_drafts.js";

/**
 * One sending of this application, with the key that makes it happen once: kept on this phone from the press of the
 * button until the service has answered, so that a reload or another tab sends the same one. `waits` while nobody
 * needs to press again.
 * @typedef {{at: number, key: string, path: string, body: any, waits: boolean}} Sending
 */

const FIRST_TRY_MS = 2000;
const LATEST_TRY_MS = 30000;

/** What the rest of the page does when a sending that waited is over. @type {{sent: () => unknown, refused: (problem: any) => unknown}} */
let told;
/** What a full phone could not keep lives as long as this page. @type {Sending | null} */
let unkept = null;
let timer = 0;
let wait = FIRST_TRY_MS;
/** @type {Promise<any> | null} */
let trying = null;

/** @returns {Sending | null} */
const kept = () => keptAt(sendingPlace(here.id)) ?? unkept;

/** @param {Sending | null} sending */
function write(sending) {
  unkept = null;
  try {
    if (sending) localStorage.setItem(sendingPlace(here.id), JSON.stringify(sending));
    else localStorage.removeItem(sendingPlace(here.id));
  } catch {
    unkept = sending;
  }
}

/** The sending of this very content: the one that is kept, or a new one. @param {string} path @param {any} body @returns {Sending} */
function sendingOf(path, body) {
  const before = kept();
  const same = before?.path === path && JSON.stringify(before.body) === JSON.stringify(body);
  return { at: Date.now(), key: same && before ? before.key : crypto.randomUUID(), path, body, waits: true };
}

/** Whether to come again by itself: the line is lost, or a photo waits for it. @param {any} problem */
const lineLost = (problem) => problem instanceof Problem && !problem.status;

/** @param {Sending} sending */
async function trySending(sending) {
  try {
    const unsaved = await save();
    if (unsaved) throw unsaved;
    await papers(); // only they know whether a photo of this phone goes first
    if (unfinishedSlots().length) throw new Problem(0);
    accept(await askCase("POST", sending.path, sending.body, { "Idempotency-Key": sending.key }));
    write(null);
    dropDraftsOf(here.id);
  } catch (problem) {
    // What was refused is not sent again as it is; what failed over there, or needs a sign-in, when a person wants.
    const { status } = /** @type {any} */ (problem);
    const over = status >= 400 && status < 500 && status !== 401;
    if (!lineLost(problem)) write(over ? null : { ...sending, waits: false });
    throw problem;
  }
}

/** Sends once, however often it is called meanwhile. @param {Sending} sending */
function once(sending) {
  trying ??= trySending(sending).finally(() => {
    trying = null;
  });
  return trying;
}

/** Sends; when the line is lost it waits for it, and answers false. @param {string} path @param {any} body */
export async function sendOrWait(path, body) {
  const sending = sendingOf(path, body);
  write(sending);
  try {
    await once(sending);
  } catch (problem) {
    if (!lineLost(problem)) throw problem;
    waitForLine();
    $("waiting").focus();
    return false;
  }
  return true;
}

function drawWaiting() {
  const waiting = Boolean(kept()?.waits) && !trying;
  show("send-form", !waiting);
  if (waiting === !$("waiting").hidden) return;
  show("waiting", waiting);
  fill($("waiting"), ...(waiting ? [h("p", {}, t("send.waiting")), h("button", { type: "button", id: "stop-sending", class: "second", onclick: stop }, t("send.stop"))] : []));
}

function waitForLine() {
  clearTimeout(timer);
  timer = setTimeout(comeAgain, wait);
  wait = Math.min(wait * 2, LATEST_TRY_MS);
  drawWaiting();
}

async function comeAgain() {
  clearTimeout(timer);
  const sending = kept();
  if (!sending?.waits || trying) return;
  try {
    await once(sending);
    wait = FIRST_TRY_MS;
    drawWaiting();
    told.sent();
  } catch (problem) {
    if (lineLost(problem)) return waitForLine();
    drawWaiting();
    told.refused(problem);
  }
}

/** A person takes it back before it is gone. */
function stop() {
  clearTimeout(timer);
  write(null);
  drawWaiting();
  $("case-title").focus();
}

/** Goes on with a sending that was begun before the page was opened. @param {typeof told} ways */
export function startQueue(ways) {
  told = ways;
  if (!here.app.can.submit && !here.app.can.correct) return write(null);
  whenChanged(drawWaiting); // it may be forgotten together with the draft
  addEventListener("online", comeAgain);
  document.addEventListener("visibilitychange", () => document.hidden || comeAgain());
  if (kept()?.waits) waitForLine();
}
