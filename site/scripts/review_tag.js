import { words } from "./words.js";
import { h } from "./dom.js";

const mark = words("mark");
const SIGN = { same: "✓", differs: "≠", unread: "?", missing: "–", look: "?" };
const TONE = { same: "", differs: "late", unread: "look", missing: "look", look: "look" };

/** @typedef {keyof typeof SIGN} Kind */

/** A mark in word, sign and colour. @param {Kind} kind */
export function tag(kind) {
  return h("span", { class: `tag ${TONE[kind]}`, "data-mark": kind }, `${SIGN[kind]} ${mark(kind)}`);
}
