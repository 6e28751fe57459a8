import { root, t } from "./words.js";
import { $, busy, onSubmit, put, show } from "./dom.js";
import { ask } from "./api.js";
import { clearFaults, showFaults } from "./problems.js";
import { applicantSession, reportTo } from "./session.js";

const ELEMENTS = ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"];
/** A private link's code, or a case of one's own. */
const name = location.hash.slice(1);
const own = name.startsWith("case-");
const path = own ? `/api/applications/${encodeURIComponent(name)}/rating` : `/api/tracking/${encodeURIComponent(name)}/rating`;

/** @param {string} text */
function over(text) {
  show("rating-form", false);
  put("rating-closed", text);
}

/** @param {string} group */
function chosen(group) {
  const marked = /** @type {HTMLInputElement | null} */ (document.querySelector(`[name=${group}]:checked`));
  return marked ? Number(marked.value) : 0;
}

function rated() {
  const answers = ELEMENTS.map((one) => /** @type {const} */ ([one, chosen(one)])).filter(([, score]) => score);
  return { overall: chosen("overall"), answers: Object.fromEntries(answers), text: $("text").value.trim() };
}

async function send() {
  clearFaults();
  const rating = rated();
  if (!rating.overall) return showFaults([["overall", t("rating.need_overall")]]);
  try {
    await busy($("send-rating"), () => ask("POST", path, rating));
    thanked();
  } catch (/** @type {any} */ problem) {
    // The first answer may have been lost on its way: what was sent then is kept.
    if (problem.code === "already_rated") thanked();
    else reportTo(problem, send);
  }
}

function thanked() {
  over(t("rating.thanks"));
  $("rating-title").focus();
}

async function load() {
  try {
    const asked = await ask("GET", path);
    if (asked.can_rate) show("rating-form", true);
    else over(asked.rated ? t("rating.rated") : t("rating.too_early"));
  } catch (/** @type {any} */ problem) {
    if (problem.status === 404) over(t("rating.no_link"));
    else reportTo(problem, load);
  }
}

onSubmit("rating-form", send);
addEventListener("hashchange", () => location.reload());
if (!name) over(t("rating.no_link"));
else if (!own || applicantSession()) load();
$("skip-rating").href = own ? `${root}permohonan/isi/#${name}` : `${root}lacak/#${name}`;
