import { t } from "./words.js";
import { $, busy, onClick, say, show } from "./dom.js";
import { reportTo } from "./session.js";
import { accept, askCase, change, here, neededDocuments, openParts } from "./case_place.js";
import { forgetTyped, keepsDraft, save } from "./case_draft.js";
import { cameraIsBack, cameraOpens, startCamera } from "./case_camera.js";
import { drawCard, drawCards, makeCards, readableSize } from "./case_card.js";
import { cameraClosed, nameOf, running, shots, standing } from "./case_standing.js";
import { send, tryNow, untilInspected } from "./case_upload.js";
import { joinedPages } from "./pages_pdf.js";
import { dropOldPhotos, dropPhoto, dropPhotosOf, keepPhoto, keptPhoto } from "./photo_store.js";
import { lighterPicture } from "./photo_webp.js";
import { prepare } from "./shrink.js";

/** @typedef {import("./case_standing.js").Run} Run */
/** @typedef {import("./photo_store.js").Kept} Kept */

const MOST_SAID = 7;

/** @param {string} slot */
const placeOf = (slot) => `${here.id}/${slot}`;

/** Says what a slot stands at, once more than all that was said of the way there. @param {any} slotFacts */
function sayStanding(slotFacts) {
  say(`${nameOf(slotFacts)}: ${standing(slotFacts.slot, nameOf(slotFacts))[1]}`);
}

/**
 * Shows what a run does; says it at the start, at every quarter and at the end, never twice.
 * @param {any} slotFacts @param {Run} run
 * @returns {(state: string, percent?: number) => void}
 */
function teller(slotFacts, run) {
  return (state, percent = 0) => {
    if (running.get(run.slot) !== run) return;
    const moved = run.state !== state;
    Object.assign(run, { state, percent });
    if (moved) accept(here.app);
    else drawCard(slotFacts);
    const quarter = Math.floor(percent / 25);
    const said = state === "sending" ? `sending ${quarter}` : state;
    if (run.told.has(said) || run.told.size === MOST_SAID || (state === "sending" && !(quarter % 4))) return;
    run.told.add(said);
    sayStanding(slotFacts);
  };
}

/** A new run in the place of the one before, which stops. @param {any} slotFacts @param {string} state @param {Kept | null} kept @returns {Run} */
function begin(slotFacts, state, kept) {
  const { slot } = slotFacts;
  running.get(slot)?.control.abort();
  const run = { slot, name: nameOf(slotFacts), state, percent: 0, kept, lasting: Boolean(kept), control: new AbortController(), told: new Set(), problem: null, offered: false };
  running.set(slot, run);
  return run;
}

/** What became of a file's size, or that it must not be left alone. @param {Kept} kept @param {boolean} lasting */
function meterOf({ blob, before, thumb }, lasting) {
  if (!lasting) return t("upload.no_room");
  if (!blob) return "";
  const shrunk = thumb && blob.size < before * 0.9;
  return shrunk ? t("upload.shrunk", { before: readableSize(before), after: readableSize(blob.size) }) : readableSize(blob.size);
}

/** @param {Run} run @param {Blob[]} sheets */
function showShot({ slot, kept, lasting }, sheets) {
  if (!kept) return;
  const old = shots.get(slot)?.url;
  if (old) URL.revokeObjectURL(old);
  const pages = sheets.length > 1 ? ` · ${t("upload.pages", { count: sheets.length })}` : "";
  shots.set(slot, { title: kept.name + pages, meter: meterOf(kept, lasting), url: kept.thumb ? URL.createObjectURL(kept.thumb) : "", sheets });
}

/** A chosen file: made ready, kept on this phone, and sent unless its photo asks for another look. @param {any} slotFacts @param {File} file @param {Blob[]} [before] the pages that it comes after */
async function choose(slotFacts, file, before = []) {
  const { slot } = slotFacts;
  const run = begin(slotFacts, "", null);
  const tell = teller(slotFacts, run);
  cameraClosed.delete(slot);
  tell("preparing");
  try {
    const ready = await prepare(file, lighterPicture);
    const sheets = ready.sheet ? [...before, ready.sheet] : before;
    const blob = before.length ? await joinedPages(sheets) : ready.blob;
    if (run.control.signal.aborted) return;
    const state = ready.look ? "asking" : "ready";
    const facts = { name: file.name, blob, thumb: ready.thumb, before: before.length ? 0 : ready.before, look: ready.look };
    run.kept = { id: placeOf(slot), at: Date.now(), token: crypto.randomUUID(), state, uploadId: "", ...facts };
    run.lasting = await keepPhoto(run.kept);
    if (run.control.signal.aborted) return;
    showShot(run, sheets);
    if (state === "asking") tell("asking");
    else await deliver(slotFacts, run);
  } catch (problem) {
    run.problem = problem;
    // What is said of a file must not stand beside the name of another.
    if (!before.length) shots.set(slot, { title: file.name, meter: "", url: "", sheets: [] });
    tell("failed");
  }
}

