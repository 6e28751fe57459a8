import { pick, t } from "./words.js";
import { $, fill, h } from "./dom.js";
import { askCase, here, neededDocuments, openParts } from "./case_place.js";
import { nameOf } from "./case_standing.js";

/** The upload whose pictures are shown beside the returned ones, by slot. @type {Map<string, string>} */
const shown = new Map();

/** @param {any} slotFacts @param {string} which @param {string[]} pages */
function pictures(slotFacts, which, pages) {
  const images = pages.map((src, at) => h("img", { src, alt: `${which}: ${nameOf(slotFacts)}, ${at + 1}` }));
  return h("figure", {}, h("figcaption", {}, which), ...images);
}

/** Why it was returned, in the officer's reasons. @param {string} slot */
function reasonsOf(slot) {
  const about = here.app.correction.reasons.filter((/** @type {any} */ one) => one.slot === slot);
  return about.length ? [h("p", { class: "label" }, t("case.to_correct")), h("ul", {}, ...about.map((/** @type {any} */ one) => h("li", {}, pick(one.sentence))))] : [];
}

/** @param {string} slot */
function correctionPlace(slot) {
  $(`${slot}-hint`).after(h("div", { id: `${slot}-correction`, class: "correction", hidden: true }));
  return $(`${slot}-correction`);
}

/** The returned pages and the new ones side by side; asked for again only when the document is another one. @param {any} slotFacts */
async function drawPair(slotFacts) {
  const { slot } = slotFacts;
  const paper = here.app.documents[slot];
  const key = `${here.app.correction?.until} ${paper?.state === "inspected" ? paper.upload_id : ""}`;
  const place = $(`${slot}-correction`) ?? correctionPlace(slot);
  const open = here.app.correction && openParts()(slot);
  place.hidden = !open;
  if (!open || shown.get(slot) === key) return;
  shown.set(slot, key);
  const found = await askCase("GET", `/documents/${slot}/pictures`).catch(() => null);
  if (shown.get(slot) !== key) return;
  const pair = found ? [h("div", { class: "pair" }, pictures(slotFacts, t("correct.before"), found.before), pictures(slotFacts, t("correct.now"), found.now))] : [];
  fill(place, ...reasonsOf(slot), ...pair);
}

/** In a returned application, each open card says why, and shows the old picture beside the new one. */
export function drawPairs() {
  neededDocuments().forEach(drawPair);
}
