import { pick, t } from "./words.js";
import { $, fill, h } from "./dom.js";
import { askCase, here, neededDocuments, openParts, whenChanged } from "./case_place.js";
import { nameOf } from "./case_standing.js";

const FRESH_MS = 4 * 60 * 1000;

/** The upload whose pictures are shown beside the returned ones, by slot. @type {Map<string, string>} */
const shown = new Map();

/** @param {any} slotFacts @param {string} which @param {string[]} pages */
function pictures(slotFacts, which, pages) {
  const images = pages.map((src, at) => {
    const alt = t("correct.page", { which, document: nameOf(slotFacts), page: at + 1 });
    return h("a", { href: src, target: "_blank", rel: "noreferrer" }, h("img", { src, alt }));
  });
  return h("figure", {}, h("figcaption", {}, which), ...(images.length ? images : [h("p", { class: "soft" }, t("correct.none_yet"))]));
}

/** Why it was returned, in the officer's reasons. @param {string} slot */
function reasonsOf(slot) {
  const about = here.app.correction.reasons.filter((/** @type {any} */ one) => one.slot === slot);
  return about.length ? [h("p", { class: "label" }, t("case.to_correct")), h("ul", {}, ...about.map((/** @type {any} */ one) => h("li", {}, pick(one.sentence))))] : [];
}

/** The returned pages and the new ones side by side; asked for again only when the document is another one. @param {any} slotFacts */
async function drawPair(slotFacts) {
  const { slot } = slotFacts;
  const paper = here.app.documents[slot];
  const key = `${here.app.correction?.until} ${paper?.state === "inspected" ? paper.upload_id : ""}`;
  const place = $(`${slot}-correction`);
  const open = here.app.correction && openParts()(slot);
  place.hidden = !open;
  if (!open || shown.get(slot) === key) return;
  shown.set(slot, key);
  const found = await askCase("GET", `/documents/${slot}/pictures`).catch(() => null);
  if (shown.get(slot) !== key) return;
  const pair = found ? [h("div", { class: "pair" }, pictures(slotFacts, t("correct.before"), found.before), pictures(slotFacts, t("correct.now"), found.now))] : [];
  fill(place, ...reasonsOf(slot), ...pair);
}

function drawPairs() {
  const count = here.app.correction?.reasons.length ?? 0;
  if (count) $("correction-heading").textContent = t("correct.count", { count });
  neededDocuments().forEach(drawPair);
}

/** The addresses are good for some minutes: whoever opens a picture later gets a fresh one, without loading it here again. */
async function freshen() {
  if (document.hidden) return;
  for (const slot of shown.keys()) {
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ ($(`${slot}-correction`).querySelectorAll(".pair a"));
    const found = links.length && (await askCase("GET", `/documents/${slot}/pictures`).catch(() => null));
    const fresh = found ? [...found.before, ...found.now] : [];
    if (fresh.length === links.length) links.forEach((link, at) => (link.href = fresh[at]));
  }
}

/** In a returned application, each open card says why, and shows the old picture beside the new one. */
export function showPictures() {
  for (const { slot } of neededDocuments()) {
    $(`${slot}-hint`).after(h("div", { id: `${slot}-correction`, class: "correction", hidden: true }));
  }
  whenChanged(drawPairs);
  drawPairs();
  setInterval(freshen, FRESH_MS);
}
