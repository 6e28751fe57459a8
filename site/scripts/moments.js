import { lang } from "./words.js";

const ZONE = "Asia/Jakarta";
const LOCALE = lang === "en" ? "en-GB" : "id-ID";
const DAY = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat(LOCALE, { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });

/** "10.30 WIB" @param {string | number} moment */
export function clock(moment) {
  return `${CLOCK.format(new Date(moment)).replace(":", lang === "en" ? ":" : ".")} WIB`;
}

/** "Kamis, 26 November 2026" @param {string} moment */
export function day(moment) {
  return DAY.format(new Date(moment));
}

/** "Kamis, 26 November 2026, pukul 10.30 WIB" @param {string} moment */
export function dayAndClock(moment) {
  return `${day(moment)}, ${lang === "en" ? "" : "pukul "}${clock(moment)}`;
}
