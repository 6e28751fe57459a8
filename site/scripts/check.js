import { root, t } from "./words.js";
import { $, onSubmit, show } from "./dom.js";
import { clearFaults, showFaults } from "./problems.js";

const LARGEST = 20 * 1024 * 1024;

/** The file's SHA-256 in hex. The file itself never leaves the device. @param {File} file */
async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A file that we named carries its code. @param {string} name */
function codeIn(name) {
  return /^nomor-induk-kesenian-([0-9A-Z]{10})\b/.exec(name)?.[1] ?? "";
}

// A number holds "/" and a year; anything else is the code printed beside the QR.
async function check() {
  clearFaults();
  const file = $("file").files[0];
  const typed = $("number").value.trim();
  if (!typed) return showFaults([["number", t("check.need")]]);
  if (file && file.size > LARGEST) return showFaults([["file", t("check.file_large")]]);
  const print = file ? await sha256(file).catch(() => "") : "";
  if (file && !print) return showFaults([["file", t("check.file_unread")]]);
  const query = new URLSearchParams(print ? { sha256: print } : {});
  if (typed.includes("/")) query.set("number", typed);
  const code = typed.includes("/") ? "" : `/${encodeURIComponent(typed)}`;
  location.assign(`${root}v${code}${query.size ? `?${query}` : ""}`);
}

show("file-field", crypto.subtle);
$("file").addEventListener("change", () => {
  if (!$("number").value) $("number").value = codeIn($("file").files[0]?.name ?? "");
});
onSubmit("check-form", check);
