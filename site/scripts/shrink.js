const LONGEST = 2000;
const QUALITY = 0.75;
const SMALL_ENOUGH = 900 * 1024;

/**
 * The photo upright, on white, at most 2000 px, without its place; or the file itself when it is small,
 * not a picture, or the browser cannot open it. What the office does not take becomes a JPEG however small it is:
 * so Safari, which opens HEIC, sends the photos of its iPhone.
 * @param {File} file
 * @param {boolean} picture
 * @param {string[]} taken types
 * @returns {Promise<Blob>}
 */
export async function shrink(file, picture, taken) {
  if (!picture || (file.type === "image/jpeg" && file.size < SMALL_ENOUGH / 4)) return file;
  try {
    const seen = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(seen.width, seen.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(seen.width * scale);
    canvas.height = Math.round(seen.height * scale);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(seen, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return small && (small.size < file.size || !taken.includes(file.type)) ? small : file;
  } catch {
    return file;
  }
}
