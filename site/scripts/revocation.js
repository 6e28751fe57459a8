import { pick, root, t } from "./words.js";
import { $, busy, described, fill, h, onSubmit, put, show } from "./dom.js";
import { ask } from "./api.js";
import { day, dayAndClock } from "./moments.js";
import { clearFaults, showFaults } from "./problems.js";
import { doneWith, revocationFailed, useRevocationLink } from "./revocation_link.js";

const PATH = "/api/revocations/decision";

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

/** The passphrase goes as it is typed now, and is kept nowhere. */
async function decide() {
  clearFaults();
  const outcome = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=outcome]:checked"))?.value;
  const words = $("words").value.trim();
  const passphrase = $("passphrase").value;
  /** @type {[string, string][]} */
  const faults = [];
  if (!outcome) faults.push(["outcome", t("revocation.need_outcome")]);
  if (outcome === "declined" && !words) faults.push(["words", t("revocation.need_words")]);
  if (!passphrase) faults.push(["passphrase", t("review.need_passphrase")]);
  if (faults.length) return showFaults(faults);
  try {
    await busy($("send-decision"), async () => {
      const told = await ask("POST", PATH, { outcome, words, passphrase });
      const facts = { number: told.permit_number, at: dayAndClock(told.decided_at) };
      doneWith(told.outcome === "revoked" ? t("revocation.revoked", facts) : t("revocation.declined", facts));
    });
  } catch (/** @type {any} */ problem) {
    if (problem.code === "passphrase_wrong") showFaults([["passphrase", t("revocation.wrong_passphrase")]]);
    else revocationFailed(problem, decide);
  } finally {
    $("passphrase").value = "";
  }
}

onSubmit("revocation-form", decide);
if (useRevocationLink("sanggar.revocation", "revocation")) load();
