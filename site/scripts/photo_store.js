/**
 * What this phone keeps of one document until it is with the service: the prepared file (`asking` whether to take it,
 * or `ready` to go), or only the name once it was `sent` and is being read. `token` tells one choice from the next.
 * @typedef {{id: string, at: number, token: string, state: "asking" | "ready" | "sent", name: string, blob: Blob | null, thumb: Blob | null, before: number, look: string, uploadId: string}} Kept
 */

const PHOTO_BASE = "sanggar.photos";
const PHOTO_DAYS_MS = 7 * 24 * 3600 * 1000;

/** @returns {Promise<IDBDatabase>} */
function openPhotos() {
  return new Promise((done, fail) => {
    const asked = indexedDB.open(PHOTO_BASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });
}

/**
 * One transaction; a full disk shows only when it ends.
 * @param {IDBTransactionMode} mode
 * @param {(photos: IDBObjectStore) => IDBRequest} work
 * @returns {Promise<any>}
 */
async function inPhotos(mode, work) {
  const base = await openPhotos();
  try {
    return await new Promise((done, fail) => {
      const deal = base.transaction("photos", mode);
      const asked = work(deal.objectStore("photos"));
      deal.oncomplete = () => done(asked.result);
      deal.onabort = () => fail(deal.error);
    });
  } finally {
    base.close();
  }
}

/** Whether the phone could keep it: a full disk or a private window does not stop an upload. @param {Kept} photo */
export function keepPhoto(photo) {
  return inPhotos("readwrite", (photos) => photos.put(photo)).then(
    () => true,
    () => false,
  );
}

/** What is kept under `id`. @param {string} id @returns {Promise<Kept | null>} */
export function keptPhoto(id) {
  return inPhotos("readonly", (photos) => photos.get(id)).catch(() => null);
}

/** Takes it away, unless another choice has taken its place. @param {string} id @param {string} token */
export async function dropPhoto(id, token) {
  if ((await keptPhoto(id))?.token === token) await inPhotos("readwrite", (photos) => photos.delete(id)).catch(() => null);
}

/** Takes away all of which `chosen` says so. @param {(photo: Kept) => boolean} chosen */
async function dropPhotos(chosen) {
  /** @type {Kept[]} */
  const every = await inPhotos("readonly", (photos) => photos.getAll()).catch(() => []);
  for (const { id, token } of every.filter(chosen)) await dropPhoto(id, token);
}

/** Nothing stays longer than a week, of whatever application. */
export function dropOldPhotos() {
  return dropPhotos(({ at }) => Date.now() - at > PHOTO_DAYS_MS);
}

/** @param {string} caseId */
export function dropPhotosOf(caseId) {
  return dropPhotos(({ id }) => id.startsWith(`${caseId}/`));
}
