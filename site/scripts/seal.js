// The seal in a QR code: COSE_Sign1 (RFC 9052) over CWT claims (RFC 8392), ES256, written as one decimal number.
// Nothing here asks the network: a phone without a line reads and verifies alone.

/** @typedef {{kid: string, x: string, y: string, since?: string}} SealKey */
/** @typedef {{issuer: string, number: string, code: string, group: string, genre: string, leader: string, issued: number, expires: number, hash: string}} Claims times in seconds */
/** @typedef {{told: "genuine" | "altered" | "unknown_key" | "rubbish" | "unsupported", kid?: string, since?: string, claims?: Claims}} SealRead */

const SIGN1 = 18;
const DIGITS = /^[1-9][0-9]{150,2500}$/;

/** @param {string} digits */
function bytesOf(digits) {
  const hex = BigInt(digits).toString(16);
  const even = hex.length % 2 ? `0${hex}` : hex;
  return Uint8Array.from(even.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} bytes */
export const hexOf = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Uint8Array} bytes */
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** @param {unknown} wrong */
function refuseIf(wrong) {
  if (wrong) throw new RangeError("no seal of ours");
}

/** Reads CBOR as deterministic writers write it, and throws at anything else: a seal has one spelling. */
class Cbor {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  /** @param {number} size */
  take(size) {
    refuseIf(this.at + size > this.bytes.length);
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  /** @returns {[number, number]} The major type and the argument of the next item. */
  head() {
    const [first] = this.take(1);
    const low = first & 31;
    if (low < 24) return [first >> 5, low];
    refuseIf(low > 27);
    const size = 2 ** (low - 24);
    const argument = this.take(size).reduce((sum, byte) => sum * 256 + byte, 0);
    refuseIf(argument < (size === 1 ? 24 : 256 ** (size / 2)) || !Number.isSafeInteger(argument));
    return [first >> 5, argument];
  }

  /** @returns {any} Numbers, bytes, texts, lists, maps; a tagged value as {tag, value}. */
  item(depth = 0) {
    const [major, argument] = this.head();
    refuseIf(depth > 6);
    if (major === 0) return argument;
    if (major === 1) return -1 - argument;
    if (major === 2) return this.take(argument);
    if (major === 3) return new TextDecoder("utf-8", { fatal: true }).decode(this.take(argument));
    if (major === 4) return this.list(argument, depth);
    if (major === 6) return { tag: argument, value: this.item(depth + 1) };
    refuseIf(major > 5);
    const flat = this.list(argument * 2, depth);
    const map = new Map(Array.from({ length: argument }, (_, one) => [flat[2 * one], flat[2 * one + 1]]));
    refuseIf(map.size !== argument);
    return map;
  }

  /** @param {number} length @param {number} depth */
  list(length, depth) {
    refuseIf(length > this.bytes.length);
    return Array.from({ length }, () => this.item(depth + 1));
  }
}

/** @param {Uint8Array} bytes */
function decoded(bytes) {
  const reader = new Cbor(bytes);
  const value = reader.item();
  refuseIf(reader.at !== bytes.length);
  return value;
}

/** @param {string} text @returns {{kid: string, claims: Claims, signed: Uint8Array, signature: Uint8Array} | null} */
function opened(text) {
  try {
    const { tag, value } = decoded(bytesOf(text));
    const [protectedBytes, unprotected, payload, signature] = value;
    const header = decoded(protectedBytes);
    const right = tag === SIGN1 && value.length === 4 && unprotected.size === 0 && header.size === 2 && header.get(1) === -7;
    const kid = base64url(header.get(4));
    if (!right || signature.length !== 64) return null;
    return { kid, claims: claimsIn(decoded(payload)), signed: toBeSigned(protectedBytes, payload), signature };
  } catch {
    return null; // whatever it was, it was no seal
  }
}

/** @param {Map<number, any>} map @returns {Claims} */
function claimsIn(map) {
  const [group, genre, leader, fingerprint] = map.get(-65537);
  const code = String.fromCharCode(...map.get(7));
  const texts = [map.get(1), map.get(2), group, genre, leader];
  const fits = texts.every((one) => typeof one === "string") && [4, 6].every((one) => Number.isInteger(map.get(one)));
  refuseIf(!fits || fingerprint.length !== 32 || !/^[0-9A-Z]{10}$/.test(code));
  return { issuer: map.get(1), number: map.get(2), expires: map.get(4), issued: map.get(6), code, group, genre, leader, hash: hexOf(fingerprint) };
}

/** The Sig_structure of RFC 9052, section 4.4. @param {Uint8Array} header @param {Uint8Array} payload */
function toBeSigned(header, payload) {
  const context = new TextEncoder().encode("Signature1");
  return Uint8Array.from([0x84, 0x60 | context.length, ...context, ...byteString(header), 0x40, ...byteString(payload)]);
}

/** @param {Uint8Array} bytes */
function byteString(bytes) {
  const { length } = bytes;
  if (length < 24) return [0x40 | length, ...bytes];
  return length < 256 ? [0x58, length, ...bytes] : [0x59, length >> 8, length & 255, ...bytes];
}

/**
 * What the text behind the "#" of a check address is worth. Claims are told only where they are proven.
 * @param {string} text
 * @param {SealKey[]} keys the published ones
 * @returns {Promise<SealRead>}
 */
export async function readSeal(text, keys) {
  const seal = DIGITS.test(text) ? opened(text) : null;
  if (!seal) return { told: "rubbish" };
  const key = keys.find((one) => one.kid === seal.kid);
  if (!key) return { told: "unknown_key", kid: seal.kid };
  if (!globalThis.crypto?.subtle) return { told: "unsupported", kid: seal.kid };
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const jwk = { kty: "EC", crv: "P-256", x: key.x, y: key.y };
  const known = await crypto.subtle.importKey("jwk", jwk, curve, false, ["verify"]);
  const right = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, known, /** @type {any} */ (seal.signature), /** @type {any} */ (seal.signed));
  return right ? { told: "genuine", kid: seal.kid, since: key.since, claims: seal.claims } : { told: "altered", kid: seal.kid };
}
