import { accept, here, watchFirst } from "./case_place.js";
import { drawDocuments, startDocuments } from "./case_documents.js";
import { drawPairs } from "./case_pictures.js";
import { offerReuse } from "./case_reuse.js";

/** Draws what the documents of a case need in the part of the page that shows now. */
export function drawPapersPart() {
  offerReuse();
}

/** The documents come to life, once. What leads to a card is drawn after the cards. */
export function startPapers() {
  watchFirst(() => {
    drawDocuments();
    drawPairs();
  });
  startDocuments();
  drawPairs();
  accept(here.app);
}
