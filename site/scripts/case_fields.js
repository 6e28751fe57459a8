import { pick, t, words } from "./words.js";
import { $ } from "./dom.js";
import { here, openParts } from "./case_place.js";

export const GROUP_FIELDS = ["group_name", "art_genre", "group_address", "village", "sub_district", "founded_year", "member_count", "previous_permit_number", "renewal_reason"];
export const LEADER_FIELDS = ["leader_name", "national_id", "phone"];
/** All that is typed or chosen, by the names of the API. */
export const FIELDS = ["application_type", ...GROUP_FIELDS, ...LEADER_FIELDS];
const NUMBERS = ["founded_year", "member_count"];
const OPTIONAL = ["founded_year", "renewal_reason"];
/** What only a renewal is asked for. */
const OF_RENEWALS = ["previous_permit_number", "renewal_reason"];
const MOST_LETTERS = 200;

const need = words("need");
/** The name of a field. */
export const label = words("field");

/** How a value must look; an empty one is only missing. @type {Record<string, RegExp>} */
const SHAPES = { national_id: /^\d{16}$/, phone: /^\+?[0-9][0-9 -]{7,18}$/, founded_year: /^(1[89]|20)\d\d$/, member_count: /^[1-9]\d{0,3}$/ };

const typeChoices = () => /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[name=application_type]")]);

/**
 * A text as the service keeps it: composed, on one line, without signs that nobody sees (they come along when something
 * is pasted) or that turn the direction of writing.
 * @param {string} text
 */
export function tidy(text) {
  return text.normalize("NFC").replace(/[\t\n\v\f\r\x85]/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, "").replace(/\s+/gu, " ").trim();
}

/** What stands in a field, as the service would keep it. @param {string} name */
export function value(name) {
  if (name === "application_type") return typeChoices().find((one) => one.checked)?.value ?? "";
  const text = tidy(String($(name).value));
  return name === "national_id" ? text.replace(/[\s.-]/g, "") : text;
}

/** @param {string} name @param {string} text */
export function setValue(name, text) {
  if (name === "application_type") for (const one of typeChoices()) one.checked = one.value === text;
  else if (value(name) !== text) $(name).value = text;
}

/** A value as a person knows it. @param {string} name @param {string} text */
export function shownText(name, text) {
  if (name === "application_type" && text) return text === "new" ? t("case.new") : t("case.renewal");
  if (name === "renewal_reason") return [...$(name).options].find((/** @type {any} */ one) => one.value === text)?.text ?? text;
  return name === "art_genre" ? pick(here.procedure.art_genres.find((/** @type {any} */ one) => one.slug === text)) : text;
}

/** The fields of a form of the API as they stand in the page. @param {any} form @returns {Record<string, string>} */
export function textsOf(form) {
  return Object.fromEntries(FIELDS.map((name) => [name, String(form[name] ?? "")]));
}

/** The other way round: what is empty is left out. @param {Record<string, string>} texts */
export function formOf(texts) {
  const filled = Object.entries(texts).filter(([, text]) => text);
  return Object.fromEntries(filled.map(([name, text]) => [name, NUMBERS.includes(name) ? Number(text) : text]));
}

const length = (/** @type {string} */ text) => [...text].length;

/** @param {string} name */
export function wellFormed(name) {
  const text = value(name);
  return !text || (length(text) <= MOST_LETTERS && (!SHAPES[name] || SHAPES[name].test(text)));
}

/** What is wrong with a field; nothing when it can be sent. @param {string} name */
function faultOf(name) {
  const text = value(name);
  if (length(text) > MOST_LETTERS) return t("need.shorter", { field: label(name), most: MOST_LETTERS, count: length(text) });
  if (text ? wellFormed(name) : OPTIONAL.includes(name)) return "";
  return need(text ? `${name}_shape` : name, need(name));
}

/** The fields that this kind of application asks for. */
export function askedFields() {
  return FIELDS.filter((name) => !OF_RENEWALS.includes(name) || here.app.application_type === "renewal");
}

/** What is wrong with the open ones of `names`. @param {string[]} [names] @returns {[string, string][]} */
export function formFaults(names = FIELDS) {
  const open = openParts();
  const asked = askedFields().filter((name) => names.includes(name) && (open(name) || name === "application_type"));
  return asked.map((name) => /** @type {[string, string]} */ ([name, faultOf(name)])).filter(([, fault]) => fault);
}
