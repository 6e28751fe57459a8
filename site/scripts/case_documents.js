import { pick, t, words } from "./words.js";
import { $, busy, described, fill, h, say } from "./dom.js";
import { explain } from "./api.js";
import { readable } from "./moments.js";
import { reportTo } from "./session.js";
import { change, here, neededDocuments, openParts, whenChanged } from "./case_place.js";
import { save } from "./case_form.js";
import { send, untilInspected } from "./case_upload.js";

const fault = words("fault_file");
const quality = words("quality");
const read = words("read");
const READ_FIRST = ["full_name", "leader_name", "national_id", "leader_national_id", "group_name", "letter_date", "certificate_number"];

/** What each slot is doing in this page. @type {Map<string, {state: string, percent?: number, file?: File}>} */
const running = new Map();

/** Uploads that are not over yet. */
export function unfinishedSlots() {
  return [...running].filter(([, one]) => one.state !== "failed").map(([slot]) => slot);
}

/** @param {any} document */
function readRows(document) {
  const known = READ_FIRST.filter((name) => document.read?.[name]);
  return described(known.map((name) => [read(name), readable(document.read[name])]));
}

/** What was found on a slot, what must be corrected first. @param {string} slot @returns {any[]} */
function findingsOf(slot) {
  const found = here.app.findings.filter((/** @type {any} */ one) => one.slot === slot && one.code !== "missing_document");
  return found.sort((/** @type {any} */ one, /** @type {any} */ other) => Number(other.severity === "warn") - Number(one.severity === "warn"));
}

/** @param {string} slot @param {string} name @returns {[string, string]} tone and sentence */
function standing(slot, name) {
  const now = running.get(slot);
  const document = here.app.documents[slot];
  if (now?.state === "failed") return ["bad", fault("unsent").replace("{document}", name)];
  if (now?.state === "sending") return ["", t("upload.sending", { percent: now.percent ?? 0 })];
  if (now?.state === "preparing") return ["", t("upload.preparing")];
  if (now?.state === "checking" || document?.state === "inspecting") return ["", t("upload.checking")];
  if (!document || document.state === "awaiting") return ["", t("upload.empty")];
  if (document.state === "refused") return ["bad", fault(document.fault ?? "", fault("other")).replace("{document}", name)];
  const found = findingsOf(slot);
  if (found.some((one) => one.severity === "warn")) return ["warn", t("upload.look")];
  return found.length ? ["", t("upload.noted")] : ["ok", t("upload.fine")];
}

/** A button for a document that belongs elsewhere, while that place may be changed. @param {any} finding */
function mover({ slot, belongs_to: home }) {
  const place = neededDocuments().find((/** @type {any} */ one) => one.slot === home);
  if (!place || running.has(home) || !openParts()(home)) return null;
  const label = t("upload.move", { document: pick(place.name) });
  return h("button", { type: "button", class: "second", id: `${slot}-move`, onclick: () => move(slot, home, pick(place.name)) }, label);
}

/** @param {any} slotFacts */
function drawCard(slotFacts) {
  const { slot } = slotFacts;
  const name = pick(slotFacts.name);
  const document = here.app.documents[slot];
  const now = running.get(slot);
  const [tone, sentence] = standing(slot, name);
  $(`${slot}-state`).className = `state ${tone}`;
  $(`${slot}-state`).textContent = (tone === "ok" ? "✓ " : tone ? "! " : "") + sentence;
  $(`${slot}-progress`).hidden = now?.state !== "sending";
  $(`${slot}-progress`).value = now?.percent ?? 0;
  const done = document?.state === "inspected" && !now;
  fill($(`${slot}-read`), ...(done ? readRows(document) : []));
  const hints = done ? document.quality.map((/** @type {string} */ one) => quality(one)) : [];
  const open = openParts()(slot);
  const found = done ? findingsOf(slot) : [];
  const lines = [...found.map((one) => h("li", {}, pick(one.sentence), open ? mover(one) : null)), ...hints.map((/** @type {string} */ line) => h("li", {}, line))];
  fill($(`${slot}-findings`), ...lines);
  $(`${slot}-picks`).hidden = !open;
  $(`${slot}-delete`).hidden = !document || document.state === "awaiting" || Boolean(now) || here.app.status !== "draft";
  $(`${slot}-retry`).hidden = now?.state !== "failed";
}

