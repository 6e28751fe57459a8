/** Whether it looks like a mail address or an Indonesian phone number; the service looks again. @param {string} typed */
export function reachable(typed) {
  return /^\S+@\S+\.\S+$/.test(typed) || /^(\+?62|0)[1-9]\d{6,12}$/.test(typed.replace(/[\s().-]/g, ""));
}
