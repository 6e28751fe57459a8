/** The build puts the texts of this page here. @type {Record<string, string>} */
const WORDS = {};

export const lang = document.documentElement.lang === "en" ? "en" : "id";
export const root = lang === "en" ? "/en/" : "/";

/**
 * The text under `key`, with `{name}` replaced by the facts.
 * @param {string} key
 * @param {Record<string, string | number>} [facts]
 */
export function t(key, facts = {}) {
  return (WORDS[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(facts[name] ?? whole));
}

/**
 * The texts of one section by their last name; the fallback (or the name itself) when there is none.
 * @param {string} section
 * @returns {(name: string, fallback?: string) => string}
 */
export function words(section) {
  return (name, fallback = name) => WORDS[`${section}.${name}`] ?? fallback;
}

/**
 * A text of the API in the reader's language.
 * @param {string | {id: string, en: string} | null | undefined} text
 */
export function pick(text) {
  return typeof text === "string" ? text : (text?.[lang] ?? text?.id ?? "");
}
