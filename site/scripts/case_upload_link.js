import { t } from "./words.js";
import { $, busy, onClick, put, show } from "./dom.js";
import { reportTo } from "./session.js";
import { askCase, whenChanged } from "./case_place.js";

async function mailLink() {
  try {
    await busy($("mail-upload-link"), async () => {
      const { sent_to: address } = await askCase("POST", "/upload-link", {});
      put("upload-link-sent", t("upload_form.from_case_sent", { address }));
    });
  } catch (problem) {
    reportTo(problem, mailLink);
  }
}

/** The way on for whoever cannot send photos from this page: a link by mail. */
export function offerUploadLink() {
  onClick("mail-upload-link", mailLink);
  whenChanged(({ can }) => show("section-upload-link", can.edit || can.correct));
}
