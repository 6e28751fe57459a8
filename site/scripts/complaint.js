import { pick, root, t } from "./words.js";
import { $, busy, fill, onSubmit, put, show, unbroken } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { clearFaults, report, showFaults } from "./problems.js";
import { reachable } from "./contact.js";
import { sendPhoto } from "./complaint_photo.js";

// From the tracker of a late application its number comes along behind #.
const late = decodeURIComponent(location.hash.slice(1));
if (/^[A-Z]{2,5}-\d{4}-\d{1,8}$/.test(late)) {
  $("application_number").value = late;
  /** @type {HTMLInputElement} */ (document.querySelector("[name=kind][value=late]")).checked = true;
}

function typed() {
  const kind = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=kind]:checked"));
  return {
    kind: kind?.value ?? "",
    text: $("text").value.trim(),
    contact: $("contact").value.trim(),
    application_number: $("application_number").value.trim(),
  };
}

/** @param {ReturnType<typeof typed>} said */
function faults(said) {
  /** @type {[string, string][]} */
  const found = [];
  if (!said.kind) found.push(["kind", t("complaint.need_kind")]);
  if (!said.text) found.push(["text", t("complaint.need_text")]);
  if (!reachable(said.contact)) found.push(["contact", t("complaint.need_contact")]);
  return found;
}

async function send() {
  clearFaults();
  const said = typed();
  const found = faults(said);
  if (found.length) return showFaults(found);
  try {
    await busy($("send-complaint"), async () => {
      const receipt = await ask("POST", "/api/complaints", said);
      taken(receipt);
      sendPhoto(receipt.number, said.contact);
    });
  } catch (/** @type {any} */ problem) {
    if (problem.facts?.where === "contact") showFaults([["contact", t("complaint.need_contact")]]);
    else if (problem.code === "too_many") showFaults([["send-complaint", t("complaint.too_many")]]);
    else report(problem, send);
  }
}

/** @param {any} receipt */
function taken(receipt) {
  const { number } = receipt;
  $("complaint-title").textContent = t("complaint.sent");
  fill($("complaint-number"), ...unbroken(t("complaint.number", { number }), number));
  $("complaint-promise").textContent = t("complaint.promise", { at: dayAndClock(receipt.deadline), who: pick(receipt.who) });
  put("complaint-mail", receipt.mail_to ? t("complaint.by_mail", { address: receipt.mail_to }) : t("complaint.by_phone"));
  $("follow-complaint").href = `${root}pengaduan/lacak/#${number}`;
  show("complaint-form", false);
  show("complaint-receipt", true);
  $("complaint-title").focus();
}

onSubmit("complaint-form", send);
