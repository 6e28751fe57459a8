import { pick, t } from "./words.js";
import { $, busy, described, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { ask } from "./api.js";
import { day, dayAndClock } from "./moments.js";
import { clearFaults, showFaults } from "./problems.js";
import { doneWith, revocationFailed, useRevocationLink } from "./revocation_link.js";

const PATH = "/api/revocations";

/** @param {any} form */
function draw(form) {
  const who = t("inbox.owner", { name: form.officer.name, role: form.officer.role_name });
  put("revoke-for", [who, pick(form.officer.standing ?? { id: "", en: "" })].filter(Boolean).join(". "));
  put("revoke-goes", t("revoke.goes", { role: pick(form.deciding_role) }));
  fill($("reason-choices"), ...form.reasons.map(reasonChoice));
  show("loading", false);
  show("revoke", true);
}

/** The first one has the name of the field, where its fault leads. @param {any} reason @param {number} place */
function reasonChoice(reason, place) {
  const id = place ? `reason-${reason.code}` : "reason";
  const radio = h("input", { type: "radio", id, name: "reason", value: reason.code });
  return h("label", { class: "choice", for: id }, radio, h("span", {}, pick(reason.name)));
}

async function load() {
  try {
    draw(await ask("GET", PATH));
  } catch (problem) {
    revocationFailed(problem, load);
  }
}

const typedNumber = () => $("permit_number").value.trim();
const needNumber = () => /** @type {[string, string][]} */ (typedNumber() ? [] : [["permit_number", t("revoke.need_number")]]);

/** What everybody can see of that number, to be compared before the code is typed. */
async function drawPermit() {
  const permit = await ask("GET", `/api/permits?number=${encodeURIComponent(typedNumber())}`);
  /** @type {[string, string][]} */
  const rows = [
    [t("revoke.group"), permit.group_name ?? ""],
    [t("revoke.place"), permit.sub_district ?? ""],
    [t("revoke.issued"), permit.issued_on ? day(permit.issued_on) : ""],
    [t("revoke.status"), pick(permit.sentence)],
  ];
  fill($("permit-facts"), ...described(rows.filter(([, value]) => value)));
}

/** @param {any} problem @param {() => unknown} retry */
function refused(problem, retry) {
  if (problem.code === "not_found") showFaults([["permit_number", t("revoke.no_such_number")]]);
  else if (problem.code === "proof_failed") showFaults([["code", t("sign_in.wrong_code")]]);
  else revocationFailed(problem, retry);
}

async function mailCode() {
  clearFaults();
  if (needNumber().length) return showFaults(needNumber());
  try {
    await busy($("request-code"), async () => {
      await drawPermit();
      const sent = await ask("POST", `${PATH}/code`, { permit_number: typedNumber() });
      const told = t("review.code_sent", { address: sent.sent_to, minutes: sent.valid_minutes });
      put("code-sent", told);
      say(told);
    });
    $("code").focus();
  } catch (problem) {
    refused(problem, mailCode);
  }
}

async function send() {
  clearFaults();
  const reason = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=reason]:checked"))?.value;
  const words = $("words").value.trim();
  const code = $("code").value.replace(/\s/g, "");
  const faults = needNumber();
  if (!reason) faults.push(["reason", t("revoke.need_reason")]);
  if (!words) faults.push(["words", t("revoke.need_words")]);
  if (!/^\d{6}$/.test(code)) faults.push(["code", t("sign_in.need_code")]);
  if (faults.length) return showFaults(faults);
  try {
    await busy($("send-proposal"), async () => {
      const sent = await ask("POST", PATH, { permit_number: typedNumber(), reason, words, code });
      const facts = { number: sent.permit_number, role: pick(sent.deciding_role), at: dayAndClock(sent.proposed_at) };
      doneWith(t("revoke.sent", facts));
    });
  } catch (problem) {
    refused(problem, send);
  }
}

onClick("request-code", mailCode);
onSubmit("revoke-form", send);
if (useRevocationLink("sanggar.revoke", "revoke")) load();
