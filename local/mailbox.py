"""What the stack has mailed: every message as a file, and a page that shows them."""

import threading
from email import message_from_bytes, policy
from html import escape
from pathlib import Path

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends


class Mailbox:
    """Writes each message that moto's SES took to `folder`, in the order of sending."""

    def __init__(self, folder: Path, region: str) -> None:
        self._folder = folder
        self._region = region
        self._written = 0
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.eml"):
            old.unlink()

    def collect(self) -> list[Path]:
        """All messages so far, oldest first, written to files."""
        with self._lock:
            sent = list(
                ses_backends[DEFAULT_ACCOUNT_ID][self._region].sent_messages
            )  # others append meanwhile
            for message in sent[self._written :]:
                self._written += 1
                (self._folder / f"{self._written:05d}.eml").write_bytes(message.raw_data.encode())
        return sorted(self._folder.glob("*.eml"))

    def page(self) -> str:
        """The messages as a page, the newest first."""
        letters = "".join(_letter(path) for path in reversed(self.collect()))
        letters = letters.replace("<details>", "<details open>", 1)  # the newest is what is waited for
        style = (
            "body{font:16px/1.5 sans-serif;max-width:60rem;margin:auto;padding:1rem}"
            "pre{white-space:pre-wrap}pre,summary{overflow-wrap:anywhere}summary{min-height:48px}"
        )
        return (
            "<!doctype html><html lang='id'><meta charset='utf-8'>"
            "<meta name='viewport' content='width=device-width'>"
            f"<title>Surat keluar</title><style>{style}</style>"
            f"<h1>Surat keluar</h1>{letters or '<p>Belum ada surat.</p>'}</html>"
        )


def _letter(path: Path) -> str:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    text = _linked(str(body.get_content()) if body else "")
    head = f"{escape(str(message['To']))}: {escape(str(message['Subject']))}"
    file = f"<a href='/_outbox/{path.name}'>{path.name}</a>"
    return f"<details><summary>{head} ({file})</summary><pre>{text}</pre></details>"


def _linked(text: str) -> str:
    words = []
    for line in text.split("\n"):
        pieces = [
            f"<a href='{escape(word)}'>{escape(word)}</a>" if word.startswith("http") else escape(word)
            for word in line.split(" ")
        ]
        words.append(" ".join(pieces))
    return "\n".join(words)
