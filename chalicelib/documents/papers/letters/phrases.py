"""How village letters say in running text who leads which group, what art it is and where it has its seat.

Each pattern's only group is the value. Patterns of a field stand in the order in which they are believed.
"""

import re

QUOTES = '"“”„‟″«»'
_SINGLE = "'‘’`´"
_KIND = r"(?:kelompok|grup|group|sanggar|paguyuban|organisasi|perkumpulan|komunitas|orkes|lembaga)"
_SIR = (
    r"(?:(?:Saudara|Saudari|Sdr|Sdri|Bapak|Bpk|Ibu|Tuan|Nyonya|Tn|Ny)\b"
    r"(?:\s*/\s*(?:i|Sdri|Saudari|Ibu)\b)?[.\s:]*)"
)
_NAMED = r"(?:dengan\s*nama|bernama|yang\s*diberi\s*nama)\s*:?\s*"
_ON = r"yang|dan|dengan|serta|adalah|alamat|beralamat(?:kan)?|dipimpin|diketuai"
_END = (
    rf"(?=\s+(?:{_ON}|bernama|di|bertempat|berkedudukan|berdomisili|bersekretariat|benar|sejak|telah|dalam|untuk|sampai|hingga|tersebut)\b"
    rf"|\s*[,;]\s|\s*[,.;]\s*(?:{_ON}|Demikian)\b|(?<=[a-z]{{3}})\.\s|[\s.]{{0,9}}$)"
)
_END_OF_PERSON = (
    r"(?=\s*[,;(]|\s+(?:NIK|No|Nomor|pemegang|lahir|umur|usia|pekerjaan|alamat|beralamat|bertempat|berdomisili|yang|adalah"
    r"|selaku|sebagai|merupakan|warga|penduduk|dengan|jenis|benar|tempat|agama|dan|dari|sampai|sejak|untuk)\b"
    r"|(?<=[a-z]{5})\.(?:\s|$)|[\s.:]{0,9}$)"
)
_END_OF_ADDRESS = (
    r"(?=\s*,?\s*\b(?:dan|yang|adalah|merupakan|dengan|serta|masih|sampai|sejak|beranggotakan|dipimpin|diketuai|di\s+bawah"
    r"|selaku|sebagai|tersebut|benar|pekerjaan|NIK)\b|(?<=[a-z]{4})\.\s+(?-i:[A-Z])|[\s.,]{0,9}$)"
)
_NO_ART = r"(?!\s*(?:dengan|yang|bernama|berikut|tersebut|ini|di|dan|kami|setempat|sebagai|(?:tradisional|budaya)\s+yang)\b)\s*"
_ART = r"(?:kesenian|seni(?!man))"


