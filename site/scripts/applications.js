import { t, root, words } from "./words.js";
import { $, busy, fill, h, onClick, onSubmit } from "./dom.js";
import { ask } from "./api.js";
import { dayAndClock } from "./moments.js";
import { showFaults } from "./problems.js";
import { applicantSession, forgetEverything, reportTo } from "./session.js";

const status = words("status");
const action = words("action");

/** @param {any} one */
function sentence(one) {
  if (one.status === "in_progress" && one.deadline) return t("applications.deadline", { at: dayAndClock(one.deadline) });
  return t("applications.updated", { at: dayAndClock(one.updated_at) });
}

/** @param {any} one */
function card(one) {
  const name = one.group_name || t("applications.unnamed");
  return h(
    "section",
    { class: "card", "data-testid": `application-${one.case_id}` },
    h("h2", {}, name),
    h("p", {}, h("span", { class: `tag ${one.status === "returned" ? "late" : ""}` }, status(one.status)), " ", one.number ?? ""),
    h("p", {}, sentence(one)),
    h("a", { class: "button second", href: `${root}permohonan/isi/#${one.case_id}`, "aria-label": `${action(one.status)}: ${name}` }, action(one.status)),
  );
}

async function list() {
  try {
    const { applications } = await ask("GET", "/api/applications");
    fill($("application-list"), ...applications.map(card));
    if (!applications.length) fill($("application-list"), h("p", { class: "note" }, t("applications.empty")));
  } catch (problem) {
    fill($("application-list"));
    reportTo(problem, list);
  }
}

async function start() {
  const chosen = document.querySelector("input[name=application_type]:checked");
  if (!chosen) return showFaults([["application_type", t("applications.choose")]]);
  try {
    await busy($("start-application"), async () => {
      const application_type = /** @type {HTMLInputElement} */ (chosen).value;
      const fresh = await ask("POST", "/api/applications", { application_type });
      location.assign(`${root}permohonan/isi/#${fresh.case_id}`);
    });
  } catch (problem) {
    reportTo(problem, start);
  }
}

const mine = applicantSession();
if (mine) {
  $("signed-in-as").textContent = t("applications.signed_in", { name: mine.account.name || mine.account.email });
  onSubmit("start-form", start);
  onClick("sign-out", () => {
    forgetEverything();
    location.assign(root);
  });
  list();
}
