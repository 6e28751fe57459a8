import { t } from "./words.js";
import { $, onClick, show } from "./dom.js";
import { turnOn, zoomBy, zoomTo } from "./review_view.js";

const SIDES = ["documents", "rows"];

/** On a narrow screen one of the two is open at a time. @param {string} side */
export function openSide(side) {
  $("two").dataset.side = side;
  for (const one of SIDES) $(`side-${one}`).setAttribute("aria-pressed", String(one === side));
}

/** Nothing that has the focus lies under the bar. */
function keepClearOfBar() {
  const bar = $("bar");
  const room = () => {
    const lies = getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    document.documentElement.style.scrollPaddingTop = `${lies + 16}px`;
    document.documentElement.style.setProperty("--bar", `${lies}px`);
  };
  new ResizeObserver(room).observe(bar);
  addEventListener("resize", room);
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else $("viewer").requestFullscreen();
}

/** The tools around the pictures, and the two sides of a narrow screen. */
export function startDesk() {
  openSide("documents");
  for (const side of SIDES) onClick(`side-${side}`, () => openSide(side));
  onClick("zoom-out", () => zoomBy(-25));
  onClick("zoom-in", () => zoomBy(25));
  onClick("zoom-reset", () => zoomTo(100));
  onClick("turn", turnOn);
  show("full", document.fullscreenEnabled);
  onClick("full", toggleFull);
  document.addEventListener("fullscreenchange", () => {
    $("full").textContent = document.fullscreenElement ? t("review.full_off") : t("review.full");
  });
  keepClearOfBar();
}
