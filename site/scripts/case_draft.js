import { t } from "./words.js";
import { $, fill, h, say } from "./dom.js";
import { explain } from "./api.js";
import { clock } from "./moments.js";
import { signInAddress } from "./session.js";
import { accept, askCase, here } from "./case_place.js";
import { FIELDS, formOf, label, setValue, shownText, textsOf, tidy, value, wellFormed } from "./case_fields.js";
import { draftsHere, draftPlace, dropDraftsOf } from "./phone_drafts.js";

/**
 * A text of a field with the moment when it was typed, and what the service had there when it was.
 * @typedef {{text: string, at: number, base?: string}} Typed
 */

const RETRY_MS = 30000;
const MOST_MERGES = 4;
/** Every opened page keeps its own: two tabs on one draft never write over each other. */
const TAB = crypto.randomUUID();

/** What the service has, as far as this page knows; its name there. @type {Record<string, string>} */
let known = textsOf({});
let knownName = "";
let knownVersion = 0;
let knownAt = 0;
/** When the fields were touched here. @type {Record<string, number>} */
let typedAt = {};
/** What was sent from here, whether or not an answer came back: that is nobody else's text. @type {Set<string>} */
const sentHere = new Set();
/** The other text of a field that was changed in two places: nobody's is thrown away. @type {Map<string, Typed>} */
const others = new Map();
/** @type {Promise<any>} */
let saving = Promise.resolve(null);
let again = 0;

/** @param {string} name */
const touched = (name) => value(name) !== known[name];

/** What can be sent: half-typed numbers wait on this phone until they are whole. @param {string} name */
const sendable = (name) => (wellFormed(name) ? value(name) : known[name]);

/** Whether this phone keeps something of the draft that the service has not. */
export function keepsDraft() {
  return others.size > 0 || FIELDS.some(touched);
}

/** Writes what the service does not have yet to this phone. */
function keepTyped() {
  /** @type {Record<string, Typed>} */
  const fields = Object.fromEntries(FIELDS.filter(touched).map((name) => [name, { text: value(name), at: typedAt[name] ?? Date.now(), base: known[name] }]));
  const moments = [...Object.values(fields), ...others.values()].map((one) => one.at);
  const place = draftPlace(here.id, TAB);
  if (!moments.length) return localStorage.removeItem(place);
  try {
    localStorage.setItem(place, JSON.stringify({ at: Math.max(...moments), fields, others: Object.fromEntries(others) }));
  } catch {
    // A full phone keeps nothing; the service still does.
  }
}

/** A person typed or chose. @param {string} name */
export function typed(name) {
  typedAt[name] = Date.now();
  keepTyped();
}

/** The text that stands is the newer one of two, and the other is offered beside it. @param {string} name @param {Typed} other */
function offerOther(name, other) {
  if (other.text) others.set(name, other);
  drawOther(name);
  if (other.text) say(t("case.two_versions", { field: label(name) }));
}

/** @param {string} name */
function drawOther(name) {
  $(`${name}-other`)?.remove();
  const other = others.get(name);
  if (!other) return;
  const sentence = other.at < (typedAt[name] ?? knownAt) ? t("case.other_older", { time: clock(other.at) }) : t("case.other_newer", { time: clock(other.at) });
  const take = h("button", { type: "button", class: "second", id: `${name}-take`, onclick: () => exchange(name) }, t("case.take_other"));
  const drop = h("button", { type: "button", class: "plain", id: `${name}-drop`, onclick: () => dropOther(name) }, t("case.drop_other"));
  $(`${name}-field`).append(h("div", { class: "note warn", id: `${name}-other` }, h("p", {}, sentence), h("blockquote", {}, shownText(name, other.text)), take, drop));
}

/** The two texts of a field change places. @param {string} name */
function exchange(name) {
  const other = /** @type {Typed} */ (others.get(name));
  others.set(name, { text: value(name), at: typedAt[name] ?? knownAt });
  setValue(name, other.text);
  typed(name);
  drawOther(name);
  save();
  $(`${name}-take`)?.focus();
}

/** @param {string} name */
function dropOther(name) {
  others.delete(name);
  drawOther(name);
  keepTyped();
  $(name).focus();
}

