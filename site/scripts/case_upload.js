import { Problem } from "./api.js";
import { here, accept, askCase } from "./case_place.js";
import { shrink } from "./shrink.js";

const LARGEST = 10 * 1024 * 1024;
const POLL_MS = 1500;
const STALLED_MS = 45000;
const PATIENCE_MS = 120000;
const TYPES = ["image/jpeg", "image/png", "image/webp", "application/pdf"];
const HEIC = /^image\/hei[cf]|\.hei[cf]$/i;

/** @param {number} ms */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** A photo as iPhones keep them; not every system knows its type. @param {File} file */
const isHeic = (file) => HEIC.test(file.type) || HEIC.test(file.name);

/** Why a file cannot be taken, known before a byte is sent. @param {File} file @param {Blob} sent what is left of it to send */
function refusal(file, { type, size }) {
  if (!TYPES.includes(type)) return isHeic(file) ? "heic_photo" : "wrong_type";
  if (!size) return "empty";
  return size > LARGEST ? "too_large" : "";
}

/**
 * One file to the given address, all fields first; a line that stands still for 45 s counts as lost.
 * @param {any} offer
 * @param {Blob} file
 * @param {(percent: number) => void} onProgress
 * @returns {Promise<void>}
 */
function post(offer, file, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(offer.fields)) form.append(name, String(value));
  form.append("file", file);
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let watch = setTimeout(() => request.abort(), STALLED_MS);
    request.upload.onprogress = (event) => {
      clearTimeout(watch);
      watch = setTimeout(() => request.abort(), STALLED_MS);
      if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100));
    };
    request.onloadend = () => {
      clearTimeout(watch);
      if (request.status >= 200 && request.status < 300) done();
      else fail(new Problem(request.status));
    };
    request.open("POST", offer.url);
    request.send(form);
  });
}

/**
 * Sends the file of a slot: a new signature for every try.
 * @param {string} slot
 * @param {File} file
 * @param {(state: string, percent?: number) => void} tell
 * @returns {Promise<string>} the id of the upload
 */
export async function send(slot, file, tell) {
  tell("preparing");
  const small = await shrink(file, file.type.startsWith("image/") || isHeic(file), TYPES);
  const fault = refusal(file, small);
  if (fault) throw new Problem(422, { code: fault });
  tell("sending", 0);
  const offer = await askCase("POST", "/uploads", { slot, content_type: small.type, size: small.size });
  await post(offer, small, (percent) => tell("sending", percent));
  return offer.upload_id;
}

/** @type {Promise<any> | null} */
let looking = null;

/** The case a moment from now, asked for once however many documents wait for it. @returns {Promise<any>} */
function look() {
  looking ??= pause(POLL_MS)
    .then(() => askCase("GET"))
    .catch(() => null)
    .finally(() => {
      looking = null;
    });
  return looking;
}

/**
 * Asks every 1.5 s until the document has been inspected; gives up after two minutes, the inspection goes on.
 * @param {string} slot
 * @param {string} uploadId
 */
export async function untilInspected(slot, uploadId) {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const fresh = await look();
    const document = fresh?.documents[slot];
    if (document && document.upload_id !== uploadId) return;
    if (document && ["inspected", "refused"].includes(document.state)) return accept(fresh);
  }
  accept(here.app);
}
