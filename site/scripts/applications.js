import { t, root, words } from "./words.js";
import { $, fill, h, onClick, put, show } from "./dom.js";
import { ask } from "./api.js";
import { clock, dayAndClock } from "./moments.js";
import { LIST_PLACE, dropOldDrafts, keptAt } from "./phone_drafts.js";
import { applicantSession, forgetEverything, reportTo } from "./session.js";

const DAY_MS = 24 * 3600 * 1000;
const status = words("status");
const action = words("action");
const part = words("part");
/** The parts of a draft as they stand in the address. @type {Record<string, string>} */
const PLACES = { type: "jenis", group: "kelompok", leader: "ketua", documents: "dokumen", sending: "kirim" };

/** Where a draft goes on: its place in the address, its number and its name. @param {any} one */
function nextPart(one) {
  const place = one.status === "draft" && one.reached && PLACES[one.reached.key];
  return place ? { place, said: t("applications.reached", { number: one.reached.number, count: one.reached.count, part: part(place) }) } : null;
}

/** What stands first on a card: a bar for what is to be done, else a label. @param {any} one */
function standingOf(one) {
  if (one.status !== "returned") return h("p", {}, h("span", { class: "tag" }, status(one.status)), " ", one.number ?? "");
  const words = one.to_correct ? t("applications.to_correct", { count: one.to_correct }) : status("returned");
  return h("div", {}, h("p", { class: "note bad" }, h("strong", {}, words)), h("p", {}, one.number ?? ""));
}

/** @param {any} one */
function sentence(one) {
  if (one.status === "in_progress" && one.deadline) return t("applications.deadline", { at: dayAndClock(one.deadline) });
  return t("applications.updated", { at: dayAndClock(one.updated_at) });
}

/** @param {any} one */
function card(one) {
  const name = one.group_name || t("applications.unnamed");
  const next = nextPart(one);
  const address = [`#${one.case_id}`, next?.place].filter(Boolean).join("/");
  return h(
    "section",
    { class: "card", "data-testid": `application-${one.case_id}` },
    h("h2", {}, name),
    standingOf(one),
    next && h("p", {}, next.said),
    h("p", {}, sentence(one)),
    h("a", { class: "button second", href: `${root}permohonan/isi/${address}`, "aria-label": `${action(one.status)}: ${name}` }, action(one.status)),
  );
}

/** @param {any[]} applications */
function draw(applications) {
  if (applications.length) fill($("application-list"), ...applications.map(card));
  else fill($("application-list"), h("p", { class: "note" }, t("applications.empty")));
}

/** @param {string} who @param {any[]} applications */
function keepList(who, applications) {
  try {
    localStorage.setItem(LIST_PLACE, JSON.stringify({ at: Date.now(), who, applications }));
  } catch {
    // A full phone shows no list while the line is lost.
  }
}

/** What this phone knows of the list, with its time. @param {string} who */
function lastList(who) {
  const last = keptAt(LIST_PLACE);
  if (last?.who !== who) return false;
  const today = Date.now() - last.at < DAY_MS && new Date(last.at).getDate() === new Date().getDate();
  put("as-of", today ? t("applications.as_of", { time: clock(last.at) }) : t("applications.as_of_day", { time: dayAndClock(last.at) }));
  draw(last.applications);
  return true;
}

/** @param {string} who */
async function list(who) {
  try {
    const { applications } = await ask("GET", "/api/applications");
    put("as-of", "");
    draw(applications);
    keepList(who, applications);
  } catch (problem) {
    const lost = !(/** @type {any} */ (problem).status) && lastList(who);
    if (lost) return addEventListener("online", () => list(who), { once: true });
    fill($("application-list"));
    reportTo(problem, () => list(who));
  } finally {
    show("below-list", true);
  }
}

const mine = applicantSession();
if (mine) {
  $("signed-in-as").textContent = t("applications.signed_in", { name: mine.account.name || mine.account.email });
  onClick("sign-out", () => {
    forgetEverything();
    location.assign(root);
  });
  dropOldDrafts();
  list(mine.account.email);
}
