import { pick, root } from "./words.js";
import { onClick, put, show } from "./dom.js";
import { here, whenChanged } from "./case_place.js";
import { forgetEverything, session } from "./session.js";

/** Leaves nothing of the applicant on the counter's computer, but the officer's own way back. */
function finish() {
  forgetEverything();
  location.assign(`${root}loket/`);
}

/** @param {any} app */
function drawAssisted({ assisted }) {
  const atCounter = /** @type {any} */ (session("applicant"))?.case_id === here.id;
  show("section-assisted", assisted);
  show("assisting", assisted && atCounter);
  show("back", !atCounter);
  put("assisted", assisted ? pick(assisted.told) : "");
}

/** Says that an officer filled it in; to that officer, what is to be done at the counter. */
export function tellAssistance() {
  onClick("finish-assisting", finish);
  whenChanged(drawAssisted);
  drawAssisted(here.app);
}
