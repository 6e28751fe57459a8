const LONGEST = 2000;
const QUALITY = 0.75;
const SMALL_ENOUGH = 900 * 1024;

/**
 * The photo upright, on white, at most 2000 px, without its place; or the file itself when it is small,
 * not a photo, or the browser cannot open it.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function shrink(file) {
  if (!file.type.startsWith("image/") || (file.type === "image/jpeg" && file.size < SMALL_ENOUGH / 4)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}
