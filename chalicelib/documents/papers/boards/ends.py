"""Where a board ends: at the place and day of signing, at a closing sentence, at a list of plain members."""

import re

from chalicelib.documents.papers.reading import row_text
from chalicelib.documents.sight.sheet import Row

_CLOSES = re.compile(
    r"^\W*(?:Hormat\s+kami|Mengetahui|Menyetujui|Mengesahkan|Demikian|Catatan|Ditetapkan|Dibuat\s+di|Disahkan|"
    r"Tanda\s*tangan|Dengan\s+ini)|(?:DAFTAR|NAMA[\s-]*NAMA)\s+(?:NAMA\s+)?ANGGOTA\s*:?\s*$",
    re.IGNORECASE,
)
_DAY = r"[0-9.…_]{1,12}\s*[A-Za-z]{3,}\s*[0-9.…_]{4,}|[0-9]{1,2}\s?[-/.]\s?[0-9]{1,2}\s?[-/.]\s?[0-9]{4}"
_SIGNED = re.compile(rf"^\W*[A-Z][A-Za-z' .-]+,\s*(?:tanggal\s*)?(?:{_DAY})\W*$|,\s*(?:{_DAY})\W*$")


def ends_board(row: Row) -> bool:
    """Whether this row stands below a board; a day of birth in a row of many cells does not."""
    return bool(_CLOSES.search(row_text(row))) or (len(row) <= 2 and any(_SIGNED.search(p.text) for p in row))
