import { Problem } from "./api.js";

const STALLED_MS = 45000;

/**
 * One file to the given address, all fields first; a line that stands still for 45 s counts as lost.
 * @param {any} offer
 * @param {Blob} file
 * @param {AbortSignal} signal
 * @param {(percent: number) => void} onProgress
 * @returns {Promise<void>}
 */
export function post(offer, file, signal, onProgress) {
  const form = new FormData();
  for (const [name, value] of Object.entries(offer.fields)) form.append(name, String(value));
  form.append("file", file, "file"); // the bucket hears no name of a file
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let watch = setTimeout(stop, STALLED_MS);
    signal.addEventListener("abort", stop);
    request.upload.onprogress = (event) => {
      clearTimeout(watch);
      watch = setTimeout(stop, STALLED_MS);
      if (event.lengthComputable) onProgress(Math.floor((event.loaded / event.total) * 100));
    };
    request.onloadend = () => {
      clearTimeout(watch);
      signal.removeEventListener("abort", stop);
      if (request.status >= 200 && request.status < 300) done();
      else fail(new Problem(request.status, { code: request.responseText.includes("EntityTooLarge") ? "too_large" : "bucket" }));
    };
    request.open("POST", offer.url);
    request.send(form);
  });
}

/** Whether trying again may help: the line, a busy service, a signature that has run out. @param {any} problem */
export function passing(problem) {
  if (!(problem instanceof Problem)) return false;
  return !problem.status || problem.status >= 500 || ["bucket", "stale_version"].includes(problem.code) || (problem.status === 429 && problem.code === "unknown");
}
