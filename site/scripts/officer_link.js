import { t, words } from "./words.js";
import { $, busy, fill, h, put, say, show } from "./dom.js";
import { ask, caller } from "./api.js";
import { dayAndClock } from "./moments.js";
import { report } from "./problems.js";
import { tokenOf } from "./link_token.js";

const heading = words("link_heading");
const advice = words("link_advice");
const verdict = words("verdict");

/** Where the token stays, the part of the page that it opens, and the address that renews it. */
const page = { place: "", part: "", renews: "" };

/** Answers whether there is a link to work with. @param {string} place @param {string} part @param {string} renews */
export function useLink(place, part, renews) {
  Object.assign(page, { place, part, renews });
  const token = tokenOf(place);
  caller.headers = () => ({ "X-Sanggar-Link": token });
  addEventListener("hashchange", () => location.hash.length > 20 && location.reload());
  return Boolean(token);
}

/** @param {any} problem */
function facts(problem) {
  const { decided_by: by, decided_at: at, decision, expired_at: expired } = problem.facts ?? {};
  if (at) return t("review.spent_by", { who: by ?? t("review.an_officer"), at: dayAndClock(at), decision: verdict(decision ?? "", "") });
  return expired ? t("review.expired_at", { at: dayAndClock(expired) }) : "";
}

/** The page for a link that does not open: what happened and what to do. @param {any} problem @param {() => unknown} retry */
export function showLinkProblem(problem, retry) {
  show("loading", false);
  if (!problem.code.startsWith("link_")) return report(problem, retry);
  show(page.part, false);
  show("link-problem", true);
  $("link-problem").dataset.code = problem.code;
  $("link-heading").textContent = heading(problem.code, heading("link_altered"));
  put("link-facts", facts(problem));
  $("link-advice").textContent = advice(problem.code, advice("link_altered"));
  const fresh = h("button", { type: "button", id: "fresh-link", onclick: freshLink }, t("review.fresh_link"));
  fill($("link-actions"), problem.code === "link_expired" ? fresh : null);
  $("link-heading").focus();
}

async function freshLink() {
  try {
    await busy($("fresh-link"), async () => {
      const sent = await ask("POST", page.renews, {});
      put("link-facts", t("review.fresh_sent", { address: sent?.sent_to ?? "" }));
      say(t("review.fresh_sent", { address: sent?.sent_to ?? "" }));
    });
    show("fresh-link", false);
  } catch (problem) {
    report(problem, freshLink);
  }
}
