import { words } from "./words.js";
import { documentName } from "./review_view.js";

const fieldOf = words("field");

/** A row as a person knows it: a field, and the document it was read in. @param {string} row `field` or `field:slot` */
export function rowName(row) {
  const [name, slot] = row.split(":");
  return slot ? `${fieldOf(name)}, ${documentName(slot)}` : fieldOf(name);
}
