import { t, words } from "./words.js";
import { $, fill, h } from "./dom.js";

export const documentName = words("document");

/**
 * A place on the pictures of a document: `name` says what stands there, `sign` is the number beside its frame.
 * @typedef {{key: string, name: string, tone: string, sign: string, box: {page: number, x: number, y: number, w: number, h: number}}} Spot
 */

let zoom = 100;

/** @param {number} percent of the view's width */
export function zoomTo(percent) {
  zoom = Math.min(300, Math.max(50, percent));
  for (const one of $("view").querySelectorAll(".leaf")) one.style.width = `${zoom}%`;
}

/** @param {number} step */
export function zoomBy(step) {
  zoomTo(zoom + step);
}

/** The pictures of a document with the frames on them. @param {string} slot @param {string[]} urls @param {Spot[]} spots */
export function drawPictures(slot, urls, spots) {
  const leaves = urls.map((url, page) => leaf(slot, url, page, urls.length, spots.filter((spot) => spot.box.page === page)));
  fill($("view"), ...(leaves.length ? leaves : [h("p", {}, t("review.no_picture"))]));
  zoomTo(100);
}

/** @param {string} slot @param {string} url @param {number} page @param {number} count @param {Spot[]} spots */
function leaf(slot, url, page, count, spots) {
  const alt = t("review.page_of", { document: documentName(slot), page: page + 1, count });
  const image = h("img", { src: url, alt, "data-testid": `preview-${slot}-${page}` });
  const whole = h("div", { class: "leaf" }, image, ...spots.map(frame));
  // Without its picture a frame would stand nowhere.
  image.onerror = () => whole.replaceChildren(h("p", {}, t("review.picture_failed")));
  return whole;
}

/** @param {Spot} spot */
function frame({ key, name, tone, sign, box }) {
  const side = box.x + box.w > 0.92 ? "before" : "";
  const label = sign ? h("b", { class: side }, sign) : null;
  const node = h("span", { id: `frame-${key}`, class: `frame ${tone}`, role: "img", "aria-label": name, tabindex: "-1" }, label);
  const sides = { left: box.x, top: box.y, width: box.w, height: box.h };
  for (const [one, share] of Object.entries(sides)) node.style[one] = `${100 * share}%`;
  return node;
}

/** Leads to a frame: as large as it fits, in the middle of the view, and in focus. @param {string} key */
export async function showFrame(key) {
  const chosen = $(`frame-${key}`);
  await chosen?.parentElement.querySelector("img").decode().catch(() => null);
  if (!chosen?.isConnected) return;
  for (const one of $("view").querySelectorAll(".chosen")) one.classList.remove("chosen");
  chosen.classList.add("chosen");
  const view = $("view");
  const fits = Math.min(view.clientWidth / chosen.offsetWidth, view.clientHeight / chosen.offsetHeight);
  zoomTo(Math.min(250, Math.max(100, Math.floor(zoom * fits * 0.7))));
  const [seen, at] = [view, chosen].map((one) => one.getBoundingClientRect());
  view.scrollBy(at.x + (at.width - seen.width) / 2 - seen.x, at.y + (at.height - seen.height) / 2 - seen.y);
  view.scrollIntoView({ block: "nearest" });
  chosen.focus({ preventScroll: true });
}
