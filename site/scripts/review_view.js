import { t, words } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { leafOf, turnLeaves } from "./review_turn.js";

export const documentName = words("document");

/**
 * A place on the pictures of a document: `name` says what stands there, `sign` is the number beside its frame.
 * @typedef {{key: string, name: string, tone: string, sign: string, box: {page: number, x: number, y: number, w: number, h: number}}} Spot
 */

/** The pictures that this page has, by document and page: crops are cut from them without another download. @type {Map<string, HTMLImageElement>} */
const loaded = new Map();
/** @type {((slot: string) => void)[]} */
const watchers = [];
let zoom = 100;
let openSlot = "";

/** @param {(slot: string) => void} look called with the slot of each picture that has come */
export function whenLoaded(look) {
  watchers.push(look);
}

/** The picture of a page, when it is here. @param {string} slot @param {number} page */
export function pictureOf(slot, page) {
  return loaded.get(`${slot} ${page}`);
}

/** @param {string} slot @param {number} page @param {HTMLImageElement} image */
function keep(slot, page, image) {
  loaded.set(`${slot} ${page}`, image);
  for (const look of watchers) look(slot);
}

/** Fetches the first picture of the document that comes next, before it is asked for. @param {string} slot @param {string | undefined} url */
export function loadAhead(slot, url) {
  if (!url || pictureOf(slot, 0)) return;
  const image = new Image();
  image.onload = () => keep(slot, 0, image);
  image.src = url;
}

/** @param {number} percent of the view's width */
export function zoomTo(percent) {
  zoom = Math.min(300, Math.max(50, percent));
  for (const one of $("view").querySelectorAll(".leaf")) one.style.width = `${zoom}%`;
  $("zoom-reset").textContent = `${zoom}%`;
}

/** @param {number} step */
export function zoomBy(step) {
  zoomTo(zoom + step);
}

/** A quarter further, clockwise. */
export function turnOn() {
  turnLeaves($("view"));
}

/** The pictures of a document with the frames on them. @param {string} slot @param {string[]} urls @param {Spot[]} spots @param {(page: number) => Node[]} failed what stands in the place of a picture that did not come */
export function drawPictures(slot, urls, spots, failed) {
  openSlot = slot;
  const leaves = urls.map((url, page) => leaf(slot, url, page, urls.length, spots.filter((spot) => spot.box.page === page), failed));
  fill($("view"), ...(leaves.length ? leaves : [h("p", {}, t("review.no_picture"))]));
  drawPages(slot, urls.length);
  zoomTo(100);
}

/** One button a page, where there are several. @param {string} slot @param {number} count */
function drawPages(slot, count) {
  const lead = (/** @type {number} */ page) => $("view").children[page].scrollIntoView({ block: "nearest" });
  const buttons = Array.from({ length: count }, (_, page) => h("button", { type: "button", class: "second", "aria-label": t("review.page_of", { document: documentName(slot), page: page + 1, count }), onclick: () => lead(page) }, String(page + 1)));
  fill($("pages"), t("review.pages"), " ", ...buttons);
  show("pages", count > 1);
}

/** @param {string} slot @param {string} url @param {number} page @param {number} count @param {Spot[]} spots @param {(page: number) => Node[]} failed */
function leaf(slot, url, page, count, spots, failed) {
  const alt = t("review.page_of", { document: documentName(slot), page: page + 1, count });
  // Pages further down come when they are scrolled to.
  const image = h("img", { alt, loading: page ? "lazy" : "eager", "data-testid": `preview-${slot}-${page}` });
  const whole = leafOf(image, spots.map(frame));
  image.onload = () => keep(slot, page, image);
  // Without its picture a frame would stand nowhere.
  image.onerror = () => slot === openSlot && fill(whole, h("p", {}, t("review.picture_failed")), ...failed(page));
  image.src = url;
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

/**
 * Leads to a frame: as large as it fits, and in the middle of the view. It takes the focus when it was asked for; when a
 * row is only passed, focus and page stay where they are.
 * @param {string} key @param {boolean} [asked]
 */
export async function showFrame(key, asked = true) {
  const chosen = $(`frame-${key}`);
  await chosen?.parentElement.querySelector("img").decode().catch(() => null);
  if (!chosen?.isConnected) return;
  for (const one of $("view").querySelectorAll(".chosen")) one.classList.remove("chosen");
  chosen.classList.add("chosen");
  const view = $("view");
  const drawn = chosen.getBoundingClientRect();
  if (!drawn.width) return; // the other side of the page is open
  const fits = Math.min(view.clientWidth / drawn.width, view.clientHeight / drawn.height);
  zoomTo(Math.min(250, Math.max(100, Math.floor(zoom * fits * 0.7))));
  const [seen, at] = [view, chosen].map((one) => one.getBoundingClientRect());
  view.scrollBy(at.x + (at.width - seen.width) / 2 - seen.x, at.y + (at.height - seen.height) / 2 - seen.y);
  if (!asked) return;
  view.scrollIntoView({ block: "nearest" });
  chosen.focus({ preventScroll: true });
}

/** Leads to the top of a document of which nothing is framed. */
export function showTop() {
  for (const one of $("view").querySelectorAll(".chosen")) one.classList.remove("chosen");
  $("view").scrollTo(0, 0);
}
