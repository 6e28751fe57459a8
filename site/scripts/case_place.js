import { ask } from "./api.js";

/** The case that this page shows: as last answered, with the procedure that it follows. */
export const here = { id: location.hash.slice(1).split("/")[0], app: /** @type {any} */ (null), procedure: /** @type {any} */ (null) };

/** @type {((app: any) => void)[]} */
const watchers = [];

/** @param {(app: any) => void} draw */
export function whenChanged(draw) {
  watchers.push(draw);
}

/** Before all others. @param {(app: any) => void} draw */
export function watchFirst(draw) {
  watchers.unshift(draw);
}

/** @param {any} app */
export function accept(app) {
  here.app = app;
  for (const draw of watchers) draw(app);
}

/** @param {string} method @param {string} [path] @param {unknown} [body] @param {Record<string, string>} [more] headers */
export function askCase(method, path = "", body, more) {
  return ask(method, `/api/applications/${encodeURIComponent(here.id)}${path}`, body, more);
}

/** Asks and takes the answer as the new state of the case. @param {string} method @param {string} path @param {unknown} [body] */
export async function change(method, path, body) {
  accept(await askCase(method, path, body));
}

/** The documents that this kind of application needs. */
export function neededDocuments() {
  return here.procedure.documents.filter((/** @type {any} */ one) => one.needed_for.includes(here.app.application_type));
}

/**
 * What may be changed now: everything in a draft, what was returned in a returned case. The service decides which.
 * @returns {(name: string) => boolean}
 */
export function openParts() {
  const { status, can, correction } = here.app;
  if (!can.edit && !can.correct) return () => false;
  if (status !== "returned") return () => true;
  const open = new Set([...correction.open_slots, ...correction.open_fields]);
  return (name) => open.has(name);
}
