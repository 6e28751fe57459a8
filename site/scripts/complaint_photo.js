import { t, words } from "./words.js";
import { $, onClick, put, say, show } from "./dom.js";
import { ask } from "./api.js";
import { passing, post } from "./file_post.js";
import { prepare } from "./shrink.js";

const TAKEN = ["image/jpeg", "image/png"];
const LOOK_MS = 1500;
const MOST_LOOKS = 20;
// The service gives five places for one complaint; some are left for another photo.
const MOST_SENDINGS = 2;
const fault = words("fault_photo");

/** @typedef {{number: string, contact: string}} Complained */

/** What is chosen, made ready; nothing while none is. @type {Promise<Blob | null>} */
let ready = Promise.resolve(null);

/** The complaint that was taken; before that a photo only waits. @type {Complained | null} */
let complained = null;

/** @param {number} ms */
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {string} text */
function tell(text) {
  put("photo-state", text);
  say(text);
}

/** Why there is no photo; the complaint goes without it. @param {string} code */
function refuse(code) {
  put("photo-state", "");
  put("photo-error", `${fault(code, t("fault_photo.other"))} ${complained ? t("complaint_photo.safe") : t("complaint_photo.without")}`);
  say($("photo-error").textContent);
  show("photo-drop", false);
}

/** A picture that the office takes; whatever else the browser opens has become a JPEG. @param {File} file */
async function made(file) {
  const { blob, sheet } = await prepare(file);
  return TAKEN.includes(blob.type) ? blob : sheet;
}

/** @param {File} file @returns {Promise<Blob | null>} */
async function readied(file) {
  put("photo-error", "");
  tell(t("upload.preparing"));
  try {
    const blob = await made(file);
    if (!blob) refuse("wrong_type");
    else tell(t("complaint_photo.chosen", { name: file.name }));
    show("photo-drop", Boolean(blob) && !complained);
    return blob;
  } catch (/** @type {any} */ problem) {
    refuse(problem.code);
    return null;
  }
}

/** @param {Complained} complaint @param {Blob} photo */
async function sent(complaint, photo) {
  for (let left = MOST_SENDINGS - 1; ; left -= 1) {
    try {
      const offer = await ask("POST", "/api/complaints/photos", { ...complaint, content_type: photo.type, size: photo.size });
      return await post(offer, photo, AbortSignal.timeout(600000), (percent) => put("photo-state", t("complaint_photo.sending", { percent })));
    } catch (problem) {
      if (!left || !passing(problem)) throw problem;
      await wait(LOOK_MS);
    }
  }
}

/** What became of it, as long as one waits for that. @param {Complained} complaint @returns {Promise<any>} */
async function outcome(complaint) {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await wait(LOOK_MS);
    const { photo } = await ask("POST", "/api/complaints/tracking", complaint).catch(() => ({ photo: null }));
    if (photo && photo.state !== "awaiting") return photo;
  }
  return { state: "awaiting" };
}

/** Another try, with the same photo or another one. @param {boolean} on */
function open(on) {
  for (const id of ["photo-pick", "photo-hint", "send-photo"]) show(id, on);
}

/** @param {Complained} complaint @param {Blob} photo */
async function deliver(complaint, photo) {
  open(false);
  put("photo-error", "");
  tell(t("complaint_photo.sending", { percent: 0 }));
  try {
    await sent(complaint, photo);
    tell(t("complaint_photo.checking"));
    const { state, fault: code } = await outcome(complaint);
    if (state !== "refused") return tell(state === "kept" ? t("complaint_photo.kept") : t("complaint_photo.slow"));
    refuse(code);
    ready = Promise.resolve(null);
  } catch (/** @type {any} */ problem) {
    const over = ["state_conflict", "complaint_answered", "too_many"].includes(problem.code);
    refuse(over ? "closed" : passing(problem) ? "unsent" : problem.code);
    if (over) return;
  }
  open(true);
}

/** After the complaint: its photo, if there is one. The complaint is with the office whatever becomes of it. @param {string} number @param {string} contact */
export async function sendPhoto(number, contact) {
  const photo = await ready;
  if (!photo) return;
  complained = { number, contact };
  show("photo-drop", false);
  $("complaint-receipt").append($("photo-field"));
  await deliver(complained, photo);
}

$("photo").addEventListener("change", () => {
  const [file] = $("photo").files;
  $("photo").value = ""; // the same file can be chosen again
  if (file) ready = readied(file);
});
onClick("photo-drop", () => {
  ready = Promise.resolve(null);
  tell("");
  show("photo-drop", false);
  $("photo").focus();
});
onClick("send-photo", async () => {
  const photo = await ready;
  if (!complained) return;
  if (photo) await deliver(complained, photo);
  else $("photo").focus();
});
