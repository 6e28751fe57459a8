import { lang, pick, t } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { here, neededDocuments, openParts } from "./case_place.js";
import { findingsOf, nameOf, qualityLines, readLine, running, shots, standing, usedAnyway } from "./case_standing.js";

/**
 * What a person can do with a card.
 * @typedef {Record<"choose" | "addPage", (slotFacts: any, file: File) => unknown> & Record<"keep" | "retry" | "remove", (slotFacts: any) => unknown> & {cameraOpens: (slot: string) => void, cameraIsBack: () => void, move: (slot: string, home: string, name: string) => unknown}} Acts
 */

const IN_MB = new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const KILO = 1000;
const PHOTO_TYPES = "image/jpeg,image/png,image/webp";
const ONE_SIDED = ["ktp"];
const MOST_PAGES = 4;
// What a person may still take back before it is with the service.
const STILL_HERE = ["asking", "lost", "failed", "session"];

/** @type {Acts} */
let acts;

/** "2,6 MB", or "48 kB" for what is less than a tenth of one. @param {number} bytes */
export function readableSize(bytes) {
  return bytes < KILO * KILO / 10 ? `${Math.ceil(bytes / KILO)} kB` : `${IN_MB.format(bytes / KILO / KILO)} MB`;
}

/** A native input for a file, lying over its words. @param {any} slotFacts @param {string} way @param {Record<string, any>} props @param {(file: File) => unknown} take */
function picker({ slot }, way, props, take) {
  const input = h("input", {
    type: "file",
    id: `${slot}-${way}`,
    "aria-describedby": `${slot}-hint ${slot}-state`,
    ...props,
    onchange: () => {
      const [file] = input.files;
      input.value = "";
      acts.cameraIsBack();
      if (file) take(file);
    },
  });
  return h("span", { class: "pick", id: `${slot}-${way}-pick` }, h("span", {}), input);
}

/** Names a picker or button, for the eye and with its document for the ear. @param {any} slotFacts @param {string} way @param {string} label */
function name(slotFacts, way, label) {
  const control = $(`${slotFacts.slot}-${way}`);
  const words = control.type === "file" ? control.previousSibling : control;
  const whole = `${label} ${nameOf(slotFacts)}`;
  if (control.getAttribute("aria-label") === whole) return;
  words.textContent = label;
  control.setAttribute("aria-label", whole);
}

/** @param {string} slot @param {string} way @param {string} label @param {() => unknown} onclick @param {string} [look] */
function button(slot, way, label, onclick, look = "plain") {
  return h("button", { type: "button", class: look, id: `${slot}-${way}`, onclick, hidden: true }, label);
}

/** Asks once before something is deleted. @param {string} slot @param {boolean} on */
function askToDelete(slot, on) {
  show(`${slot}-sure`, on);
  show(`${slot}-delete`, !on);
  $(on ? `${slot}-delete-yes` : `${slot}-delete`).focus();
}

/** @param {any} slotFacts */
function picksOf(slotFacts) {
  const { slot } = slotFacts;
  const take = (/** @type {File} */ file) => acts.choose(slotFacts, file);
  const yes = button(slot, "delete-yes", t("upload.sure_yes"), () => acts.remove(slotFacts), "second");
  const no = button(slot, "delete-no", t("upload.sure_no"), () => askToDelete(slot, false), "second");
  yes.hidden = no.hidden = false;
  return [
    picker(slotFacts, "camera", { accept: "image/*", capture: "environment", onclick: () => acts.cameraOpens(slot), oncancel: acts.cameraIsBack }, take),
    picker(slotFacts, "file", { accept: `${PHOTO_TYPES},application/pdf` }, take),
    picker(slotFacts, "more", { accept: "image/*" }, (file) => acts.addPage(slotFacts, file)),
    button(slot, "keep", t("upload.keep"), () => acts.keep(slotFacts), "second"),
    button(slot, "retry", t("fault.retry"), () => acts.retry(slotFacts)),
    button(slot, "delete", t("upload.delete"), () => askToDelete(slot, true)),
    h("span", { id: `${slot}-sure`, class: "sure", hidden: true }, h("span", {}, t("upload.sure", { document: nameOf(slotFacts) })), yes, no),
  ];
}

/** Files may also be dropped; nobody needs to. @param {any} slotFacts */
function dropping(slotFacts) {
  return {
    ondragover: (/** @type {DragEvent} */ event) => event.preventDefault(),
    ondrop: (/** @type {DragEvent} */ event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file && openParts()(slotFacts.slot)) acts.choose(slotFacts, file);
    },
  };
}

