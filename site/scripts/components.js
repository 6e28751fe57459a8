import { t, words } from "./words.js";
import { $, fill, onSubmit } from "./dom.js";
import { showFaults } from "./problems.js";
import { stepItems } from "./steps.js";
import { here } from "./case_place.js";
import { makeCards } from "./case_card.js";
import { running } from "./case_standing.js";

const AT = "2026-11-24T14:05:00+07:00";
const DONE = { state: "inspected", size: 172000, quality: [], read: { full_name: "SITI RAHAYU", national_id: "3514…0001" } };
const cardNames = words("component_card");
const nothing = () => undefined;

/** A file on its way. @param {string} state @param {any} [more] @returns {any} */
const run = (state, more = {}) => ({ slot: state, name: "KTP", state, percent: 0, kept: { look: "blurred" }, lasting: true, told: new Set(), problem: null, ...more });

/** What each card shows: a document of the service, a run of this page, or a document that came. @type {[string, any, any][]} */
const CARDS = [
  ["empty", null, null],
  ["preparing", run("preparing"), null],
  ["sending", run("sending", { percent: 40 }), null],
  ["lost", run("lost"), null],
  ["asking", run("asking"), null],
  ["checking", run("checking"), null],
  ["right", null, DONE],
  ["doubtful", null, { ...DONE, quality: ["dark"] }],
  ["refused", null, { ...DONE, state: "refused", fault: "locked" }],
];

const stepNames = words("step");
const STATES = ["done", "running", "overdue", "waiting"];
const NAMES = ["application", "completeness_check", "verification", "recommendation_review"].map((key) => stepNames(key));

/** @param {string} state @param {number} number */
function step(state, number) {
  const standard = number === 1 ? { days: 0, minutes: 30 } : { days: 1, minutes: 0 };
  return { state, number, standard, name: NAMES[number - 1], who: "DPMPTSP", finished_at: AT, deadline: AT };
}

function showCards() {
  const documents = CARDS.map(([slot]) => ({ slot, name: `KTP (${cardNames(slot)})`, hint: t("component_card.hint"), needed_for: ["new"] }));
  here.procedure = { documents };
  here.app = {
    status: "draft",
    can: { edit: true },
    application_type: "new",
    documents: Object.fromEntries(CARDS.filter(([, , paper]) => paper).map(([slot, , paper]) => [slot, paper])),
    findings: [{ slot: "doubtful", code: "name_mismatch", severity: "warn", sentence: t("component_card.finding") }],
  };
  for (const [slot, doing] of CARDS) if (doing) running.set(slot, doing);
  makeCards({ choose: nothing, addPage: nothing, keep: nothing, retry: nothing, remove: nothing, cameraOpens: nothing, cameraIsBack: nothing, move: nothing });
}

fill($("steps"), ...stepItems(STATES.map((state, at) => step(state, at + 1))));
showCards();
onSubmit("sample-form", () => showFaults([["group_name", t("need.group_name")], ["art_genre", t("need.art_genre")]]));
