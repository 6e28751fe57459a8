import { words } from "./words.js";
import { $, put, show } from "./dom.js";
import { caller } from "./api.js";
import { report } from "./problems.js";
import { tokenOf } from "./link_token.js";

const advice = words("revocation_link");
const opened = { place: "", part: "" };

/** Answers whether there is a link to work with. @param {string} place where the token stays @param {string} part what it opens */
export function useRevocationLink(place, part) {
  Object.assign(opened, { place, part });
  const token = tokenOf(place);
  caller.headers = () => ({ "X-Sanggar-Link": token });
  addEventListener("hashchange", () => location.hash.length > 20 && location.reload());
  if (!token) endWith(advice("link_missing"));
  return Boolean(token);
}

/** Nothing more can be done on this page. @param {string} text */
export function endWith(text) {
  show("loading", false);
  show(opened.part, false);
  put("revocation-over", text);
  $("page-title").focus();
}

/** It is done: the link is forgotten. @param {string} text */
export function doneWith(text) {
  sessionStorage.removeItem(opened.place);
  endWith(text);
}

/** What ends the work on this page, or a failed request. @param {any} problem @param {() => unknown} retry */
export function revocationFailed(problem, retry) {
  const told = advice(problem.code, "");
  if (told) endWith(told);
  else report(problem, retry);
}
