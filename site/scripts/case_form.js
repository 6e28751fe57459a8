import { pick, t, words } from "./words.js";
import { $, described, fill, h, onClick, show } from "./dom.js";
import { explain } from "./api.js";
import { clock } from "./moments.js";
import { session } from "./session.js";
import { change, here, openParts } from "./case_place.js";

export const FIELDS = ["group_name", "art_genre", "group_address", "village", "sub_district", "founded_year", "member_count", "leader_name", "national_id", "phone", "previous_permit_number"];
const NUMBERS = ["founded_year", "member_count"];
const WEEK_MS = 7 * 24 * 3600 * 1000;

const label = words("field");
const need = words("need");
const draftPlace = `sanggar.draft.${here.id}`;

/** Counts changes, so that a save knows whether more was typed meanwhile. */
let typedCount = 0;
let savedCount = 0;
/** @type {Promise<boolean>} */
let saving = Promise.resolve(true);

/** @param {string} name */
const value = (name) => String($(name).value).trim();

/** How a value must look; an empty one is only missing. @type {Record<string, RegExp>} */
const SHAPES = { national_id: /^\d{16}$/, phone: /^\+?[0-9][0-9 -]{7,18}$/, founded_year: /^(1[89]|20)\d\d$/, member_count: /^[1-9]\d{0,3}$/ };

/** @param {string} name */
function plainValue(name) {
  return name === "national_id" ? value(name).replace(/[\s.-]/g, "") : value(name);
}

/** @param {string} name */
const wellFormed = (name) => !SHAPES[name] || SHAPES[name].test(plainValue(name));

/** What can be sent: half-typed numbers wait on this phone until they are whole. */
function typedForm() {
  /** @type {Record<string, any>} */
  const form = { application_type: here.app.application_type };
  for (const name of FIELDS) {
    const text = plainValue(name);
    if (text && wellFormed(name)) form[name] = NUMBERS.includes(name) ? Number(text) : text;
  }
  return form;
}

/** @returns {[string, string][]} */
export function formFaults() {
  const open = openParts();
  const asked = FIELDS.filter((name) => open(name) && (name !== "previous_permit_number" || here.app.application_type === "renewal"));
  return asked.flatMap((name) => {
    const text = value(name);
    if (text ? wellFormed(name) : name === "founded_year") return [];
    return [[name, need(text ? `${name}_shape` : name, need(name))]];
  });
}

/** @param {Record<string, any>} form */
function writeForm(form) {
  for (const name of FIELDS) $(name).value = form[name] ?? "";
}

function keepHere() {
  typedCount += 1;
  const form = Object.fromEntries(FIELDS.map((name) => [name, value(name)]));
  localStorage.setItem(draftPlace, JSON.stringify({ at: Date.now(), form }));
}

/** Sends what was typed since the last time; answers whether all of it is with the service. */
export function save() {
  saving = saving.then(saveNow);
  return saving;
}

async function saveNow() {
  const count = typedCount;
  if (count === savedCount) return true;
  try {
    await change("PUT", "/form", typedForm());
  } catch (problem) {
    $("saved").textContent = `${t("case.kept_here")} ${explain(problem)}`;
    return false;
  }
  savedCount = count;
  $("saved").textContent = t("case.saved", { time: clock(Date.now()) });
  if (FIELDS.every(wellFormed)) localStorage.removeItem(draftPlace);
  return true;
}

/** Takes back what was typed here and never reached the service. */
function takeDraft() {
  const kept = JSON.parse(localStorage.getItem(draftPlace) ?? "null");
  if (!kept || !here.app.can.edit || Date.now() - kept.at > WEEK_MS) return localStorage.removeItem(draftPlace);
  writeForm(kept.form);
  typedCount += 1;
  save();
}

/** Shows what is open and lists what is not. @param {any} app */
export function drawForm(app) {
  const open = openParts();
  const renewal = app.application_type === "renewal";
  const asked = FIELDS.filter((name) => renewal || name !== "previous_permit_number");
  for (const name of FIELDS) show(`${name}-field`, asked.includes(name) && open(name));
  for (const group of document.querySelectorAll("#application-form fieldset")) {
    /** @type {HTMLElement} */ (group).hidden = !group.querySelector(".field:not([hidden])");
  }
  show("i-am-leader", open("leader_name") && app.status === "draft");
  const locked = asked.filter((name) => !open(name));
  show("locked", locked.length);
  fill($("locked-list"), ...described(locked.map((name) => [label(name), shownValue(app.form, name)])));
}

/** @param {any} form @param {string} name */
function shownValue(form, name) {
  if (name !== "art_genre") return String(form[name] ?? "") || t("case.empty");
  return pick(here.procedure.art_genres.find((/** @type {any} */ one) => one.slug === form[name])) || t("case.empty");
}

/** @param {string} id @param {[string, string][]} options */
function fillOptions(id, options) {
  fill($(id), h("option", { value: "" }, t("case.choose")), ...options.map(([key, text]) => h("option", { value: key }, text)));
}

/** Brings the form to life, once. */
export function startForm() {
  fillOptions("art_genre", here.procedure.art_genres.map((/** @type {any} */ one) => [one.slug, pick(one)]));
  fillOptions("sub_district", here.procedure.sub_districts.map((/** @type {string} */ name) => [name, name]));
  writeForm(here.app.form);
  takeDraft();
  $("application-form").addEventListener("input", keepHere);
  for (const group of document.querySelectorAll("#application-form fieldset")) group.addEventListener("focusout", leftGroup);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("online", save);
  onClick("i-am-leader", () => {
    const account = session("applicant")?.account;
    $("leader_name").value ||= account?.name ?? "";
    $("phone").value ||= account?.phone ?? "";
    keepHere();
    save();
  });
}

/** @param {any} event */
function leftGroup(event) {
  if (!event.currentTarget.contains(event.relatedTarget)) save();
}
