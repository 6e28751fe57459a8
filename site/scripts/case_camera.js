import { here } from "./case_place.js";
import { cameraClosed } from "./case_standing.js";

/** Phones short of memory close the page while their camera is open: what is written here before survives that. */
const CAMERA_PLACE = "sanggar.camera";
const CAMERA_MS = 3600 * 1000;

/** @param {string} slot */
export function cameraOpens(slot) {
  localStorage.setItem(CAMERA_PLACE, JSON.stringify({ id: here.id, slot, at: Date.now() }));
}

/** It is over when a file came, or none was wanted, or the page is seen again: then it was not closed. */
export function cameraIsBack() {
  if (!document.hidden) localStorage.removeItem(CAMERA_PLACE);
}

/** Finds out, once, whether the page was closed behind the camera; then watches for the next time. */
export function startCamera() {
  const opened = JSON.parse(localStorage.getItem(CAMERA_PLACE) ?? "null");
  if (opened?.id === here.id && Date.now() - opened.at < CAMERA_MS) cameraClosed.add(opened.slot);
  cameraIsBack();
  document.addEventListener("visibilitychange", cameraIsBack);
}
