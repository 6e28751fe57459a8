/** The token of a mailed link: from the address, which forgets it at once, or from this tab. @param {string} place */
export function tokenOf(place) {
  const fresh = location.hash.slice(1);
  if (fresh) {
    sessionStorage.setItem(place, fresh);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(place) ?? "";
}
