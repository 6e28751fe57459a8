// Keeps the check of permits alive without a line: its page, its scripts and the published keys, and nothing else.
// The line comes first, so what is kept is only shown when there is none. Every other request passes by untouched.
// The page and its script are put by together, by the script itself (check_register.js).
const PAGES = /^\/(en\/)?(periksa\/?|v(\/[^/]*)?)$/;
const PARTS = /^\/(kunci\/qr\.json|skrip\/(check\.[a-z]+\.[0-9a-f]+|baca-[a-z]+)\.js)$/;
const FRESH = /qr\.js(on)?$/;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  const page = PAGES.exec(pathname);
  if (event.request.mode === "navigate" && page) {
    event.respondWith(fetch(event.request).catch(() => kept(`/${page[1] ?? ""}periksa/`)));
  } else if (PARTS.test(pathname)) {
    event.respondWith(fetched(event.request, pathname).catch(() => kept(pathname)));
  }
});

/** The answer from the line; keys, and the reader that only some need, are put by when they come. */
async function fetched(request, pathname) {
  const answer = await fetch(request);
  if (FRESH.test(pathname) && answer.ok) await (await caches.open("periksa")).put(pathname, answer.clone());
  return answer;
}

async function kept(path) {
  return (await caches.match(path)) ?? Response.error();
}
