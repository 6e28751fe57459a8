import { h } from "./dom.js";

/**
 * What of `one` is not in `other`, letter by letter and whatever their case: pieces of text, each alike or not.
 * @param {string} one @param {string} other
 * @returns {[string, boolean][]} text, and whether it differs
 */
export function difference(one, other) {
  const [mine, theirs] = [[...one], [...other]];
  const common = commonLengths(mine, theirs);
  /** @type {[string, boolean][]} */
  const pieces = [];
  for (let at = 0, there = 0; at < mine.length; ) {
    const alike = there < theirs.length && sameLetter(mine[at], theirs[there]);
    const skip = !alike && there < theirs.length && common[at][there + 1] >= common[at + 1][there];
    if (skip) there++;
    else {
      add(pieces, mine[at++], !alike);
      if (alike) there++;
    }
  }
  return pieces;
}

/** How many letters the rests of both texts share, by the places where the rests begin. @param {string[]} mine @param {string[]} theirs */
function commonLengths(mine, theirs) {
  const common = Array.from({ length: mine.length + 1 }, () => new Array(theirs.length + 1).fill(0));
  for (let at = mine.length - 1; at >= 0; at--) {
    for (let there = theirs.length - 1; there >= 0; there--) {
      common[at][there] = sameLetter(mine[at], theirs[there]) ? common[at + 1][there + 1] + 1 : Math.max(common[at + 1][there], common[at][there + 1]);
    }
  }
  return common;
}

const sameLetter = (/** @type {string} */ one, /** @type {string} */ other) => one.toLowerCase() === other.toLowerCase();

/** @param {[string, boolean][]} pieces @param {string} letter @param {boolean} differs */
function add(pieces, letter, differs) {
  const last = pieces.at(-1);
  if (last?.[1] === differs) last[0] += letter;
  else pieces.push([letter, differs]);
}

/** A text with the letters marked that another one does not have. @param {string} one @param {string} other */
export function lettersMarked(one, other) {
  return h("span", {}, ...difference(one, other).map(([text, differs]) => (differs ? h("mark", {}, text) : text)));
}
