import { pick, t } from "./words.js";
import { $, described, fill, h, onClick, show } from "./dom.js";
import { session } from "./session.js";
import { here, openParts } from "./case_place.js";
import { FIELDS, GROUP_FIELDS, LEADER_FIELDS, askedFields, label, shownText, tidy } from "./case_fields.js";
import { hear, save, takeDrafts, typed } from "./case_draft.js";
import { dropDraftsOf } from "./phone_drafts.js";


/** Shows what is open and lists what is not; a draft's parts are shown one at a time by the steps. @param {any} app */
export function drawForm(app) {
  const open = openParts();
  const asked = askedFields().filter((name) => name !== "application_type");
  for (const name of [...GROUP_FIELDS, ...LEADER_FIELDS]) show(`${name}-field`, asked.includes(name) && open(name));
  show("application_type-field", false);
  for (const [part, names] of /** @type {[string, string[]][]} */ ([["section-group", GROUP_FIELDS], ["section-leader", LEADER_FIELDS]])) {
    show(part, names.some((name) => !$(`${name}-field`).hidden));
  }
  show("i-am-leader", open("leader_name") && app.status === "draft");
  const locked = asked.filter((name) => !open(name));
  show("locked", locked.length);
  fill($("locked-list"), ...described(locked.map((name) => [label(name), shownText(name, String(app.form[name] ?? "")) || t("case.empty")])));
}

/** @param {string} id @param {[string, string][]} options */
function fillOptions(id, options) {
  fill($(id), h("option", { value: "" }, t("case.choose")), ...options.map(([key, text]) => h("option", { value: key }, text)));
}

/** Brings the form to life, once. */
export function startForm() {
  fillOptions("art_genre", here.procedure.art_genres.map((/** @type {any} */ one) => [one.slug, pick(one)]));
  fillOptions("sub_district", here.procedure.sub_districts.map((/** @type {string} */ name) => [name, name]));
  hear(here.app);
  if (here.app.can.edit) takeDrafts();
  else dropDraftsOf(here.id);
  $("application-form").addEventListener("input", (/** @type {any} */ event) => FIELDS.includes(event.target.name) && typed(event.target.name));
  $("application-form").addEventListener("change", tidyField);
  for (const group of document.querySelectorAll("#application-form fieldset")) group.addEventListener("focusout", leftGroup);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("online", save);
  onClick("i-am-leader", prefill);
}

/** What is read is what will be sent: signs that nobody sees go as soon as a field is left. @param {any} event */
function tidyField({ target }) {
  if (target.type === "text" && target.value !== tidy(target.value)) target.value = tidy(target.value);
}

/** What the account knows, where nothing was typed yet. */
function prefill() {
  const account = session("applicant")?.account;
  for (const [name, known] of /** @type {[string, string | undefined][]} */ ([["leader_name", account?.name], ["phone", account?.phone]])) {
    $(name).value ||= known ?? "";
    typed(name);
  }
  save();
  $("national_id").focus();
}

/** @param {any} event */
function leftGroup(event) {
  if (!event.currentTarget.contains(event.relatedTarget)) save();
}
