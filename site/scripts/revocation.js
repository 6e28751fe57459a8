import { pick, root, t } from "./words.js";
import { $, busy, described, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { ask } from "./api.js";
import { day, dayAndClock } from "./moments.js";
import { clearFaults, showFaults } from "./problems.js";
import { doneWith, revocationFailed, useRevocationLink } from "./revocation_link.js";

const PATH = "/api/revocations/decision";

/** Whether a mailed code proves the decision: where the passphrase is BSrE's alone. */
let byCode = false;

/** @param {any} found */
function draw(found) {
  const who = t("inbox.owner", { name: found.officer.name, role: found.officer.role_name });
  put("revocation-for", [who, pick(found.officer.standing ?? { id: "", en: "" })].filter(Boolean).join(". "));
  /** @type {[string, string][]} */
  const rows = [
    [t("revoke.number"), found.permit_number],
    [t("revoke.group"), found.group_name],
    [t("revocation.leader"), found.leader],
    [t("revoke.issued"), day(found.issued_on)],
    [t("revocation.until"), day(found.valid_until)],
    [t("revocation.proposed_by"), t("inbox.owner", { name: found.proposed_by, role: pick(found.proposed_role) })],
    [t("revocation.proposed_at"), dayAndClock(found.proposed_at)],
    [t("revocation.reason"), pick(found.reason)],
  ];
  const check = h("a", { href: `${root}v/${found.check_code}` }, t("revocation.check"));
  fill($("revocation-facts"), ...described([...rows, [t("revoke.status"), check]]));
  $("revocation-words").textContent = found.words;
  byCode = found.proof === "code";
  show("code-part", byCode);
  show("passphrase-field", !byCode);
  show("loading", false);
  show("revocation", true);
}

async function load() {
  try {
    draw(await ask("GET", PATH));
  } catch (problem) {
    revocationFailed(problem, load);
  }
}

async function mailCode() {
  clearFaults();
  try {
    await busy($("request-code"), async () => {
      const sent = await ask("POST", `${PATH}/code`, {});
      const told = t("review.code_sent", { address: sent.sent_to, minutes: sent.valid_minutes });
      put("code-sent", told);
      say(told);
    });
    $("code").focus();
  } catch (problem) {
    revocationFailed(problem, mailCode);
  }
}

/** The passphrase goes as it is typed now, and is kept nowhere. */
async function decide() {
  clearFaults();
  const outcome = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=outcome]:checked"))?.value;
  const words = $("words").value.trim();
  const passphrase = $("passphrase").value;
  const code = $("code").value.replace(/\s/g, "");
  /** @type {[string, string][]} */
  const faults = [];
  if (!outcome) faults.push(["outcome", t("revocation.need_outcome")]);
  if (outcome === "declined" && !words) faults.push(["words", t("revocation.need_words")]);
  if (byCode && !/^\d{6}$/.test(code)) faults.push(["code", t("sign_in.need_code")]);
  if (!byCode && !passphrase) faults.push(["passphrase", t("review.need_passphrase")]);
  if (faults.length) return showFaults(faults);
  try {
    await busy($("send-decision"), async () => {
      const told = await ask("POST", PATH, { outcome, words, ...(byCode ? { code } : { passphrase }) });
      const facts = { number: told.permit_number, at: dayAndClock(told.decided_at) };
      doneWith(told.outcome === "revoked" ? t("revocation.revoked", facts) : t("revocation.declined", facts));
    });
  } catch (/** @type {any} */ problem) {
    if (problem.code === "passphrase_wrong") showFaults([["passphrase", t("revocation.wrong_passphrase")]]);
    else if (problem.code === "proof_failed") showFaults([["code", t("sign_in.wrong_code")]]);
    else revocationFailed(problem, decide);
  } finally {
    $("passphrase").value = "";
  }
}

onClick("request-code", mailCode);
onSubmit("revocation-form", decide);
if (useRevocationLink("sanggar.revocation", "revocation")) load();
