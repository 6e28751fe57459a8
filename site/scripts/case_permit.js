import { lang, root, t } from "./words.js";
import { $, busy, described, fill, h, onClick, put, show } from "./dom.js";
import { day } from "./moments.js";
import { ask } from "./api.js";
import { reportTo } from "./session.js";
import { askCase } from "./case_place.js";

const BYTES_A_KB = 1000;
const WHOLE = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });

/** What the file costs to fetch, as far as it is known. @param {number | null} size */
function downloadWords(size) {
  return size ? t("permit.download_size", { size: WHOLE.format(Math.ceil(size / BYTES_A_KB)) }) : t("permit.download");
}

/** @param {any} app */
export function drawPermit({ permit, tracking_code: code }) {
  show("section-permit", permit);
  if (!permit) return;
  /** @type {[string, any][]} */
  const rows = [
    [t("case.permit_number"), h("span", { class: "number" }, permit.permit_number)],
    [t("case.issued_on"), day(permit.issued_on)],
    [t("case.valid_until"), day(permit.valid_until)],
    [t("case.check_code"), permit.check_code],
  ];
  fill($("permit-facts"), ...described(rows));
  $("permit-qr").src = permit.check_qr;
  const shared = t("permit.share", { number: permit.permit_number, link: permit.check_url });
  $("share-permit").href = `https://wa.me/?text=${encodeURIComponent(shared)}`;
  $("check-link").href = permit.check_url;
  $("check-link").textContent = permit.check_url.replace(/^https?:\/\//, "");
  $("download-permit").textContent = downloadWords(permit.size);
  $("renew-permit").dataset.number = permit.permit_number;
  const why = { why: permit.status_reason ?? "" };
  const gone = { revoked: t("permit.revoked", why), replaced: t("permit.replaced", why) }[/** @type {string} */ (permit.status)] ?? "";
  const stands = !gone;
  $("permit-gone").textContent = gone;
  show("permit-gone", gone);
  show("permit-renewal", stands);
  show("renewing", stands);
  if (stands) put("permit-renewal", t("permit.renewal", { from: day(permit.renewal_from) }));
  $("rate-service").href = `${root}penilaian/#${code}`;
}

/** The address of the file is good for minutes only: it is asked for when it is wanted. */
async function download() {
  try {
    await busy($("download-permit"), async () => location.assign((await askCase("GET", "/permit")).url));
  } catch (problem) {
    reportTo(problem, download);
  }
}

/** A draft with all that is known already: this page shows it next. */
async function renew() {
  try {
    await busy($("renew-permit"), async () => {
      const asked = { application_type: "renewal", renews: $("renew-permit").dataset.number };
      location.hash = (await ask("POST", "/api/applications", asked)).case_id;
    });
  } catch (problem) {
    reportTo(problem, renew);
  }
}

export function startPermit() {
  onClick("renew-permit", renew);
  onClick("download-permit", download);
  onClick("print-permit", () => print());
}
