import { pick, t, words } from "./words.js";
import { $, busy, described, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { answer, ask } from "./api.js";
import { dayAndClock, readable } from "./moments.js";
import { clearFaults, report } from "./problems.js";
import { forgetEverything, keepSession, session, useSession } from "./session.js";
import { signIn } from "./sign_in_forms.js";

const caseStatus = words("status");
const stepTitle = words("step");
const roleName = words("role");

const kind = words("kind");
const event = words("event");
const factName = words("fact");

let cursor = "";

/** Codes and moments as a person reads them. @param {string} name @param {string} value */
function factText(name, value) {
  if (name === "status") return caseStatus(value);
  if (name === "step") return stepTitle(value);
  return name === "application_type" ? kind(value) : readable(value);
}

/** The filters as the API wants them. */
function filters() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData($("filter-form"))) if (value) asked.set(name, String(value).trim());
  return asked;
}

/** @param {string} label @param {Node | string | null} value */
const cell = (label, value) => h("td", { "data-label": `${label}:` }, value);

/** @param {any} one */
function row(one) {
  const open = h("button", { type: "button", class: "plain", "data-testid": `open-${one.case_id}`, onclick: () => openCase(one.case_id) }, one.number ?? one.case_id);
  const late = one.overdue ? h("span", { class: "tag late" }, t("audit.late")) : null;
  return h(
    "tr",
    {},
    cell(t("audit.number"), open),
    cell(t("audit.status"), caseStatus(one.status)),
    cell(t("audit.step"), one.step ? stepTitle(one.step, one.step) : "–"),
    cell(t("audit.officer"), one.officer || "–"),
    cell(t("audit.deadline"), one.deadline ? h("span", {}, dayAndClock(one.deadline), " ", late) : "–"),
    cell(t("audit.found_late"), String(one.found_late)),
    cell(t("audit.updated"), dayAndClock(one.updated_at)),
  );
}

/** @param {boolean} more */
async function list(more) {
  const asked = filters();
  asked.set("limit", "25");
  if (more && cursor) asked.set("cursor", cursor);
  try {
    const found = await ask("GET", `/api/audit/cases?${asked}`);
    clearFaults();
    const rows = found.cases.map(row);
    if (more) $("case-rows").append(...rows);
    else fill($("case-rows"), ...rows);
    cursor = found.cursor ?? "";
    show("more-cases", cursor);
    put("case-count", t("audit.count", { count: $("case-rows").children.length }));
    say($("case-count").textContent);
  } catch (problem) {
    failed(problem, () => list(more));
  }
}

/** @param {any} problem @param {() => unknown} retry */
function failed(problem, retry) {
  if (problem.status !== 401) return report(problem, retry);
  forgetEverything();
  show("audit", false);
  show("sign-in", true);
  report(problem);
}

/** @param {any} entry */
function entryItem(entry) {
  const facts = JSON.stringify(entry.facts ?? {}, null, 1);
  return h(
    "li",
    { class: "card" },
    h("h3", {}, `${entry.seq}. ${event(entry.action.replace(".", "_"), entry.action)}`),
    h("p", {}, `${dayAndClock(entry.at)} · ${roleName(entry.actor.role, entry.actor.role)} (${entry.actor.id})`),
    entry.standing ? h("p", {}, pick(entry.standing)) : null,
    facts === "{}" ? null : h("p", {}, h("code", {}, facts)),
    h("p", { class: "soft" }, `${t("audit.hash")} `, h("code", {}, entry.hash)),
  );
}

/** @param {any} chain */
function drawChain(chain) {
  $("chain").className = `note ${chain.whole ? "" : "bad"}`;
  const problems = chain.problems.map((/** @type {unknown} */ one) => h("li", {}, typeof one === "string" ? one : JSON.stringify(one)));
  fill($("chain"), h("p", {}, chain.whole ? t("audit.whole") : t("audit.broken")), problems.length ? h("ul", {}, ...problems) : null);
}

/** @param {string} caseId */
async function openCase(caseId) {
  try {
    const found = await ask("GET", `/api/audit/cases/${encodeURIComponent(caseId)}`);
    clearFaults();
    location.hash = caseId;
    const plain = Object.entries(found.case).filter(([, value]) => value != null && typeof value !== "object");
    $("case-heading").textContent = t("audit.case", { number: found.case.number ?? caseId });
    fill($("case-facts"), ...described(plain.map(([name, value]) => [factName(name), factText(name, String(value))])));
    drawChain(found.chain);
    fill($("timeline"), ...found.timeline.map(entryItem));
    for (const format of ["json", "csv"]) $(`case-${format}`).onclick = () => save(`cases/${encodeURIComponent(caseId)}/export?format=${format}`, `${found.case.number ?? caseId}.${format}`, $(`case-${format}`));
    show("list", false);
    show("one-case", true);
    $("case-heading").focus();
  } catch (problem) {
    failed(problem, () => openCase(caseId));
  }
}

/** Fetches with the session's header and saves what comes as a file. @param {string} path @param {string} name @param {HTMLButtonElement} button */
async function save(path, name, button) {
  try {
    await busy(button, async () => {
      const blob = await (await answer("GET", `/api/audit/${path}`)).blob();
      const address = URL.createObjectURL(blob);
      h("a", { href: address, download: name.replaceAll("/", "-") }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    });
  } catch (problem) {
    failed(problem, () => save(path, name, button));
  }
}

/** @param {string} format */
function saveList(format) {
  const asked = filters();
  asked.set("format", format);
  return save(`export?${asked}`, `sanggar-audit.${format}`, $(`list-${format}`));
}

function showList() {
  history.replaceState(null, "", location.pathname);
  show("one-case", false);
  show("list", true);
}

/** @param {import("./session.js").Session} mine */
function enter(mine) {
  useSession(mine, "auditor");
  clearFaults();
  show("sign-in", false);
  show("audit", true);
  const wanted = location.hash.slice(1);
  list(false);
  if (wanted) openCase(wanted);
}

onSubmit("filter-form", () => list(false));
onClick("more-cases", () => busy($("more-cases"), () => list(true)));
onClick("back-to-list", showList);
onClick("list-csv", () => saveList("csv"));
onClick("list-json", () => saveList("json"));
onClick("sign-out", () => {
  forgetEverything();
  location.reload();
});
signIn("auditor", (mine) => {
  keepSession("auditor", mine);
  enter(mine);
});
const kept = session("auditor");
show("sign-in", !kept);
if (kept) enter(kept);
