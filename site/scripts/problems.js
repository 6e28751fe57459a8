import { t } from "./words.js";
import { $, fill, h, show } from "./dom.js";
import { explain } from "./api.js";

const PREFIX = `${t("fault.prefix")}: `;

/** Names the page, and says in front that something is wrong while the box is open. @param {string} title */
export function nameDocument(title) {
  document.title = ($("problem").hidden ? "" : PREFIX) + title;
}

/** The page's name without a fault. */
const plainTitle = () => document.title.replace(PREFIX, "");

/** @param {...(Node | null)} content */
function openBox(...content) {
  fill($("problem"), ...content);
  show("problem", true);
  nameDocument(plainTitle());
  $("problem").focus();
  $("problem").scrollIntoView({ block: "nearest" });
}

/** Takes away the box and every mark beside a field. */
export function clearFaults() {
  show("problem", false);
  nameDocument(plainTitle());
  for (const error of document.querySelectorAll(".error")) {
    error.textContent = "";
    /** @type {HTMLElement} */ (error).hidden = true;
    error.closest(".wrong")?.classList.remove("wrong");
  }
  for (const control of document.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

/**
 * The faults of a form: in the box, each a link to its control, and the same words beside it.
 * @param {[string, string][]} faults pairs of the control's id and the sentence
 * @param {...Node} more
 */
export function showFaults(faults, ...more) {
  clearFaults();
  for (const [id, text] of faults) markField(id, text);
  const lines = faults.map(([id, text]) => h("li", {}, h("a", { href: `#${id}`, onclick: goTo }, text)));
  openBox(h("h2", {}, t("fault.heading")), h("ul", {}, ...lines), ...more);
}

/** @param {string} id @param {string} text */
function markField(id, text) {
  const error = $(`${id}-error`);
  if (!error) return;
  error.textContent = text;
  error.hidden = false;
  $(`${id}-field`)?.classList.add("wrong");
  $(id)?.setAttribute("aria-invalid", "true");
}

/** Moves the focus without touching the address: it may name a case. A page of several parts hears where to. @param {MouseEvent} event */
export function goTo(event) {
  event.preventDefault();
  const target = $(String(/** @type {Element} */ (event.currentTarget).getAttribute("href")).slice(1));
  target?.dispatchEvent(new Event("sanggar.reach", { bubbles: true }));
  target?.scrollIntoView({ block: "center" });
  target?.focus();
}

/**
 * A request that failed: the sentence, the number of the incident, a way to try again.
 * @param {any} problem
 * @param {(() => unknown) | null} [retry]
 */
export function report(problem, retry = null) {
  const again = () => {
    clearFaults();
    retry?.();
  };
  openBox(
    h("p", {}, explain(problem)),
    problem.instance ? h("p", { class: "soft" }, t("fault.incident", { number: problem.instance })) : null,
    retry ? h("button", { type: "button", id: "retry", onclick: again }, t("fault.retry")) : null,
  );
}