/** A text that was typed elsewhere meets the one that stands here. @param {string} name @param {Typed} found */
function meet(name, { text, at, base }) {
  const mine = value(name);
  if (text === mine) return;
  if (mine === known[name] && base === known[name]) {
    setValue(name, text);
    typedAt[name] = at;
    return;
  }
  const mineAt = touched(name) ? (typedAt[name] ?? knownAt) : knownAt;
  if (at < mineAt || document.activeElement === $(name)) return offerOther(name, { text, at });
  setValue(name, text);
  typedAt[name] = at;
  offerOther(name, { text: mine, at: mineAt });
}

/** The service's form as just answered: it takes the place of what nobody touched here. @param {any} app */
export function hear(app) {
  if (app.version < knownVersion) return; // asked for before the last save, answered after it
  knownVersion = app.version;
  const theirs = textsOf({ application_type: app.application_type, ...app.form });
  const before = known;
  const wereTouched = FIELDS.filter(touched);
  knownAt = Date.parse(app.updated_at);
  known = theirs;
  knownName = app.form_sha256;
  for (const name of FIELDS) {
    if (!wereTouched.includes(name)) setValue(name, theirs[name]);
    else if (theirs[name] !== before[name] && !sentHere.has(`${name} ${theirs[name]}`)) meet(name, { text: theirs[name], at: knownAt });
  }
  // What is chosen here counts from now on, not only when it has reached the service.
  app.application_type = value("application_type") || app.application_type;
}

/** Takes back what was typed on this phone and never reached the service: in another tab, or before a reload. */
export function takeDrafts() {
  const found = draftsHere(here.id);
  for (const { record } of found) {
    for (const [name, one] of Object.entries(record.fields)) if (FIELDS.includes(name)) meet(name, { ...one, text: tidy(String(one.text)) });
    for (const [name, one] of Object.entries(record.others)) if (FIELDS.includes(name) && one.text !== value(name)) offerOther(name, one);
  }
  keepTyped();
  for (const { place } of found) localStorage.removeItem(place);
  if (found.length) save();
}

/** Sends what was typed since the last time, in order; answers the problem when not all of it is with the service. */
export function save() {
  saving = saving.then(saveNow);
  return saving;
}

async function saveNow() {
  clearTimeout(again);
  if (!here.app.can.edit) return null;
  try {
    for (let merges = 0; merges <= MOST_MERGES && FIELDS.some((name) => sendable(name) !== known[name]); merges += 1) await sendForm(merges);
  } catch (problem) {
    return unsaved(problem);
  }
  return null;
}

/** Another tab or device was faster: what it wrote is taken in, and the whole is sent. @param {number} merges */
async function sendForm(merges) {
  const texts = Object.fromEntries(FIELDS.map((name) => [name, sendable(name)]));
  for (const name of FIELDS) sentHere.add(`${name} ${texts[name]}`);
  try {
    const app = await askCase("PUT", "/form", formOf(texts), { "If-Match": `"${knownName}"` });
    known = texts;
    accept(app);
    $("saved").textContent = t("case.saved", { time: clock(Date.now()) });
  } catch (problem) {
    if (/** @type {any} */ (problem).code !== "stale_version" || merges >= MOST_MERGES) throw problem;
    accept(await askCase("GET"));
  } finally {
    keepTyped();
  }
}

/** Nothing is lost: it is on this phone, and will be tried again. @param {any} problem */
function unsaved(problem) {
  const why = problem.status === 401 ? [t("session.ended"), " ", h("a", { href: signInAddress() }, t("session.again"))] : problem.status ? [explain(problem)] : [];
  fill($("saved"), t("case.kept_here", { time: clock(Date.now()) }), " ", ...why);
  if (!problem.status || problem.status >= 500) again = setTimeout(save, RETRY_MS);
  return problem;
}

/** Leaves nothing of what was typed here, nor a sending that waits; the page shows what the service has. */
export function forgetTyped() {
  clearTimeout(again);
  dropDraftsOf(here.id);
  typedAt = {};
  for (const name of FIELDS) {
    others.delete(name);
    drawOther(name);
    setValue(name, known[name]);
  }
  keepTyped();
  $("saved").textContent = "";
}
