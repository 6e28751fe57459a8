import { $, onClick } from "./dom.js";
import { turnOn, zoomBy, zoomTo } from "./review_view.js";
import { openDocument, slotsHere } from "./review_file.js";

const PLACE_OF_KEYS = "sanggar.keys";

const keysOn = () => /** @type {boolean} */ ($("keys-on").checked);

/** The rows that can be gone through, in the order of the page. @returns {HTMLElement[]} */
const lines = () => [...document.querySelectorAll(".line")].filter((one) => /** @type {HTMLElement} */ (one).offsetParent) .map((one) => /** @type {HTMLElement} */ (one));

/** @param {number} by */
function step(by) {
  const all = lines();
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.querySelector("button")?.focus();
}

/** Presses a mark of the row that has the focus. @param {string} which */
function markHere(which) {
  const line = lines().find((one) => one.contains(document.activeElement));
  /** @type {HTMLElement | null | undefined} */ (line?.querySelector(`[data-which=${which}]`))?.click();
}

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  s: () => markHere("right"),
  t: () => markHere("wrong"),
  "+": () => zoomBy(25),
  "-": () => zoomBy(-25),
  0: () => zoomTo(100),
  r: turnOn,
  l: () => $("decision-heading").focus(),
  "?": () => $("keys").showModal(),
};

/** @param {KeyboardEvent} event */
function pressed(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  const typing = target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
  if (!keysOn() || typing || event.ctrlKey || event.altKey || event.metaKey || $("keys").open || $("review").hidden) return;
  const slot = /^[1-4]$/.test(event.key) ? slotsHere()[Number(event.key) - 1] : "";
  const work = slot ? () => openDocument(slot) : KEYS[event.key.toLowerCase()];
  if (!work) return;
  event.preventDefault();
  work();
}

/** Single keys do nothing until they are switched on (WCAG 2.1.4); the list of them has the switch. */
export function startKeys() {
  $("keys-on").checked = localStorage.getItem(PLACE_OF_KEYS) === "on";
  $("keys-on").addEventListener("change", () => localStorage.setItem(PLACE_OF_KEYS, keysOn() ? "on" : "off"));
  onClick("keys-list", () => $("keys").showModal());
  onClick("keys-close", () => $("keys").close());
  addEventListener("keydown", pressed);
}
