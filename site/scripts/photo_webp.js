// Read as well as a JPEG of 0.75 (docs/benchmarks.md), at less than two thirds of its weight.
const WEBP_QUALITY = 0.8;

/**
 * The lighter one of a picture's JPEG and its WebP, which Safari does not make: it answers a PNG.
 * @type {import("./shrink.js").Lighter}
 */
export async function lighterPicture(canvas, jpeg) {
  /** @type {Blob | null} */
  const webp = await new Promise((done) => canvas.toBlob(done, "image/webp", WEBP_QUALITY));
  return webp?.type === "image/webp" && webp.size < jpeg.size ? webp : jpeg;
}
