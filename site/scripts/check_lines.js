import { pick, t, words } from "./words.js";
import { day, dayAndClock, readable } from "./moments.js";

/** @typedef {"good" | "warn" | "bad" | ""} Tone */
/** @typedef {{key: string, told: string, tone: Tone, text: string}} Line */
/** @typedef {{site?: string, code?: string, seal?: import("./seal.js").SealRead | null, keys?: boolean, asked?: import("./check_register.js").Asked, file?: import("../static/skrip/baca-pdf.js").FileLook | null, verdict?: string}} Found */

/** What is told in which tone; everything else is a warning. @type {[Tone, string][]} */
const TONES = [
  ["good", "genuine same valid"],
  ["", "none signed"],
  ["bad", "unknown_key altered other_site other_code rubbish differs unknown revoked unsigned no_pdf other added unissued"],
];

/** @param {string} key @param {string} told @param {string} text @param {Tone} [tone] @returns {Line} */
const line = (key, told, text, tone) => ({ key, told, text, tone: tone ?? TONES.find(([, which]) => which.split(" ").includes(told))?.[0] ?? "warn" });

const claimName = words("claim");
const sentenceFor = words("found");

/** @param {number} seconds */
const dayOf = (seconds) => day(seconds * 1000);
/** A day of the register as the seal says it. @param {number} seconds */
const isoDay = (seconds) => new Date(seconds * 1000 + 7 * 3600_000).toISOString().slice(0, 10);

/** @param {Found} found @returns {Line[]} */
export function linesOf(found) {
  if (found.site) return [line("seal", "other_site", t("found.other_site", { host: found.site }))];
  const answer = found.asked?.answer;
  return [sealLine(found), ...statusLine(found), ...contentLine(found), ...fileLines(found), ...signerLine(answer)];
}

/** @param {Found} found */
function sealLine({ seal, keys, code }) {
  if (!seal) return line("seal", "none", t("found.no_seal"));
  if (keys === false) return line("seal", "no_keys", t("found.no_keys"));
  if (seal.told === "genuine" && code && seal.claims?.code !== code) return line("seal", "other_code", t("found.other_code"));
  if (seal.told === "genuine") return line("seal", "genuine", t("found.genuine", { kid: seal.kid ?? "", since: seal.since ? day(seal.since) : "…" }));
  if (seal.told === "unknown_key") return line("seal", "unknown_key", t("found.unknown_key", { kid: seal.kid ?? "" }));
  if (seal.told === "altered") return line("seal", "altered", t("found.altered"));
  return seal.told === "rubbish" ? line("seal", "rubbish", t("found.rubbish")) : line("seal", "unsupported", t("found.unsupported"));
}

/** @param {Found} found */
function statusLine({ asked, seal }) {
  if (!asked) return [];
  const { told, answer, since } = asked;
  if (told !== "answered") {
    const end = seal?.claims ? ` ${t(seal.claims.expires * 1000 < Date.now() ? "found.over" : "found.runs", { day: dayOf(seal.claims.expires) })}` : "";
    const last = since ? t("found.last_reached", { at: dayAndClock(since) }) : t("found.never_reached");
    return [line("status", told, `${sentenceFor(told)} ${last}${end}`)];
  }
  if (answer.status === "unknown") return [line("status", "unknown", t("found.never_issued"))];
  const why = answer.reason ? ` ${t("found.reason", { reason: answer.reason })}` : "";
  const doubtful = answer.status === "valid" && seal && seal.told !== "genuine"; // of the code, not of this paper
  return [line("status", answer.status, `${t("found.register")} ${pick(answer.sentence).replace(/^\S |\.$/g, "")}.${why}`, doubtful ? "warn" : undefined)];
}

/** What the register says, in the words of the seal; days as days. @param {any} answer */
const recorded = (answer) => ({
  number: answer.permit_number, group: answer.group_name, genre: answer.art_genre, leader: answer.leader,
  issued: answer.issued_on, expires: answer.valid_until, code: answer.check_code,
});

/** The seal's claims with days as days. @param {import("./seal.js").Claims} claims @returns {Record<string, string>} */
function sealedFacts({ hash, issued, expires, ...names }) {
  return { ...names, issued: isoDay(issued), expires: isoDay(expires) };
}

/** In what the seal and the register differ; a long name is cut in the seal. @param {import("./seal.js").Claims} claims @param {any} answer */
export function differences(claims, answer) {
  const told = sealedFacts(claims);
  /** @param {[string, string]} one */
  const differ = ([key, own]) => told[key] !== own && !(told[key].endsWith("…") && own.startsWith(told[key].slice(0, -1)));
  const named = Object.entries(recorded(answer)).filter(differ).map(([key]) => key);
  return named.length || claims.hash === answer.record_hash ? named : ["rest"];
}

/** @param {Found} found */
function contentLine({ seal, asked }) {
  const answer = asked?.answer;
  if (!seal?.claims || !answer?.permit_number) return [];
  const named = differences(seal.claims, answer);
  if (!named.length) return [line("content", "same", t("found.same_record"))];
  const words = named.map((key) => claimName(key)).join(", ");
  return [line("content", "differs", t("found.differs", { what: words }))];
}

/** @param {Found} found */
function fileLines({ file, verdict = "", asked }) {
  if (!file) return [];
  if (verdict === "unissued" && !asked) return [line("file", "no_number", t("found.file_no_number"))];
  if (verdict === "unissued" && asked?.told !== "answered") return [line("file", "unasked", t("found.file_unasked"))];
  const told = line("file", verdict, t(`found.file_${verdict}`, { number: file.number || "…" }));
  const proven = verdict === "same" || verdict === "added";
  if (!proven || !file.signer) return [told];
  const facts = { signer: file.signer, authority: file.authority, at: file.at ? dayAndClock(file.at) : "…" };
  return [told, line("signature", "signed", t("found.file_signed", facts))];
}

/** @param {any} answer */
function signerLine(answer) {
  if (!answer?.signer) return [];
  return [line("signer", "signed", t("found.signer", { signer: answer.signer, office: answer.office, day: day(answer.issued_on) }))];
}

/** What to compare with the paper: the seal's claims, or what the register has. @param {Found} found @returns {[string, string][]} */
export function compared({ seal, asked }) {
  const answer = asked?.answer;
  /** @type {Record<string, string>} */
  const facts = seal?.claims ? sealedFacts(seal.claims) : answer?.permit_number ? recorded(answer) : {};
  const shown = ["number", "group", "genre", "leader", "issued", "expires", "issuer", "code"].filter((key) => facts[key]);
  return shown.map((key) => [claimName(key), readable(facts[key])]);
}
