// The limits are those of the service (chalicelib/documents/quality.py): what passes here is not held against it there.
const MEASURED = 1000;
const DARK_BELOW = 95;
const SHARP_FROM = 18;
const SMALL_BELOW = 450;
const GRAIN = 4.5;
const STEPS_A_GREY = 4;
const SOFTENED_BY = [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5].map((far) => Math.exp(-far * far / 8));

/** The value below which that part of all values lies. @param {Float32Array} values 0 to 255 @param {number} part */
function percentile(values, part) {
  const counts = new Uint32Array(256 * STEPS_A_GREY);
  for (const value of values) counts[Math.round(value * STEPS_A_GREY)] += 1;
  let left = values.length * part;
  return counts.findIndex((count) => (left -= count) <= 0) / STEPS_A_GREY;
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
 * Softened along one direction, `step` from pixel to pixel; the edge goes on beyond the picture.
 * @param {Float32Array} greys @param {number} length of a line @param {number} step @param {(at: number) => number} place in its line
 */
function softened(greys, length, step, place) {
  const whole = SOFTENED_BY.reduce((sum, part) => sum + part, 0);
  return greys.map((_, at) => {
    const here = place(at);
    let sum = 0;
    for (let tap = -5; tap <= 5; tap += 1) {
      const there = Math.min(Math.max(here + tap, 0), length - 1);
      sum += SOFTENED_BY[tap + 5] * greys[at + (there - here) * step];
    }
    return sum / whole;
  });
}

/**
 * How far the strongest edges rise above the grain.
 * @param {{greys: Float32Array, width: number, height: number}} picture
 */
function sharpness({ greys, width, height }) {
  const across = softened(greys, width, 1, (at) => at % width);
  const soft = softened(across, height, width, (at) => Math.floor(at / width));
  const fine = greys.map((grey, at) => Math.abs(grey - soft[at]));
  return percentile(fine, 0.995) - GRAIN * percentile(fine, 0.5);
}

/**
 * The one thing that most stands between this photo and a sure reading: `dark`, `small`, `blurred`, or nothing.
 * @param {HTMLCanvasElement} seen
 */
export function lookOf(seen) {
  const picture = greysOf(seen);
  if (percentile(picture.greys, 0.75) < DARK_BELOW) return "dark";
  if (Math.min(seen.width, seen.height) < SMALL_BELOW) return "small";
  return sharpness(picture) < SHARP_FROM ? "blurred" : "";
}