def _said(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


NAMED = _said(rf"{_NAMED}[{QUOTES}{_SINGLE}]+\s*(.+?)\s*[{QUOTES}{_SINGLE}]+(?![a-z])")
"""Also of a person: `seorang bernama "X"`."""
NAMES = (
    NAMED,
    _said(
        rf"\b(?:ketua|pimpinan|pendiri|pemilik|pengelola|pengasuh)\s+(?:dari\s+)?[{QUOTES}]\s*([^{QUOTES}]{{3,60}}?)\s*[{QUOTES}]"
    ),
    _said(rf"(?:{_KIND}|{_ART})[^{QUOTES}:]{{0,60}}[{QUOTES}]\s*([^{QUOTES}]{{3,60}}?)\s*[{QUOTES}]"),
    _said(rf"(?:{_KIND}|{_ART})[^{QUOTES}:]{{0,60}}(?<!\w)[{_SINGLE}]\s*(\w.{{2,50}}?)\s*[{_SINGLE}](?!\w)"),
    _said(rf"[{QUOTES}]\s*([^{QUOTES}]{{3,60}}?)\s*[{QUOTES}]\s*,?\s*(?:adalah|merupakan)\b"),
    _said(rf"(?:{_KIND}|{_ART})[^{QUOTES}:.]{{0,50}}{_NAMED}(.+?){_END}"),
    _said(
        r"(?:ketua|pimpinan|pengurus|pemilik|pengelola|bahwa)\s+(?:dari\s+)?"
        rf"((?:Sanggar|Paguyuban|Orkes|Perkumpulan|Komunitas)\s+(?-i:[A-Z]).+?){_END}"
    ),
)
ARTS = (
    _said(rf"{_KIND}\s*{_ART}{_NO_ART}([A-Za-z/ -]+?)(?:{_END}|(?=\s*[{QUOTES}{_SINGLE}]))"),
    _said(rf"(?:jenis|bidang|bentuk)\s*{_ART}\s*:?{_NO_ART}([A-Za-z/' -]+?){_END}"),
    _said(rf"{_ART}\s+([A-Za-z/ -]+?)\s*(?=dengan\s*nama|bernama|[{QUOTES}])"),
    _said(rf"{_KIND}\s+(?!{_ART}\b){_NO_ART}((?-i:[A-Z])[A-Za-z/ -]+?)\s*(?=[{QUOTES}])"),
)
QUOTED = _said(rf"[{QUOTES}][^{QUOTES}]{{3,60}}[{QUOTES}]")
ADDRESSES = (
    _said(
        r"(?:beralamat(?:kan)?|berkedudukan|bertempat(?:\s*tinggal)?|berdomisili|bersekretariat|sekretariat|tinggal"
        rf"|\balamat(?:nya)?(?:\s+(?:sekretariat|rumah))?)\s*(?:di\b|:)?\s*(?![,.])(.+?){_END_OF_ADDRESS}"
    ),
    _said(
        rf"{_NAMED}.{{3,60}}?\s+di\s+((?:Jl|Jalan|Dsn|Dusun|RT|Desa|Ds|Kelurahan|Kel|Perum)\b.+?){_END_OF_ADDRESS}"
    ),
)
HOME = _said(r"tinggal|rumah")
NOWHERE = _said(r"^(?:wilayah|daerah|tempat|alamat)\b|\b(?:kami|tersebut|kita)\b")
OF_GROUP = _said(rf"\b{_KIND}\b|\bkesenian\b|[{QUOTES}]")
OF_PERSON = _said(
    rf"\b{_SIR}|\bNIK\b|\blahir\b|\bpekerjaan\b|\bseorang\b|\b(?:dipimpin|diketuai)\s+oleh|\b[0-9]{{16}}\b"
)
LEADERS = (
    _said(
        r"(?:(?:dipimpin|diketuai|dikelola|diasuh|dibina)\s+oleh|di\s*bawah\s+pimpinan)\s*:?\s*"
        rf"{_SIR}?(\S.{{2,60}}?){_END_OF_PERSON}"
    ),
    _said(rf"\b{_SIR}(\S.{{2,60}}?){_END_OF_PERSON}"),
    _said(rf"\batas\s+nama\s*:?\s*(\S.{{2,60}}?){_END_OF_PERSON}"),
    _said(
        r"\b(?:seorang|orang|warga|penduduk|laki-laki|perempuan)\b"
        rf"[^{QUOTES}.:]{{0,30}}\bbernama\s*:?\s*(\S.{{2,60}}?){_END_OF_PERSON}"
    ),
    _said(rf"\bbahwa\s*:?\s*(?:nama\b\s*:?\s*)?(\S.{{2,60}}?){_END_OF_PERSON}"),
    _said(
        r"\b(?:ketua|pimpinan|penanggung\s*jawab)(?:nya)?\s+(?:adalah|yaitu|ialah|bernama)?\s*:?\s*"
        rf"(\S.{{2,60}}?){_END_OF_PERSON}"
    ),
)
CLOSING = _said(r"\bDemikian\b|\bSurat\s+keterangan\s+ini")
