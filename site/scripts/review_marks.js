/**
 * What an officer has marked so far, kept in this browser until the decision is sent: names of rows and nothing of what
 * stands in them.
 * @typedef {"right" | "wrong"} Mark
 */

const PLACE_OF_MARKS = "sanggar.marks.";
/** As long as a link is good. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

let placeHere = "";
/** @type {Map<string, Mark>} */
const marks = new Map();

/** Takes up the marks of this look, and drops those of looks long past. @param {string} look */
export function takeUpMarks(look) {
  placeHere = PLACE_OF_MARKS + look;
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PLACE_OF_MARKS) && Date.now() - Number(keptAt(key).at ?? 0) > KEPT_MS) localStorage.removeItem(key);
  }
  for (const [row, mark] of Object.entries(keptAt(placeHere).rows ?? {})) if (mark === "right" || mark === "wrong") marks.set(row, mark);
}

/** @param {string} key */
function keptAt(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** @param {string} row */
export const markAt = (row) => marks.get(row);

/** The rows that are marked as not right. */
export const openMarks = () => [...marks].filter(([, mark]) => mark === "wrong").map(([row]) => row);

/** @param {string} row @param {Mark | undefined} mark */
export function setMark(row, mark) {
  if (mark) marks.set(row, mark);
  else marks.delete(row);
  try {
    localStorage.setItem(placeHere, JSON.stringify({ at: Date.now(), rows: Object.fromEntries(marks) }));
  } catch {
    // A full disk keeps nothing; the page still knows.
  }
}

/** They have served. */
export function forgetMarks() {
  marks.clear();
  localStorage.removeItem(placeHere);
}
