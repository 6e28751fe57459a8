import { h } from "./dom.js";
import { pictureOf } from "./review_view.js";

/** What stands around a value helps to read it. */
const MARGIN = 0.35;
const MOST_PIXELS = 900;

/** The place of a crop, empty until its picture is here. @param {string} slot @param {any} box */
export function cropPlace(slot, box) {
  const place = h("span", { class: "crop", "data-slot": slot });
  if (box) place.append(h("canvas", { hidden: true, "data-testid": `crop-${slot}` }));
  place.box = box;
  return place;
}

/** Cuts what was read out of the pictures that are here: nothing is downloaded for it. @param {Element} within @param {string} slot */
export function drawCrops(within, slot) {
  for (const place of /** @type {NodeListOf<any>} */ (within.querySelectorAll(`.crop[data-slot="${slot}"]`))) cut(place);
}

/** @param {any} place */
function cut({ box, dataset, firstChild: canvas }) {
  const picture = box && pictureOf(dataset.slot, box.page);
  if (!picture) return;
  const { naturalWidth: width, naturalHeight: height } = picture;
  const margin = MARGIN * box.h * height;
  const [left, top] = [Math.max(0, box.x * width - margin), Math.max(0, box.y * height - margin)];
  const [wide, high] = [Math.min(width, (box.x + box.w) * width + margin) - left, Math.min(height, (box.y + box.h) * height + margin) - top];
  const scale = Math.min(1, MOST_PIXELS / wide);
  [canvas.width, canvas.height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(high * scale))];
  canvas.getContext("2d").drawImage(picture, left, top, wide, high, 0, 0, canvas.width, canvas.height);
  canvas.hidden = false;
}
