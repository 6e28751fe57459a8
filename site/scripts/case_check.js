import { t } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { here, neededDocuments } from "./case_place.js";
import { GROUP_FIELDS, LEADER_FIELDS, askedFields, label, shownText, value } from "./case_fields.js";
import { nameOf, readLine, shots, standing } from "./case_standing.js";
import { addressOf, stepNow, titleOf } from "./case_steps.js";


/** A row of a summary: what, the answer, and the way to change it. @param {string} step @param {string} name @param {...(Node | string | null)} answer */
function row(step, name, ...answer) {
  const change = h("a", { href: addressOf(step, true) }, t("send.change"), h("span", { class: "unseen" }, ` ${name}`));
  return h("div", {}, h("dt", {}, name), h("dd", {}, ...answer), h("dd", { class: "change" }, change));
}

/** @param {string} step @param {string[]} names */
function answers(step, names) {
  const asked = askedFields().filter((name) => names.includes(name));
  return asked.map((name) => row(step, label(name), shownText(name, value(name)) || t("case.empty")));
}

/** A document with its picture and what the checks said. @param {any} slotFacts */
function paperRow(slotFacts) {
  const { slot } = slotFacts;
  const [tone, sentence] = standing(slot, nameOf(slotFacts));
  const paper = here.app.documents[slot];
  const url = shots.get(slot)?.url;
  const read = paper?.state === "inspected" ? readLine(paper) : "";
  return row(
    "dokumen",
    nameOf(slotFacts),
    url ? h("img", { src: url, alt: "", class: "small" }) : null,
    h("p", { class: `state ${tone}` }, (tone === "ok" ? "✓ " : tone ? "! " : "") + sentence),
    read ? h("p", { class: "soft" }, `${t("upload.read")} ${read}`) : null,
  );
}

/** @param {string} step @param {Node[]} rows */
function summary(step, rows) {
  return [h("h2", {}, titleOf(step)), h("dl", { class: "answers" }, ...rows)];
}

/** All that will be sent, before it is. */
export function drawCheck() {
  show("answers", stepNow() === "kirim");
  if (stepNow() !== "kirim") return;
  fill(
    $("answers"),
    ...summary("jenis", [row("jenis", label("application_type"), shownText("application_type", value("application_type")))]),
    ...summary("kelompok", answers("kelompok", GROUP_FIELDS)),
    ...summary("ketua", answers("ketua", LEADER_FIELDS)),
    ...summary("dokumen", neededDocuments().map(paperRow)),
  );
}
