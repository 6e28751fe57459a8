import { $, onClick, show } from "./dom.js";

/** What the share sheet says. @type {string} */
let shared = "";

/**
 * Offers the phone's own share sheet where the browser has one.
 * @param {string} id of the button
 * @param {string} text with the link in it
 */
export function offerSheet(id, text) {
  shared = text;
  if (!navigator.share || !$(id).hidden) return;
  show(id, true);
  // Closing the sheet without sharing is no fault.
  onClick(id, () => navigator.share({ text: shared }).catch(() => null));
}
