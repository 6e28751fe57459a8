// The limits are those of the service (chalicelib/documents/quality.py): what passes here is not held against it there.
const MEASURED = 1000;
const DARK_BELOW = 95;
const SHARP_FROM = 18;
const SMALL_BELOW = 450;
const GRAIN = 4.5;
const STEPS_A_GREY = 4;
/** How much of a pixel comes from itself, and from each of the two that lie one to five away. */
const SOFTENED_BY = [0, 1, 2, 3, 4, 5].map((far) => Math.exp((-far * far) / 8));
const WHOLE = 2 * SOFTENED_BY.reduce((sum, part) => sum + part) - 1;

/** How often each value occurs. @param {Float32Array} values 0 to 255 */
function spread(values) {
  const counts = new Uint32Array(256 * STEPS_A_GREY);
  for (let at = 0; at < values.length; at += 1) counts[(values[at] * STEPS_A_GREY + 0.5) | 0] += 1;
  return counts;
}

/** The value below which that part of all values lies. @param {Uint32Array} counts @param {number} part */
function percentile(counts, part) {
  let left = counts.reduce((sum, count) => sum + count) * part;
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
 * Softened along one direction; the edge goes on beyond the picture. Plain loops: closures took a slow phone half a second.
 * @param {Float32Array} greys @param {number} width @param {number} height @param {boolean} down
 */
function softened(greys, width, height, down) {
  const soft = new Float32Array(greys.length);
  const last = (down ? height : width) - 1;
  const step = down ? width : 1;
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const here = down ? y : x;
      let sum = greys[at];
      for (let far = 1; far <= 5; far += 1) {
        const before = far < here ? far : here;
        const after = far < last - here ? far : last - here;
        sum += SOFTENED_BY[far] * (greys[at - before * step] + greys[at + after * step]);
      }
      soft[at] = sum / WHOLE;
    }
  }
  return soft;
}

/**
 * How far the strongest edges rise above the grain.
 * @param {{greys: Float32Array, width: number, height: number}} picture
 */
function sharpness({ greys, width, height }) {
  const fine = softened(softened(greys, width, height, false), width, height, true);
  for (let at = 0; at < fine.length; at += 1) fine[at] = Math.abs(greys[at] - fine[at]);
  const counts = spread(fine);
  return percentile(counts, 0.995) - GRAIN * percentile(counts, 0.5);
}

/**
 * The one thing that most stands between this photo and a sure reading: `dark`, `small`, `blurred`, or nothing.
 * @param {HTMLCanvasElement} seen
 */
export function lookOf(seen) {
  const picture = greysOf(seen);
  if (percentile(spread(picture.greys), 0.75) < DARK_BELOW) return "dark";
  if (Math.min(seen.width, seen.height) < SMALL_BELOW) return "small";
  return sharpness(picture) < SHARP_FROM ? "blurred" : "";
}
