// Reads QR codes from photos and from the camera. Fetched when somebody scans; no picture leaves the device.

/** @typedef {(picture: any) => Promise<string>} Reader the text of the QR code in a picture, "" without one */

const WIDEST = 1600;
const PAUSE = 250;

/** The browser's own reader, or a small one that is fetched when it is needed. @returns {Promise<Reader>} */
async function codeReader() {
  const own = /** @type {any} */ (globalThis).BarcodeDetector;
  const formats = own ? await own.getSupportedFormats().catch(() => []) : [];
  if (formats.includes("qr_code")) {
    const detector = new own({ formats: ["qr_code"] });
    return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? "";
  }
  const { readCode } = await import(/** @type {any} */ ("./baca-qr.js"));
  return async (picture) => readCode(pixelsOf(picture));
}

/** @param {any} picture a video or a bitmap */
function pixelsOf(picture) {
  const [wide, high] = [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height];
  const scale = Math.min(1, WIDEST / Math.max(wide, high));
  const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(wide * scale), height: Math.round(high * scale) });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

/** The text of the code in a photo. @param {Blob} file @returns {Promise<string>} "" when none is found */
export async function codeInPhoto(file) {
  const reader = await codeReader();
  return reader(await createImageBitmap(file));
}

/**
 * Looks through the camera until a code is read or `signal` says stop. Throws what getUserMedia throws.
 * @param {HTMLVideoElement} view
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the code's text, "" when stopped
 */
export async function codeInView(view, signal) {
  const reader = await codeReader();
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  try {
    view.srcObject = stream;
    await view.play();
    for (let text = ""; !signal.aborted; await new Promise((next) => setTimeout(next, PAUSE))) {
      text = await reader(view).catch(() => "");
      if (text) return text;
    }
    return "";
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