/**
 * Sending in one tab only. `steal` takes the way from a tab that is at it: the newest choice of a person counts.
 * @param {Run} run @param {boolean} steal @param {() => Promise<void>} work @param {() => void} waiting
 */
async function alone(run, steal, work, waiting) {
  if (!navigator.locks) return work();
  const name = `sanggar.upload.${placeOf(run.slot)}`;
  if (steal) return navigator.locks.request(name, { steal }, work);
  const taken = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return !lock;
  });
  if (!taken) return;
  waiting();
  await navigator.locks.request(name, { signal: run.control.signal }, work);
}

/** Sends what the run keeps and waits for the result. @param {any} slotFacts @param {Run} run @param {boolean} [steal] */
async function deliver(slotFacts, run, steal = true) {
  const tell = teller(slotFacts, run);
  const { signal } = run.control;
  try {
    await alone(run, steal, () => transfer(run, tell), () => tell("elsewhere"));
    await untilInspected(run.slot, run.kept?.uploadId ?? "", signal, tell);
    if (signal.aborted) return;
    await dropPhoto(placeOf(run.slot), run.kept?.token ?? "");
    over(run);
    sayStanding(slotFacts);
  } catch (problem) {
    await stopped(slotFacts, run, problem);
  }
}

/** @param {Run} run @param {(state: string, percent?: number) => void} tell */
async function transfer(run, tell) {
  const { slot, control } = run;
  if (run.lasting) run.kept = await keptPhoto(placeOf(slot)); // another tab may have sent it meanwhile
  const { kept } = run;
  if (kept?.state === "ready" && kept.blob) {
    await save(); // the document is compared with what was typed
    control.signal.throwIfAborted();
    kept.uploadId = await send(slot, kept.blob, control.signal, (state, percent = 0) => {
      run.offered = true;
      tell(state, percent);
    });
    run.kept = { ...kept, state: "sent", blob: null, thumb: null };
    if ((await keptPhoto(kept.id))?.token === kept.token) await keepPhoto(run.kept);
  }
  tell("checking");
}

/** @param {Run} run */
function over(run) {
  if (running.get(run.slot) !== run) return;
  running.delete(run.slot);
  accept(here.app);
}

/** @param {any} slotFacts @param {Run} run @param {any} problem */
async function stopped(slotFacts, run, problem) {
  if (run.control.signal.aborted) return;
  if (problem.name === "AbortError") return resume(slotFacts); // another tab took the way
  run.problem = problem;
  teller(slotFacts, run)(problem.status === 401 ? "session" : "failed");
  if (problem.status === 401) reportTo(problem);
  if (problem.code === "state_conflict") await dropPhoto(placeOf(run.slot), run.kept?.token ?? "");
}

/** Goes on with what this phone kept: after a reload, a new sign-in, or from a tab that took the way. @param {any} slotFacts */
async function resume(slotFacts) {
  const { slot } = slotFacts;
  const before = running.get(slot);
  const kept = await keptPhoto(placeOf(slot));
  if (running.get(slot) !== before) return; // a person was faster
  const paper = here.app.documents[slot];
  if (!kept || !openParts()(slot)) return settle(slotFacts, kept, paper);
  const run = begin(slotFacts, "", kept);
  showShot(run, []);
  teller(slotFacts, run)(kept.state === "sent" ? "checking" : kept.state);
  if (kept.state !== "asking") await deliver(slotFacts, run, false);
}

