import { pick, root, t } from "./words.js";
import { h } from "./dom.js";
import { dayAndClock } from "./moments.js";

/** @param {any} step */
function stepSentence(step) {
  if (step.state === "done") return t("steps.done", { at: dayAndClock(step.finished_at) });
  if (step.state === "overdue") return t("steps.overdue", { at: dayAndClock(step.deadline) });
  if (step.state === "running") return step.deadline ? t("steps.running", { at: dayAndClock(step.deadline) }) : t("steps.now");
  return t("steps.waiting");
}

/** Who is kept waiting is told where to say so. @param {any} step */
function complaint(step) {
  return step.state === "overdue" ? [" ", h("a", { href: `${root}pengaduan/` }, t("steps.complain")), "."] : [];
}

/** @param {any} step */
function standard(step) {
  const { days, minutes } = step.standard;
  return days ? t("steps.days", { days }) : t("steps.minutes", { minutes });
}

/** The steps of the procedure as list items: state in words, never by colour alone. @param {any[]} steps */
export function stepItems(steps) {
  return steps.map((step) =>
    h(
      "li",
      { class: step.state, "aria-current": ["running", "overdue"].includes(step.state) ? "step" : null },
      h("i", { "aria-hidden": "true" }, step.state === "done" ? "✓" : String(step.number)),
      h("b", {}, pick(step.name)),
      h("span", {}, stepSentence(step), ...complaint(step)),
      h("small", {}, `${pick(step.who)} · ${standard(step)}`),
    ),
  );
}
