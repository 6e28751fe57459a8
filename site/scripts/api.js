import { t, lang } from "./words.js";

/** What the service answers when it does not do what was asked; status 0 means that it was not reached. */
export class Problem extends Error {
  /** @param {number} status @param {any} [body] */
  constructor(status, body) {
    super(body?.code ?? "unreached");
    this.status = status;
    this.code = body?.code ?? (status ? "unknown" : "unreached");
    this.facts = body?.facts ?? {};
    this.instance = body?.instance ?? "";
    this.detail = (lang === "en" ? body?.detail_en : body?.detail) ?? "";
  }
}

/** Who asks: a page of officers or of signed-in people replaces this. @type {{headers: () => Record<string, string>}} */
export const caller = { headers: () => ({}) };

/** @type {Map<string, string>} */
const keys = new Map();

/** What makes a request the same one: a second proof is another one at every try. @param {string} path @param {unknown} body */
function sameness(path, body) {
  return path + JSON.stringify(body, (name, value) => (["code", "passphrase"].includes(name) ? undefined : value));
}

/** The same request keeps its key when it is repeated; a changed one gets a new one. @param {string} request */
function requestKey(request) {
  const key = keys.get(request) ?? crypto.randomUUID();
  keys.set(request, key);
  return key;
}

/**
 * One request; answers the JSON or throws a Problem.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {Record<string, string>} [more] headers; a key among them takes the place of this page's own
 * @returns {Promise<any>}
 */
export async function ask(method, path, body, more) {
  const response = await answer(method, path, body, more);
  return response.status === 204 ? null : response.json();
}

/**
 * The raw answer, for files. @param {string} method @param {string} path @param {unknown} [body] @param {Record<string, string>} [more]
 */
export async function answer(method, path, body, more) {
  /** @type {Record<string, string>} */
  const headers = caller.headers();
  const text = body === undefined ? undefined : JSON.stringify(body);
  if (text) headers["Content-Type"] = "application/json";
  if (method === "POST") headers["Idempotency-Key"] = requestKey(sameness(path, body));
  Object.assign(headers, more);
  const options = { method, headers, body: text, signal: AbortSignal.timeout(30000) };
  const response = await fetch(path, options).catch(() => {
    throw new Problem(0);
  });
  if (!response.ok) throw new Problem(response.status, await response.json().catch(() => null));
  keys.delete(sameness(path, body));
  return response;
}

/** What to tell a person about it. @param {any} problem */
export function explain(problem) {
  if (!(problem instanceof Problem)) return t("fault.page");
  if (!problem.status) return t("fault.unreached");
  if (problem.code === "signing_refused") return `${problem.detail} (${problem.facts.number})`; // the provider's own code
  return problem.detail || (problem.status < 500 ? t("fault.refused") : t("fault.server"));
}
