import { t, root } from "./words.js";
import { $, show } from "./dom.js";
import { keepSession } from "./session.js";
import { registering, signIn } from "./sign_in_forms.js";

function showChoice() {
  const on = location.hash === "#daftar";
  registering.on = on;
  for (const id of ["register-fields", "consent-fields", "sign-in-offer"]) show(id, on);
  show("register-offer", !on);
  $("sign-in-title").textContent = on ? t("sign_in.register") : t("sign_in.heading");
  $("sign-in-intro").textContent = on ? t("sign_in.register_intro") : t("sign_in.intro");
}

/** Only pages of this site: an address from elsewhere could lead a person astray. */
function nextPage() {
  const next = new URLSearchParams(location.search).get("lanjut") ?? "";
  return /^\/[\w/-]*(#[\w/-]*)?$/.test(next) && !next.startsWith("//") ? next : `${root}permohonan/`;
}

signIn("applicant", (answer) => {
  keepSession("applicant", answer);
  location.replace(nextPage());
});
addEventListener("hashchange", showChoice);
showChoice();
