import { t } from "./words.js";
import { $, onSubmit } from "./dom.js";
import { clearFaults, showFaults } from "./problems.js";

// A number holds "/" and a year; anything else is the code printed beside the QR.
onSubmit("check-form", () => {
  clearFaults();
  const typed = $("number").value.trim();
  if (!typed) showFaults([["number", t("check.need")]]);
  else if (typed.includes("/")) location.assign(`/v?number=${encodeURIComponent(typed)}`);
  else location.assign(`/v/${encodeURIComponent(typed)}`);
});
