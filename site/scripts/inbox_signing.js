import { t } from "./words.js";
import { $, put } from "./dom.js";
import { ask, explain } from "./api.js";

/** The same signing keeps its key when it is tried again: so nothing is signed twice. @type {Map<string, string>} */
const signingKeys = new Map();

/** @param {string} caseId */
function signingKey(caseId) {
  const key = signingKeys.get(caseId) ?? crypto.randomUUID();
  signingKeys.set(caseId, key);
  return key;
}

/** @param {any} one @param {string} passphrase */
async function signOne(one, passphrase) {
  const headers = { "X-Sanggar-Link": one.token, "Idempotency-Key": signingKey(one.case_id) };
  const body = { decision: "approve", reasons: [], message: "", passphrase };
  const answer = await ask("POST", "/api/review/decision", body, headers);
  put(`outcome-${one.case_id}`, t("inbox.signed", { number: answer.permit_number }));
  const box = $(`sign-${one.case_id}`);
  box.checked = false;
  box.disabled = true;
}

/**
 * Signs one after the other, each for itself: what fails says so in its own line and holds up nobody. Only a wrong
 * passphrase ends it, for it would be wrong for all.
 * @param {any[]} chosen @param {string} passphrase
 */
export async function signChosen(chosen, passphrase) {
  let signed = 0;
  for (const one of chosen) {
    put(`outcome-${one.case_id}`, t("inbox.signing", { number: one.number }));
    try {
      await signOne(one, passphrase);
      signed += 1;
    } catch (problem) {
      const { code, status } = /** @type {any} */ (problem);
      const passphraseWrong = code === "proof_failed" || code === "passphrase_wrong";
      put(`outcome-${one.case_id}`, !status ? t("inbox.not_known") : t("inbox.not_signed", { why: passphraseWrong ? "" : explain(problem) }));
      if (passphraseWrong) return { signed, passphraseWrong };
    }
  }
  return { signed, passphraseWrong: false };
}
