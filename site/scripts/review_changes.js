import { t, words } from "./words.js";
import { $, fill, h, put, show } from "./dom.js";
import { dayAndClock } from "./moments.js";
import { lettersMarked } from "./review_letters.js";
import { documentName } from "./review_view.js";

const fieldName = words("field");
const genreName = words("genre");

/** @param {any} one */
function fieldItem(one) {
  const [before, now] = [one.before, one.now].map((text) => (one.field === "art_genre" ? genreName(text) : text));
  // Of an ID number only a part is shown: it may be another one all the same.
  const hidden = before === now ? h("p", { class: "soft" }, t("review.hidden_differs")) : null;
  return h(
    "li",
    {},
    h("h3", {}, fieldName(one.field)),
    h("p", {}, h("span", { class: "soft" }, `${t("review.before")}: `), before ? lettersMarked(before, now) : t("case.empty")),
    h("p", {}, h("span", { class: "soft" }, `${t("review.now")}: `), now ? lettersMarked(now, before) : t("case.empty")),
    hidden,
  );
}

/** @param {string} which @param {string} slot @param {string[]} urls */
function sheets(which, slot, urls) {
  const images = urls.map((src, page) => h("img", { src, loading: "lazy", alt: `${which}: ${t("review.page_of", { document: documentName(slot), page: page + 1, count: urls.length })}` }));
  return h("figure", {}, h("figcaption", {}, which), ...(images.length ? images : [h("p", {}, t("review.nothing"))]));
}

/** The old document beside the new one; their pictures come when they are asked for. @param {any} file @param {any} one */
function documentItem(file, one) {
  const pair = h("div", { class: "pair" });
  const open = () => {
    if (!pair.children.length) fill(pair, sheets(t("review.before"), one.slot, one.before), sheets(t("review.now"), one.slot, one.gone ? [] : (file.documents[one.slot]?.previews ?? [])));
  };
  return h("li", {}, h("details", { ontoggle: open }, h("summary", {}, `${documentName(one.slot)}: ${one.gone ? t("review.gone") : one.before.length ? t("review.replaced") : t("review.added")}`), pair));
}

/** What is another than at the last look of this step. @param {any} answer */
export function drawChanges({ changes, case: file }) {
  show("changes-part", changes);
  if (!changes) return;
  const items = [...changes.fields.map(fieldItem), ...changes.documents.map((/** @type {any} */ one) => documentItem(file, one))];
  const at = dayAndClock(changes.since);
  put("changes-since", items.length ? t("review.changed_since", { at }) : t("review.unchanged_since", { at }));
  fill($("changes"), ...items);
}
