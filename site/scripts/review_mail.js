import { t } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { ask, explain } from "./api.js";

let asked = 0;

/** The very mail that the applicant would get, as the service writes it. @param {{decision: string, reasons: string[], message: string}} ruling */
export async function foresee(ruling) {
  const mine = ++asked;
  show("mail-part", ruling.decision !== "approve");
  if (ruling.decision === "approve") return;
  fill($("mail"), h("p", { class: "soft" }, t("site.loading")));
  const found = await ask("POST", "/api/review/preview", ruling).catch((problem) => problem);
  if (mine === asked) drawMail(ruling, found);
}

/** @param {any} ruling @param {any} found the mail, or why there is none */
function drawMail(ruling, found) {
  if (found instanceof Error) {
    const retry = h("button", { type: "button", class: "plain", onclick: () => foresee(ruling) }, t("fault.retry"));
    return fill($("mail"), h("p", {}, `${t("review.no_preview")} ${explain(found)}`), retry);
  }
  if (!found.text) return fill($("mail"), h("p", {}, t("review.no_mail")));
  fill($("mail"), h("p", {}, h("b", {}, found.subject)), h("blockquote", { id: "preview" }, found.text));
}