/** Every part that comes later has its height from the start. @param {any} slotFacts */
function card(slotFacts) {
  const { slot } = slotFacts;
  return h(
    "section",
    { class: "card upload", id: `${slot}-card`, tabindex: "-1", "data-testid": `slot-${slot}`, ...dropping(slotFacts) },
    h("h3", {}, nameOf(slotFacts)),
    h("p", { class: "hint", id: `${slot}-hint` }, pick(slotFacts.hint)),
    h("div", { class: "shot" }, h("span", { class: "frame" }, h("img", { id: `${slot}-thumb`, alt: "", hidden: true })), h("p", {}, h("span", { id: `${slot}-title` }), h("span", { id: `${slot}-meter`, class: "soft" }))),
    h("p", { class: "state", id: `${slot}-state` }),
    h("progress", { id: `${slot}-progress`, max: 100, "aria-label": t("upload.progress", { document: nameOf(slotFacts) }) }),
    h("dl", { id: `${slot}-read`, class: "reads" }),
    h("ul", { id: `${slot}-findings` }),
    h("div", { class: "picks", id: `${slot}-picks` }, ...picksOf(slotFacts)),
  );
}

/** @param {string} slot */
function drawShot(slot) {
  const shot = shots.get(slot);
  const paper = here.app.documents[slot];
  const stored = paper && paper.state !== "awaiting" ? t("upload.stored", { size: readableSize(paper.size) }) : "";
  const picture = $(`${slot}-thumb`);
  picture.hidden = !shot?.url;
  if (shot?.url && picture.getAttribute("src") !== shot.url) picture.src = shot.url;
  $(`${slot}-title`).textContent = shot?.title ?? stored;
  $(`${slot}-meter`).textContent = shot?.meter ?? "";
}

/** Ways to settle a finding: a document that belongs elsewhere goes there, or is used all the same. @param {any} finding */
function settling({ code, slot, belongs_to: home }) {
  const paper = here.app.documents[slot];
  if (code !== "wrong_document" || !openParts()(slot) || usedAnyway.has(paper.upload_id)) return [];
  const place = neededDocuments().find((/** @type {any} */ one) => one.slot === home);
  const use = button(slot, "use", t("upload.use"), () => {
    usedAnyway.add(paper.upload_id);
    drawCards();
    $(`${slot}-file`).focus();
  }, "second");
  use.hidden = false;
  if (!place || running.has(home) || !openParts()(home)) return [use];
  const move = button(slot, "move", t("upload.move", { document: nameOf(place) }), () => acts.move(slot, home, nameOf(place)), "second");
  move.hidden = false;
  return [move, use];
}

/** @param {string} slot @param {boolean} done */
function drawResult(slot, done) {
  const paper = here.app.documents[slot];
  const read = done ? readLine(paper) : "";
  fill($(`${slot}-read`), ...(read ? [h("dt", {}, t("upload.read")), " ", h("dd", {}, read)] : []));
  const found = done ? findingsOf(slot).map((one) => h("li", {}, pick(one.sentence), ...settling(one))) : [];
  const hints = done ? qualityLines(paper).map((line) => h("li", {}, line)) : [];
  fill($(`${slot}-findings`), ...found, ...hints);
}

/** @param {any} slotFacts */
function drawPicks(slotFacts) {
  const { slot } = slotFacts;
  const run = running.get(slot);
  const paper = here.app.documents[slot];
  const there = Boolean(run) || (paper && paper.state !== "awaiting");
  const sheets = shots.get(slot)?.sheets.length ?? 0;
  name(slotFacts, "camera", there ? t("upload.again") : t("upload.camera"));
  name(slotFacts, "file", there ? t("upload.replace") : t("upload.file"));
  name(slotFacts, "more", t("upload.more"));
  show(`${slot}-picks`, openParts()(slot));
  show(`${slot}-more-pick`, !run && there && sheets && sheets < MOST_PAGES && !ONE_SIDED.includes(slot));
  show(`${slot}-keep`, run?.state === "asking");
  show(`${slot}-retry`, ["failed", "lost"].includes(run?.state ?? "") && run?.kept);
  const mine = run ? STILL_HERE.includes(run.state) : there && here.app.status === "draft";
  if (!mine) $(`${slot}-sure`).hidden = true;
  show(`${slot}-delete`, mine && $(`${slot}-sure`).hidden);
  for (const way of ["keep", "retry", "delete"]) name(slotFacts, way, $(`${slot}-${way}`).textContent);
}

/** @param {any} slotFacts */
export function drawCard(slotFacts) {
  const { slot } = slotFacts;
  const run = running.get(slot);
  const [tone, sentence] = standing(slot, nameOf(slotFacts));
  $(`${slot}-state`).className = `state ${tone}`;
  $(`${slot}-state`).textContent = (tone === "ok" ? "✓ " : tone ? "! " : "") + sentence;
  $(`${slot}-progress`).className = run?.state === "sending" ? "" : "idle";
  $(`${slot}-progress`).value = run?.percent ?? 0;
  drawShot(slot);
  drawResult(slot, here.app.documents[slot]?.state === "inspected" && !run);
  drawPicks(slotFacts);
}

export function drawCards() {
  neededDocuments().forEach(drawCard);
}

/** Makes the cards, once. @param {Acts} given */
export function makeCards(given) {
  acts = given;
  fill($("documents"), ...neededDocuments().map(card));
  drawCards();
}
