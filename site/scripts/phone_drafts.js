/**
 * What one opened page keeps of a draft: its fields as typed, and the other texts of fields that were changed in two places.
 * @typedef {{text: string, at: number, base?: string}} KeptText
 * @typedef {{at: number, fields: Record<string, KeptText>, others: Record<string, KeptText>}} DraftRecord
 */

const DRAFT_PREFIX = "sanggar.draft.";
const SENDING_PREFIX = "sanggar.sending.";
/** The last list of applications, for when the line is lost; whose it is, for a phone that is shared. */
export const LIST_PLACE = "sanggar.list";
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** @param {string} caseId @param {string} tab */
export const draftPlace = (caseId, tab) => `${DRAFT_PREFIX}${caseId}.${tab}`;

/** Where the sending of an application is kept until the service has answered. @param {string} caseId */
export const sendingPlace = (caseId) => SENDING_PREFIX + caseId;

/** What is kept somewhere; nothing when it is not what this page would have written. @param {string} place @returns {any} */
export function keptAt(place) {
  try {
    const record = JSON.parse(localStorage.getItem(place) ?? "null");
    return record?.at > Date.now() - WEEK_MS ? record : null;
  } catch {
    return null;
  }
}

/** All that this phone keeps of a draft, the oldest first. @param {string} caseId @returns {{place: string, record: DraftRecord}[]} */
export function draftsHere(caseId) {
  const places = Object.keys(localStorage).filter((place) => place.startsWith(draftPlace(caseId, "")));
  return places
    .map((place) => ({ place, record: keptAt(place) }))
    .filter(({ record }) => record?.fields && record.others)
    .sort((one, other) => one.record.at - other.record.at);
}

/** Nothing stays longer than a week, of whatever application. */
export function dropOldDrafts() {
  const mine = Object.keys(localStorage).filter((place) => [DRAFT_PREFIX, SENDING_PREFIX, LIST_PLACE].some((start) => place.startsWith(start)));
  for (const place of mine) if (!keptAt(place)) localStorage.removeItem(place);
}

/** What was sent needs no copy here. @param {string} caseId */
export function dropDraftsOf(caseId) {
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith(draftPlace(caseId, "")) || place === sendingPlace(caseId)) localStorage.removeItem(place);
  }
}
