import { lang, words } from "./words.js";

const ZONE = "Asia/Jakarta";
const LOCALE = lang === "en" ? "en-GB" : "id-ID";
const DAY = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });

const yesOrNo = words("yes_no");

/** "10.30 WIB" @param {string | number} moment */
export function clock(moment) {
  return `${CLOCK.format(new Date(moment)).replace(":", lang === "en" ? ":" : ".")} WIB`;
}

/** "Kamis, 26 November 2026" @param {string | number} moment */
export function day(moment) {
  return DAY.format(new Date(moment));
}

/** A value as read from a paper or kept of a case: dates, and yes or no, as a person says them. @param {unknown} value */
export function readable(value) {
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
  return /^\d{4}-\d\d-\d\dT/.test(text) ? dayAndClock(text) : yesOrNo(text);
}

/** "Kamis, 26 November 2026, pukul 10.30 WIB" @param {string | number} moment */
export function dayAndClock(moment) {
  return `${day(moment)}, ${lang === "en" ? "" : "pukul "}${clock(moment)}`;
}
