import { t } from "./words.js";
import { $ } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";

/** @param {string} opening */
const at = (opening) => ({ opening: dayAndClock(opening) });

try {
  const { working_day: works, office_open: open, next_opening: opening } = await ask("GET", "/api/procedure");
  if (!open) $("office-hours").textContent = works ? t("start.closed", at(opening)) : t("start.closed_today", at(opening));
} catch {
  // What stands there from the beginning is true at any hour.
}
