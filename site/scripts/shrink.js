import { Problem } from "./api.js";
import { lookOf } from "./photo_look.js";

/**
 * A file made ready to go: `sheet` is its picture as a JPEG, of which pages can be joined; `look` what is wrong with it.
 * @typedef {{blob: Blob, before: number, thumb: Blob | null, look: string, sheet: Blob | null}} Prepared
 * @typedef {(canvas: HTMLCanvasElement, jpeg: Blob) => Promise<Blob>} Lighter
 */

const LONGEST = 2000;
const THUMB = 160;
const QUALITIES = [0.75, 0.6, 0.45];
const SMALL_ENOUGH = 900 * 1024;
const LARGEST = 10 * 1024 * 1024;
const TYPES = ["image/jpeg", "image/png", "image/webp", "application/pdf"];
const HEIC = /^image\/hei[cf]|\.hei[cf]$/i;
// How a file begins that the office takes; what else does not open here does not open there.
const BEGINS = /^(\xff\xd8|.PNG|RIFF....WEBP)/s;

/** A photo as iPhones keep them; not every system knows its type. @param {File} file */
const isHeic = (file) => HEIC.test(file.type) || HEIC.test(file.name);

/** The bytes as letters, one each. @param {Blob} blob */
const lettersOf = async (blob) => new TextDecoder("latin1").decode(await blob.arrayBuffer());

/** Upright, on white, at most that long. @param {ImageBitmap | HTMLCanvasElement} seen @param {number} longest */
function drawn(seen, longest) {
  const scale = Math.min(1, longest / Math.max(seen.width, seen.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(seen.width * scale));
  canvas.height = Math.max(1, Math.round(seen.height * scale));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(seen, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob | null>} */
function jpegOf(canvas, quality) {
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
}

/** The best quality that a slow line carries. @param {HTMLCanvasElement} canvas */
async function lightJpeg(canvas) {
  let light = null;
  for (const quality of QUALITIES) {
    light = await jpegOf(canvas, quality);
    if (light && light.size <= SMALL_ENOUGH) break;
  }
  return light;
}

/** Whether the file may say where it was taken. @param {File} file */
async function tellsPlace(file) {
  return file.size > SMALL_ENOUGH || /exif/i.test(await lettersOf(file));
}

/** Why a file cannot be taken, known before a byte is sent. @param {File} file @param {Blob} sent what is left of it to send */
function refusal(file, { type, size }) {
  if (!file.size) return "empty";
  if (!TYPES.includes(type)) return isHeic(file) ? "heic_photo" : "wrong_type";
  return size > LARGEST ? "too_large" : "";
}

/**
 * The photo upright, on white, at most 2000 px, without its place; or the file itself when that is smaller and tells no
 * place. What the office does not take becomes a JPEG however small it is: so Safari, which opens HEIC, sends the photos
 * of its iPhone. A picture too large for this phone's memory goes as it is.
 * @param {File} file @param {Lighter} [lighter]
 * @returns {Promise<Prepared>}
 */
async function lightened(file, lighter) {
  const plain = { blob: file, before: file.size, thumb: null, look: "", sheet: null };
  if (!file.type.startsWith("image/") && file.type && !isHeic(file)) return plain;
  let seen;
  try {
    seen = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    const odd = file.size && TYPES.includes(file.type) && !BEGINS.test(await lettersOf(file.slice(0, 12)));
    if (odd) throw new Problem(422, { code: "damaged" });
    return plain;
  }
  const canvas = drawn(seen, LONGEST);
  seen.close();
  const thumb = await jpegOf(drawn(canvas, THUMB), 0.7); // of the small picture: the large one is not decoded twice
  const sheet = await lightJpeg(canvas);
  const light = sheet && lighter ? await lighter(canvas, sheet) : sheet;
  const better = light && (light.size < file.size || !TYPES.includes(file.type) || (await tellsPlace(file)));
  return { ...plain, blob: better ? light : file, thumb, look: lookOf(canvas), sheet };
}

/** Makes a file ready to go. Throws a Problem with the code of a refused file. @param {File} file @param {Lighter} [lighter] @returns {Promise<Prepared>} */
export async function prepare(file, lighter) {
  const ready = await lightened(file, lighter);
  const fault = refusal(file, ready.blob);
  if (fault) throw new Problem(422, { code: fault });
  return ready;
}
