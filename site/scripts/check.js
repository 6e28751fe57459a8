import { root, t } from "./words.js";
import { $, described, fill, h, onClick, onSubmit, put, say, show } from "./dom.js";
import { askRegister, keepForLater, publishedKeys } from "./check_register.js";
import { compared, linesOf } from "./check_lines.js";
import { readSeal } from "./seal.js";

// On the service's own page of a permit (/v/CODE), and on the page with the form (/periksa/), which also stands in
// for the former without a line.
const LARGEST = 20 * 1024 * 1024;
const PERMIT = /^\/(?:en\/)?v\/([0-9A-Za-z-]{10,12})$/;
const SIGNS = { good: "✓", warn: "!", bad: "✕", "": "•" };

/** What only some need comes when they do. @param {string} name */
const later = (name) => import(/** @type {any} */ (`${location.origin}/skrip/baca-${name}.js`));

/** One field, one fault, beside it and on top; "" takes it away. @param {string} id @param {string} text */
function tellFault(id, text) {
  put(`${id}-error`, text);
  $(id).setAttribute("aria-invalid", String(Boolean(text)));
  put("problem", text);
  if (text) $("problem").focus();
}

function clearFaults() {
  tellFault("number", "");
  tellFault("file", "");
}

/** @param {import("./check_lines.js").Found} found */
function showFound(found) {
  const lines = linesOf(found);
  const rows = compared(found);
  fill(
    $("found"),
    h("h2", { id: "found-title", tabindex: -1 }, t("found.heading")),
    h("ol", { class: "lines" }, ...lines.map(({ key, told, tone, text }) => h("li", { class: `note ${tone}`, "data-line": key, "data-told": told }, h("b", { "aria-hidden": "true" }, `${SIGNS[tone]} `), text))),
    rows.length ? h("p", { class: "note warn", id: "compare" }, t("found.compare")) : null,
    rows.length ? h("dl", { id: "claims" }, ...described(rows)) : null,
    h("p", { class: "soft" }, t("found.one_look", { at: new Date().toLocaleString(document.documentElement.lang) })),
  );
  $("found").hidden = false;
  if ($("check-form")) $("found-title").focus();
  if (found.asked?.answer) $("answer")?.remove(); // what the service wrote is said again, beside the seal
  say(`${t("found.heading")} ${lines.map((one) => one.text).join(" ")}`);
}

/** Everything about one permit: its seal, what the register says, a file. @param {{code?: string, number?: string, seal?: string, file?: Uint8Array}} given */
async function checkAll({ code = "", number = "", seal = "", file }) {
  say(t("site.loading"));
  /** @type {typeof import("../static/skrip/baca-pdf.js") | null} */
  const papers = file ? await later("pdf") : null;
  const look = papers && file ? await papers.lookAtFile(file) : null;
  const subject = code || number || look?.number || "";
  const [keys, asked] = await Promise.all([seal ? publishedKeys() : null, subject ? askRegister(subject) : undefined]);
  const { file_sha256: issued = "", permit_number: ours = "" } = asked?.answer ?? {};
  const verdict = papers && look ? papers.fileVerdict(look, issued ?? "", ours ?? "") : "";
  showFound({ code, seal: seal ? await readSeal(seal, keys ?? []) : null, keys: !seal || keys !== null, asked, file: look, verdict });
}

/** What a code said: an address of ours, another address, or no address. @param {string} text */
function checkText(text) {
  const address = URL.canParse(text) ? new URL(text) : null;
  if (address && address.host !== location.host) return showFound({ site: address.host || text.slice(0, 40) });
  const code = PERMIT.exec(address?.pathname ?? "")?.[1] ?? "";
  if (!address || !code) return tellFault("file", t("check.other_code"));
  return checkAll({ code: code.toUpperCase().replace(/-/g, ""), seal: address.hash.slice(1) });
}

/** @param {File} file */
async function checkFile(file) {
  clearFaults();
  if (file.size > LARGEST) return tellFault("file", t("check.file_large"));
  const typed = $("number").value.trim();
  try {
    if (!file.type.startsWith("image/")) return await checkAll({ ...subjectOf(typed || codeIn(file.name)), file: new Uint8Array(await file.arrayBuffer()) });
    const text = await (await later("kamera")).codeInPhoto(file);
    return text ? checkText(text) : tellFault("file", t("check.no_code"));
  } catch {
    return tellFault("file", t("check.file_unread"));
  }
}

/** A file that we named carries its code. @param {string} name */
const codeIn = (name) => /^nomor-induk-kesenian-([0-9A-Z]{10})\b/.exec(name)?.[1] ?? "";

/** A number holds "/" and a year; anything else is the code printed beside the QR. @param {string} typed */
const subjectOf = (typed) => (typed.includes("/") ? { number: typed } : { code: typed.toUpperCase().replace(/[\s-]/g, "") });

// With a line the service's own page answers; without one this page says what it knows.
function checkTyped() {
  clearFaults();
  const typed = $("number").value.trim();
  if ($("file").files[0]) return checkFile($("file").files[0]);
  if (!typed) return tellFault("number", t("check.need"));
  if (!navigator.onLine) return checkAll(subjectOf(typed));
  location.assign(typed.includes("/") ? `${root}v?number=${encodeURIComponent(typed)}` : `${root}v/${encodeURIComponent(typed)}`);
}

let looking = new AbortController();

async function scan() {
  clearFaults();
  put("scan-told", "");
  looking = new AbortController();
  show("camera", true);
  show("scan", false);
  try {
    const text = await (await later("kamera")).codeInView($("view"), looking.signal);
    if (text) checkText(text);
  } catch {
    put("scan-told", t("check.camera_none")); // none, not allowed, or no reader: a photo goes always
  }
  show("camera", false);
  show("scan", true);
}

function openForm() {
  for (const id of ["file-field", "scan-field"]) $(id).hidden = !crypto.subtle;
  $("scan").hidden = !navigator.mediaDevices;
  onSubmit("check-form", checkTyped);
  onClick("scan", scan);
  onClick("stop-scan", () => looking.abort());
  $("file").addEventListener("change", () => $("file").files[0] && checkFile($("file").files[0]));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) checkFile(file);
  });
}

function checkAddress() {
  const code = PERMIT.exec(location.pathname)?.[1];
  if (code && (location.hash.length > 1 || $("check-form"))) checkAll({ code: code.toUpperCase().replace(/-/g, ""), seal: location.hash.slice(1) });
}

if ($("check-form")) openForm();
checkAddress();
addEventListener("hashchange", checkAddress);
addEventListener("online", checkAddress);
// When the answer is there and the line is free again.
setTimeout(() => keepForLater(`${root}periksa/`, import.meta.url), 3000);
