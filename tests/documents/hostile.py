"""Files that mean harm, and honest files broken on the way."""

import io
import struct
import zlib

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer


def pdf(*objects: bytes, root: int = 1) -> bytes:
    """A PDF of raw objects, numbered from 1, with a correct table of places."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + table
        + b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, root, len(body))
    )


def with_words(media_box: bytes = b"0 0 595 842", catalog: bytes = b"") -> bytes:
    """A PDF of one page that says something; `catalog` is put into its root."""
    words = b"BT /F 14 Tf 40 400 Td (Undangan rapat warga di balai desa hari Minggu pagi) Tj ET"
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R /Resources %s >>" % (media_box, font),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
    )


_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>"


def with_pages(count: int) -> bytes:
    """A PDF of empty pages."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    pages = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids)
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[_PAGE % b""] * count)


def endless_page_tree() -> bytes:
    """Its page tree contains itself."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 3 0 R] /Parent 2 0 R >>",
        _PAGE % b"",
    )


def form_that_draws_itself() -> bytes:
    """A content stream that draws a form that draws itself, many times."""
    stream = b"/F Do " * 200
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F 4 0 R >> >> /Length %d >>\nstream\n%s\nendstream"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        _PAGE % b"/Resources << /XObject << /F 4 0 R >> >> /Contents 4 0 R",
        form % (len(stream), stream),
    )


def bomb(size: int = 1_000_000_000) -> bytes:
    """A page whose content is `size` bytes of drawing, packed into little more than a megabyte."""
    packer, block = zlib.compressobj(9), b"0 0 m 9 9 l S " * 100_000
    packed = b"".join([packer.compress(block) for _ in range(size // len(block))]) + packer.flush()
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream"
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        _PAGE % b"/Contents 4 0 R",
        stream,
    )


def locked(document: bytes) -> bytes:
    """The PDF behind a password."""
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(document)))
    writer.encrypt("rahasia", "rahasia")  # type: ignore[no-untyped-call]  # pyHanko leaves these two untyped
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def patched(document: bytes, printed: str, shown: str) -> bytes:
    """The PDF with a little picture that says `shown` pasted over every place where its text says `printed`."""
    opened = pypdfium2.PdfDocument(document)
    page = opened[0]
    found = page.get_textpage().search(printed)
    while place := found.get_next():
        boxes = [found.textpage.get_charbox(at) for at in range(place[0], place[0] + place[1])]
        left, bottom = min(box[0] for box in boxes) - 1, min(box[1] for box in boxes) - 2
        right, top = max(box[2] for box in boxes) + 1, max(box[3] for box in boxes) + 2
        patch = pypdfium2.PdfImage.new(opened)
        patch.load_jpeg(io.BytesIO(_words(shown, (right - left) / (top - bottom))))
        patch.set_matrix(pypdfium2.PdfMatrix().scale(right - left, top - bottom).translate(left, bottom))
        page.insert_obj(patch)
    page.gen_content()
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _words(text: str, shape: float) -> bytes:
    font = ImageFont.load_default(size=60)
    width = int(font.getlength(text)) + 20
    picture = Image.new("RGB", (width, 90), "white")
    ImageDraw.Draw(picture).text((10, 8), text, "black", font)
    out = io.BytesIO()
    picture.resize((max(int(90 * shape), 90), 90)).save(out, "JPEG", quality=92)
    return out.getvalue()


def huge_png(width: int = 50_000, height: int = 50_000) -> bytes:
    """A small PNG whose header promises very many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def talkative_png(name: bytes, size: int = 300_000_000) -> bytes:
    """A PNG with a packed chunk of that many bytes that have nothing to do with the picture."""
    out = io.BytesIO()
    Image.new("L", (300, 200), 255).save(out, "PNG")
    header, rest = out.getvalue()[:33], out.getvalue()[33:]
    return header + _chunk(name, b"remark\0\0" + zlib.compress(bytes(size))) + rest


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def huge_webp(kind: str) -> bytes:
    """A small WebP whose first chunk, of that kind, promises the most pixels that it can."""
    most = 16_383
    lossless = (most - 1) | (most - 1) << 14
    first = {
        "VP8 ": b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", most, most),
        "VP8L": b"\x2f" + struct.pack("<I", lossless),
        "VP8X": b"\0\0\0\0" + b"\xff\xff\x00" * 2,
    }[kind].ljust(64, b"\0")
    chunk = kind.encode() + struct.pack("<I", len(first)) + first
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk
