import { h } from "./dom.js";

/** A page of a document: the outer box takes the place in the view, the inner one is turned with all that lies on it. @param {HTMLImageElement} image @param {Node[]} marks */
export function leafOf(image, marks) {
  return h("div", { class: "leaf" }, h("div", { class: "face" }, image, ...marks));
}

/** Turns all pages by a quarter, clockwise. @param {Element} view */
export function turnLeaves(view) {
  for (const leaf of /** @type {NodeListOf<HTMLElement>} */ (view.querySelectorAll(".leaf"))) {
    const quarters = (Number(leaf.dataset.quarters ?? 0) + 1) % 4;
    leaf.dataset.quarters = String(quarters);
    lay(leaf, quarters);
  }
}

/** @param {HTMLElement} leaf @param {number} quarters */
function lay(leaf, quarters) {
  const face = /** @type {HTMLElement | null} */ (leaf.querySelector(".face"));
  const image = face?.querySelector("img");
  if (!face || !image) return;
  const ratio = (image.naturalWidth || 1) / (image.naturalHeight || 1);
  const lying = quarters % 2 === 1;
  leaf.style.aspectRatio = lying ? String(1 / ratio) : "";
  face.classList.toggle("lying", lying);
  face.style.width = lying ? `${100 * ratio}%` : "";
  face.style.transform = quarters ? `${lying ? "translate(-50%, -50%) " : ""}rotate(${quarters * 90}deg)` : "";
}
