import { t } from "./words.js";

/** @param {string} id @returns {any} The element; every id asked for is in the page's template. */
export const $ = (id) => document.getElementById(id);

/**
 * A new element. Text goes in as text, never as markup; a function becomes a listener.
 * @param {string} tag
 * @param {Record<string, any>} props
 * @param {...(Node | string | null | undefined)} children
 * @returns {any}
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  fill(node, ...children);
  return node;
}

/** @param {Element} node @param {...(Node | string | null | undefined)} children */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((child) => child != null && child !== "").map((child) => child ?? ""));
}

/** @param {string} id @param {unknown} visible */
export function show(id, visible) {
  $(id).hidden = !visible;
}

/** Puts a text into an element and shows it when there is one. @param {string} id @param {string} text */
export function put(id, text) {
  $(id).textContent = text;
  show(id, text);
}

/** Says something to screen readers without moving the focus. @param {string} text */
export function say(text) {
  if ($("live").textContent !== text) $("live").textContent = text;
}

/** A sentence whose number stays on one line. @param {string} sentence @param {string} number @returns {(Node | string)[]} */
export function unbroken(sentence, number) {
  const [before, after = ""] = sentence.split(number);
  return number ? [before, h("span", { class: "number" }, number), after] : [sentence];
}

/** Rows of a description list. @param {[string, string | Node][]} rows */
export function described(rows) {
  return rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]);
}

/**
 * Runs `work` with the button off and saying so: a second press does nothing.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<unknown>} work
 */
export async function busy(button, work) {
  const label = button.textContent;
  button.disabled = true;
  button.textContent = t("site.sending");
  try {
    await work();
  } finally {
    button.textContent = label;
    button.disabled = false;
  }
}

/** @param {string} id @param {(event: any) => unknown} work */
export function onSubmit(id, work) {
  $(id).addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    work(event);
  });
}

/** @param {string} id @param {(event: any) => unknown} work */
export function onClick(id, work) {
  $(id).addEventListener("click", work);
}

function showLine() {
  show("offline", !navigator.onLine);
}
addEventListener("online", showLine);
addEventListener("offline", showLine);
showLine();

// What the address names after # stays: it may be a case.
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  $("main").focus();
});

// The other language shows the same case: what the address names after # goes along.
onClick("language", () => {
  $("language").hash = location.hash;
});