/** Nothing of this phone is under way: what the service has counts. @param {any} slotFacts @param {Kept | null} kept @param {any} paper */
async function settle(slotFacts, kept, paper) {
  const { slot } = slotFacts;
  if (kept) await dropPhoto(placeOf(slot), kept.token);
  const run = running.get(slot);
  if (run) {
    run.control.abort();
    over(run);
    accept((await askCase("GET").catch(() => null)) ?? here.app);
  }
  const signal = new AbortController().signal;
  if (paper?.state === "inspecting") await untilInspected(slot, paper.upload_id, signal, () => {}).catch(reportTo);
}

/** The photo is taken as it is. @param {any} slotFacts */
async function keep(slotFacts) {
  const run = running.get(slotFacts.slot);
  if (!run?.kept) return;
  run.kept.state = "ready";
  if (run.lasting) run.lasting = await keepPhoto(run.kept);
  $(`${slotFacts.slot}-card`).focus();
  await deliver(slotFacts, run);
}

/** @param {any} slotFacts */
function retry(slotFacts) {
  const run = running.get(slotFacts.slot);
  if (run?.state === "lost") return tryNow();
  if (run?.state !== "failed" || !run.kept?.blob) return;
  const again = begin(slotFacts, "preparing", run.kept);
  again.lasting = run.lasting;
  again.offered = run.offered;
  deliver(slotFacts, again);
}

/** Takes a document away: from this phone, and from the service when it has a place there. @param {any} slotFacts */
async function remove(slotFacts) {
  const { slot } = slotFacts;
  const run = running.get(slot);
  const begun = run ? run.offered || here.app.documents[slot]?.state === "awaiting" : true;
  run?.control.abort();
  if (run?.kept) await dropPhoto(placeOf(slot), run.kept.token);
  running.delete(slot);
  shots.delete(slot);
  try {
    if (begun) await change("DELETE", `/documents/${slot}`);
  } catch (problem) {
    if (!run) reportTo(problem, () => remove(slotFacts));
  }
  accept(here.app);
  $(`${slot}-file`).focus();
  say(t("upload.deleted", { document: nameOf(slotFacts) }));
}

/** @param {string} slot @param {string} home @param {string} name */
async function move(slot, home, name) {
  try {
    await busy($(`${slot}-move`), () => change("POST", `/documents/${slot}/move`, { to: home }));
    const [mine, other] = [shots.get(slot), shots.get(home)];
    for (const [place, shot] of /** @type {[string, any][]} */ ([[home, mine], [slot, other]])) shot ? shots.set(place, shot) : shots.delete(place);
    drawCards();
    say(t("upload.moved", { document: name }));
    $(`${home}-card`).focus();
  } catch (problem) {
    reportTo(problem, () => move(slot, home, name));
  }
}

/** Offers to empty this phone while it keeps something. */
function drawKept() {
  show("kept-here", here.app.can.edit && (keepsDraft() || [...running.values()].some((run) => run.kept?.blob && run.lasting)));
}

/** Leaves nothing of this draft on a phone that others use too. */
async function forgetDraft() {
  for (const run of running.values()) run.control.abort();
  running.clear();
  shots.clear();
  forgetTyped();
  await dropPhotosOf(here.id);
  accept(here.app);
  $("case-title").focus();
  say(t("upload.forgotten"));
}

/** @type {import("./case_card.js").Acts} */
const ACTS = {
  choose: (slotFacts, file) => choose(slotFacts, file),
  addPage: (slotFacts, file) => choose(slotFacts, file, shots.get(slotFacts.slot)?.sheets),
  keep,
  retry,
  remove,
  move,
  cameraOpens,
  cameraIsBack,
};

/** A renewal needs one card more. */
export function drawDocuments() {
  if (neededDocuments().length === $("documents").childElementCount) drawCards();
  else makeCards(ACTS);
  drawKept();
}

/** Makes the cards, once, and goes on with what was begun before the page was opened. */
export async function startDocuments() {
  startCamera();
  makeCards(ACTS);
  $("application-form").addEventListener("input", drawKept);
  onClick("forget-draft", forgetDraft);
  addEventListener("online", () => neededDocuments().forEach(retry));
  addEventListener("beforeunload", (event) => {
    if ([...running.values()].some((run) => run.kept?.blob && !run.lasting)) event.returnValue = true;
  });
  await dropOldPhotos();
  const untouched = neededDocuments().filter((/** @type {any} */ one) => !running.has(one.slot));
  await Promise.all(untouched.map(resume));
}
