import { ask } from "./api.js";

/** The case that this page shows: as last answered, with the procedure that it follows. */
export const here = { id: location.hash.slice(1).split("/")[0], app: /** @type {any} */ (null), procedure: /** @type {any} */ (null) };

/** @type {((app: any) => void)[]} */
const watchers = [];

/** @param {(app: any) => void} draw */
export function whenChanged(draw) {
  watchers.push(draw);
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

const FIELDS_OF_REASON = {
  name_mismatch: ["leader_name"],
  roster_no_leader: ["leader_name"],
  nik_mismatch: ["national_id"],
  group_mismatch: ["group_name"],
  certificate_number_mismatch: ["previous_permit_number"],
};

/**
 * What may be changed now: everything in a draft; in a returned case only what the reasons name,
 * or everything when they name nothing.
 * @returns {(name: string) => boolean}
 */
export function openParts() {
  const { status, can, correction } = here.app;
  if (!can.edit && !can.correct) return () => false;
  if (status !== "returned") return () => true;
  const open = new Set();
  for (const reason of correction?.reasons ?? []) {
    const [code, slot] = `${reason.code}:${reason.slot ?? ""}`.split(":");
    if (reason.slot ?? slot) open.add(reason.slot ?? slot);
    for (const field of FIELDS_OF_REASON[/** @type {keyof typeof FIELDS_OF_REASON} */ (code)] ?? []) open.add(field);
    if (code === "form_incomplete") return () => true;
  }
  return open.size ? (name) => open.has(name) : () => true;
}
