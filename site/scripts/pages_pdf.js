const PAGE_WIDTH = 595;

/** Where the parts of one page stand among the objects of the file: page, drawing, picture. @param {number} page from 0 */
const objectsOf = (page) => [3 + page * 3, 4 + page * 3, 5 + page * 3];

/** @param {Blob} sheet */
async function sizeOf(sheet) {
  const { width, height } = await createImageBitmap(sheet);
  return { width, height };
}

/** The three objects of one page. @param {Blob} sheet @param {number} page @returns {Promise<(string | Blob)[][]>} */
async function pageObjects(sheet, page) {
  const { width, height } = await sizeOf(sheet);
  const [, drawing, picture] = objectsOf(page);
  const high = Math.round((PAGE_WIDTH * height) / width);
  const draw = `${PAGE_WIDTH} 0 0 ${high} 0 0 cm /P Do`;
  const box = `/MediaBox [0 0 ${PAGE_WIDTH} ${high}]`;
  const kind = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
  return [
    [`<< /Type /Page /Parent 2 0 R ${box} /Resources << /XObject << /P ${picture} 0 R >> >> /Contents ${drawing} 0 R >>`],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [`<< ${kind} /Filter /DCTDecode /Length ${sheet.size} >>\nstream\n`, sheet, "\nendstream"],
  ];
}

/**
 * One PDF with a page for each JPEG, as canvases write them: three colours. The service reads it as a scan.
 * @param {Blob[]} sheets
 */
export async function joinedPages(sheets) {
  const kids = sheets.map((_, page) => `${objectsOf(page)[0]} 0 R`).join(" ");
  const pages = await Promise.all(sheets.map(pageObjects));
  /** @type {(string | Blob)[][]} */
  const objects = [["<< /Type /Catalog /Pages 2 0 R >>"], [`<< /Type /Pages /Kids [${kids}] /Count ${sheets.length} >>`], ...pages.flat()];
  let file = new Blob(["%PDF-1.4\n"]);
  let places = "0000000000 65535 f \n";
  objects.forEach((parts, index) => {
    places += `${String(file.size).padStart(10, "0")} 00000 n \n`;
    file = new Blob([file, `${index + 1} 0 obj\n`, ...parts, "\nendobj\n"]);
  });
  const count = objects.length + 1;
  const end = `xref\n0 ${count}\n${places}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.size}\n%%EOF\n`;
  return new Blob([file, end], { type: "application/pdf" });
}
