"""One deadline as a calendar file (RFC 5545): a moment, no alarm, the same event again when it is fetched again."""

from datetime import UTC, datetime

LONGEST_LINE = 75
"""Octets (RFC 5545, 3.1)."""


def calendar_file(*, uid: str, at: datetime, made_at: datetime, title: str, url: str, version: int) -> str:
    """The file. `uid` stays the same for one application; a later `version` takes the place of an earlier one."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//DPMPTSP Kabupaten Pasuruan//Sanggar//ID",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(at)}",
        f"SEQUENCE:{version}",
        f"SUMMARY:{escaped(title)}",
        f"URL:{url}",
        f"DESCRIPTION:{escaped(url)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """A value of type TEXT (3.3.11)."""
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, none of which ends inside a character."""
    pieces, piece, room = [], "", LONGEST_LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", LONGEST_LINE - 1
        piece, room = piece + letter, room - size
    return "\r\n".join([*pieces, piece])


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
