// The limits are those of the service (chalicelib/documents/quality.py): what passes here is not held against it there.
const MEASURED = 1000;
const DARK_BELOW = 95;
const SHARP_FROM = 18;
const SMALL_BELOW = 450;
const GRAIN = 4.5;
const STEPS_A_GREY = 4;
/** How much of a pixel comes from itself, and from each of the two that lie one to five away: a bell of 2 pixels. */
const SOFTENED_BY = [0.20057, 0.177, 0.12165, 0.06511, 0.02714, 0.00881];

/** The values below which those parts of all values lie. @param {Float32Array} values 0 to 255 @param {...number} parts */
function percentiles(values, ...parts) {
  const counts = new Uint32Array(256 * STEPS_A_GREY);
  for (let at = 0; at < values.length; at += 1) counts[(values[at] * STEPS_A_GREY + 0.5) | 0] += 1;
  return parts.map((part) => {
    let left = values.length * part;
    return counts.findIndex((count) => (left -= count) <= 0) / STEPS_A_GREY;
  });
}

/** The greys of a picture at a size that shows how sharp it is. @param {HTMLCanvasElement} seen */
function greysOf(seen) {
  const scale = Math.min(1, MEASURED / Math.max(seen.width, seen.height));
  const canvas = document.createElement("canvas");
  const width = (canvas.width = Math.round(seen.width * scale));
  const height = (canvas.height = Math.round(seen.height * scale));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  pen.imageSmoothingQuality = "high";
  pen.drawImage(seen, 0, 0, width, height);
  const { data } = pen.getImageData(0, 0, width, height);
  const greys = new Float32Array(width * height);
  for (let at = 0; at < greys.length; at += 1) greys[at] = 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2];
  return { greys, width, height };
}

/**
 * Softened along lines of that `length`, one pixel `step` from the next; the edge goes on beyond the picture. Plain loops:
 * closures took a slow phone half a second.
 * @param {Float32Array} greys @param {number} length @param {number} step
 */
function softened(greys, length, step) {
  const soft = new Float32Array(greys.length);
  for (let at = 0; at < soft.length; at += 1) {
    const here = ((at / step) | 0) % length;
    const left = length - 1 - here;
    let sum = SOFTENED_BY[0] * greys[at];
    for (let far = 1; far < 6; far += 1) sum += SOFTENED_BY[far] * (greys[at - (far < here ? far : here) * step] + greys[at + (far < left ? far : left) * step]);
    soft[at] = sum;
  }
  return soft;
}

/**
 * How far the strongest edges rise above the grain.
 * @param {{greys: Float32Array, width: number, height: number}} picture
 */
function sharpness({ greys, width, height }) {
  const soft = softened(softened(greys, width, 1), height, width);
  const [edges, grain] = percentiles(greys.map((grey, at) => Math.abs(grey - soft[at])), 0.995, 0.5);
  return edges - GRAIN * grain;
}

/**
 * The one thing that most stands between this photo and a sure reading: `dark`, `small`, `blurred`, or nothing.
 * @param {HTMLCanvasElement} seen
 */
export function lookOf(seen) {
  const picture = greysOf(seen);
  if (percentiles(picture.greys, 0.75)[0] < DARK_BELOW) return "dark";
  if (Math.min(seen.width, seen.height) < SMALL_BELOW) return "small";
  return sharpness(picture) < SHARP_FROM ? "blurred" : "";
}
