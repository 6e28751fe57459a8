import { root, t } from "./words.js";
import { $, onSubmit } from "./dom.js";
import { showFaults } from "./problems.js";

/** What is sent is checked by the service again: this only spares a way there and back. */
function look() {
  const number = $("number").value.trim();
  const last4 = $("phone_last4").value.trim();
  /** @type {[string, string][]} */
  const faults = [];
  if (!number) faults.push(["number", t("tracking.need_number")]);
  if (!/^\d{4}$/.test(last4)) faults.push(["phone_last4", t("tracking.need_phone")]);
  if (faults.length) showFaults(faults);
  else $("tracking-form").submit();
}

// Links in older mails carry the code behind #.
const code = location.hash.slice(1);
if (/^[0-9a-f]{32}$/.test(code)) location.replace(`${root}l/${code}`);
onSubmit("tracking-form", look);
if (!$("problem").hidden) $("problem").focus();
