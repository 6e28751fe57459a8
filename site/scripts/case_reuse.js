import { t } from "./words.js";
import { $, busy, h, say, show } from "./dom.js";
import { day } from "./moments.js";
import { reportTo } from "./session.js";
import { accept, askCase, here, neededDocuments, openParts, whenChanged } from "./case_place.js";
import { save } from "./case_draft.js";
import { nameOf, running } from "./case_standing.js";
import { untilInspected } from "./case_upload.js";

/** What was sent with earlier applications, by slot; nothing before it was asked for. @type {Record<string, any> | null} */
let earlier = null;

/** It is offered where nothing lies yet, and where something was returned. */
function drawReuse() {
  for (const slotFacts of neededDocuments()) {
    const { slot } = slotFacts;
    if (!earlier?.[slot]) continue;
    if (!$(`${slot}-reuse`)) offer(slotFacts);
    const paper = here.app.documents[slot];
    const wanted = !paper || paper.state === "awaiting" || here.app.status === "returned";
    show(`${slot}-reuse`, wanted && openParts()(slot) && !running.has(slot));
  }
}

/** @param {any} slotFacts */
function offer(slotFacts) {
  const { slot } = slotFacts;
  const words = t("upload.reuse", { document: nameOf(slotFacts), day: day(earlier?.[slot].uploaded_at) });
  $(`${slot}-picks`).append(h("button", { type: "button", class: "plain", id: `${slot}-reuse`, onclick: () => useAgain(slotFacts), hidden: true }, words));
}

/** The service copies it and reads it against the new form; nothing goes through the phone. @param {any} slotFacts */
async function useAgain(slotFacts) {
  const { slot } = slotFacts;
  const run = { slot, name: nameOf(slotFacts), state: "checking", percent: 0, kept: null, lasting: false, control: new AbortController(), told: new Set(), problem: null, offered: true };
  try {
    await save(); // the document is compared with what was typed
    await busy($(`${slot}-reuse`), async () => accept(await askCase("POST", `/documents/${slot}/reuse`, { case_id: earlier?.[slot].case_id })));
    running.set(slot, run);
    accept(here.app);
    say(`${run.name}: ${t("upload.checking")}`);
    $(`${slot}-card`).focus();
    await untilInspected(slot, here.app.documents[slot].upload_id, run.control.signal, (state) => {
      run.state = state;
      accept(here.app);
    });
  } catch (problem) {
    reportTo(problem, () => useAgain(slotFacts));
  } finally {
    // A file that was chosen meanwhile has taken the place.
    if (running.get(slot) === run) {
      running.delete(slot);
      accept(here.app);
    }
  }
}

/** Offers what was sent before, once the documents are looked at; without an answer nothing is offered. */
export async function offerReuse() {
  if (earlier || $("section-documents").hidden || !(here.app.can.edit || here.app.can.correct)) return;
  earlier = {};
  earlier = (await askCase("GET", "/earlier").catch(() => null))?.documents ?? {};
  whenChanged(drawReuse);
  drawReuse();
}