/** @param {string} slot @param {string} name @param {string} label @param {string} way */
function picker(slot, name, label, way) {
  const id = `${slot}-${way}`;
  const camera = way === "camera";
  const input = h("input", {
    type: "file",
    id,
    "aria-label": `${label} ${name}`,
    "aria-describedby": `${slot}-hint ${slot}-state`,
    accept: camera ? "image/*" : "image/jpeg,image/png,image/webp,application/pdf",
    capture: camera ? "environment" : null,
    onchange: () => {
      const [file] = input.files;
      input.value = "";
      if (file) upload(slot, name, file);
    },
  });
  return h("span", { class: "pick" }, label, input);
}

/** @param {any} slotFacts */
function card(slotFacts) {
  const { slot } = slotFacts;
  const name = pick(slotFacts.name);
  const button = (/** @type {string} */ way, /** @type {string} */ label, /** @type {() => unknown} */ onclick) =>
    h("button", { type: "button", class: "plain", id: `${slot}-${way}`, "aria-label": `${label} ${name}`, onclick }, label);
  return h(
    "section",
    { class: "card upload", id: `${slot}-card`, tabindex: "-1", "data-testid": `slot-${slot}` },
    h("h3", {}, name),
    h("p", { class: "hint", id: `${slot}-hint` }, pick(slotFacts.hint)),
    h("p", { class: "state", id: `${slot}-state` }),
    h("progress", { id: `${slot}-progress`, max: 100, "aria-label": t("upload.progress", { document: name }), hidden: true }),
    h("ul", { id: `${slot}-findings` }),
    h("dl", { id: `${slot}-read`, class: "reads" }),
    h(
      "div",
      { class: "picks", id: `${slot}-picks` },
      picker(slot, name, t("upload.camera"), "camera"),
      picker(slot, name, t("upload.file"), "file"),
      button("retry", t("fault.retry"), () => retry(slot, name)),
      button("delete", t("upload.delete"), () => remove(slot)),
    ),
  );
}

/** Speaks at the start, at every quarter and at the end. @param {string} slot @param {string} name */
function teller(slot, name) {
  let quarter = -1;
  return (/** @type {string} */ state, /** @type {number} */ percent = 0, /** @type {File | undefined} */ file = undefined) => {
    running.set(slot, { state, percent, file });
    drawCards();
    if (state === "sending" && Math.floor(percent / 25) === quarter) return;
    quarter = Math.floor(percent / 25);
    say(`${name}: ${standing(slot, name)[1]}`);
  };
}

/** @param {string} slot @param {string} name @param {File} file */
async function upload(slot, name, file) {
  const tell = teller(slot, name);
  try {
    await save(); // the document is compared with what was typed
    const uploadId = await send(slot, file, tell);
    tell("checking");
    await untilInspected(slot, uploadId);
    running.delete(slot);
    drawCards();
    say(`${name}: ${standing(slot, name)[1]}`);
  } catch (problem) {
    tell("failed", 0, file);
    const sentence = fault(/** @type {any} */ (problem).code, "") || (/** @type {any} */ (problem).status >= 400 ? explain(problem) : "");
    if (sentence) $(`${slot}-state`).textContent = `! ${sentence.replace("{document}", name)}`;
  }
}

/** @param {string} slot @param {string} name */
function retry(slot, name) {
  const file = running.get(slot)?.file;
  if (file) upload(slot, name, file);
}

/** @param {string} slot */
async function remove(slot) {
  try {
    await change("DELETE", `/documents/${slot}`);
    $(`${slot}-file`).focus();
  } catch (problem) {
    reportTo(problem, () => remove(slot));
  }
}

/** @param {string} slot @param {string} home @param {string} name */
async function move(slot, home, name) {
  try {
    await busy($(`${slot}-move`), () => change("POST", `/documents/${slot}/move`, { to: home }));
    say(t("upload.moved", { document: name }));
    $(`${home}-card`).focus();
  } catch (problem) {
    reportTo(problem, () => move(slot, home, name));
  }
}

function drawCards() {
  neededDocuments().forEach(drawCard);
}

/** Makes the cards, once, and goes on waiting for what was sent before the page was opened. */
export function startDocuments() {
  fill($("documents"), ...neededDocuments().map(card));
  whenChanged(drawCards);
  drawCards();
  for (const { slot } of neededDocuments()) {
    const document = here.app.documents[slot];
    if (document?.state === "inspecting") untilInspected(slot, document.upload_id);
  }
  addEventListener("online", () => {
    for (const { slot, name } of neededDocuments()) if (running.get(slot)?.state === "failed") retry(slot, pick(name));
  });
}
