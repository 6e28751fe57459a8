import { t } from "./words.js";
import { put } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";

try {
  const procedure = await ask("GET", "/api/procedure");
  if (!procedure.office_open) put("office-closed", t("start.closed", { opening: dayAndClock(procedure.next_opening) }));
} catch {
  // The page says everything without it.
}
