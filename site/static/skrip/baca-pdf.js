// What can be seen of a permit's PDF in the browser: its fingerprint, its number, and what its signature says of itself.
// The file leaves the device in no way. Whether it is the issued one, the fingerprint alone decides.

/** @typedef {{pdf: boolean, signed: boolean, sha256: string, earlier: string[], number: string, signer: string, authority: string, at: string}} FileLook `earlier`: fingerprints of the file as it was before something was added; the rest "" where it is not found */

const MOST_ENDS = 12;

/** @param {Uint8Array} bytes */
async function fingerprintOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {any} */ (bytes)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where the file may have ended before something was added: after each end mark and its line break. @param {string} text */
function endsIn(text) {
  const marks = [...text.matchAll(/%%EOF/g)].map((mark) => mark.index + 5);
  const ends = marks.flatMap((end) => [end, end + (/^\r?\n/.exec(text.slice(end, end + 2))?.[0].length ?? 0)]);
  return [...new Set(ends)].filter((end) => end < text.length).slice(-MOST_ENDS);
}

/** The tag, the content and the end of the DER value at a place. @param {Uint8Array} der @param {number} at */
function derAt(der, at) {
  const wide = der[at + 1] & 127;
  const long = der[at + 1] > 127;
  const size = long ? der.subarray(at + 2, at + 2 + wide).reduce((sum, byte) => sum * 256 + byte, 0) : wide;
  const from = at + 2 + (long ? wide : 0);
  if (!(from + size <= der.length)) throw new RangeError("cut off");
  return { tag: der[at], from, to: from + size, all: der.subarray(at, from + size) };
}

/** The values inside one. @param {Uint8Array} der @param {{from: number, to: number}} outer */
function insideOf(der, outer) {
  const found = [];
  for (let at = outer.from; at < outer.to; at = found[found.length - 1].to) found.push(derAt(der, at));
  return found;
}

/** The common name in a distinguished name: what follows its object identifier. @param {Uint8Array} name */
function commonName(name) {
  const at = name.findIndex((byte, place) => byte === 6 && name[place + 1] === 3 && name[place + 2] === 0x55 && name[place + 3] === 4 && name[place + 4] === 3);
  if (at < 0) return "";
  const { from, to } = derAt(name, at + 5);
  return new TextDecoder().decode(name.subarray(from, to));
}

/** Who signed, and who vouches for that, as the signature's own certificates say. @param {Uint8Array} cms */
function certificateIn(cms) {
  const content = insideOf(cms, insideOf(cms, derAt(cms, 0))[1])[0];
  const parts = insideOf(cms, content);
  const certificates = parts.find((part) => part.tag === 0xa0);
  const signer = insideOf(cms, insideOf(cms, parts[parts.length - 1])[0])[1]; // issuer and serial number
  const [, serial] = insideOf(cms, signer);
  for (const certificate of certificates ? insideOf(cms, certificates) : []) {
    const fields = insideOf(cms, insideOf(cms, certificate)[0]).filter((field) => field.tag !== 0xa0);
    const [number, , issuer, , subject] = fields;
    if (String(number.all) === String(serial.all)) return { signer: commonName(subject.all), authority: commonName(issuer.all) };
  }
  return { signer: "", authority: "" };
}

/** @param {string} text */
function signatureIn(text) {
  const [, hex = ""] = /\/Contents\s*<([0-9A-Fa-f]{200,})>/.exec(text) ?? [];
  const [, raw = ""] = /\/M\s*\(([^)]{10,80})\)/.exec(text) ?? [];
  const said = raw.replace(/\\([0-7]{3})/g, (_, octal) => String.fromCharCode(parseInt(octal, 8)));
  const [, y, m, d, h, i, s, zone = ""] = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-]\d\d)?/.exec(said) ?? [];
  const at = y ? `${y}-${m}-${d}T${h}:${i}:${s}${zone ? `${zone}:00` : "Z"}` : "";
  try {
    return { at, ...certificateIn(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))) };
  } catch {
    return { at, signer: "", authority: "" }; // a damaged one: the fingerprint says so
  }
}

/** @param {Uint8Array} bytes @returns {Promise<FileLook>} */
export async function lookAtFile(bytes) {
  const text = new TextDecoder("latin1").decode(bytes);
  const [, title = ""] = /<dc:title>[^]{0,200}?<rdf:li[^>]*>([^<]{1,400})</.exec(text) ?? [];
  return {
    pdf: text.startsWith("%PDF-"),
    signed: /\/ByteRange\s*\[/.test(text),
    sha256: await fingerprintOf(bytes),
    earlier: await Promise.all(endsIn(text).map((end) => fingerprintOf(bytes.subarray(0, end)))),
    number: /\S+\/\S+\/\S+/.exec(title)?.[0] ?? "",
    ...signatureIn(text),
  };
}

/**
 * What the file is, beside the fingerprint of the issued one ("" when the register has none for it).
 * @param {FileLook} look
 * @param {string} issued
 * @param {string} number the number that the register answers for
 */
export function fileVerdict(look, issued, number) {
  if (!look.pdf) return "no_pdf";
  if (issued && look.sha256 === issued) return "same";
  if (issued && look.earlier.includes(issued)) return "added";
  if (!look.signed) return "unsigned";
  if (!issued) return "unissued";
  return look.number && look.number !== number ? "other" : "altered";
}
