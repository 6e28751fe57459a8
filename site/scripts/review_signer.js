import { pick, t } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { dayAndClock } from "./moments.js";

/** What proves a decision: a passphrase that only the provider knows proves nothing but a signature. @param {any} review @param {string} decision */
export const proofOf = (review, decision) => review.proofs?.[decision] ?? review.proof;

/** Why the officer cannot approve now; nothing where they can, or where nobody can tell. @param {any} review */
export const cannotSign = (review) => (review.signer?.state === "refused" ? pick(review.signer.told) : "");

/** Whether the officer could sign, before anything is typed; and a signature whose answer never came. @param {any} review */
export function drawSigner(review) {
  const { state, told, lost_at: lostAt } = review.signer ?? {};
  const lines = [
    lostAt ? t("review.signing_lost", { at: dayAndClock(lostAt) }) : "",
    told ? pick(told) : "",
    state === "refused" ? t("review.signer_refused") : "",
    state === "unreachable" ? t("review.signer_unreachable") : "",
  ];
  fill($("signer"), ...lines.filter(Boolean).map((line) => h("p", {}, line)));
  show("signer", lines.some(Boolean));
}
