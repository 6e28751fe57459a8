"""Inspection at a distance: the file is parsed in another process, and this one always gets an answer.

A parser can hang, eat memory or crash on a hostile file (promise P6). So a warm child holds the models and
forks a short-lived reader for every file, under limits of processor time, memory and wall time. Pipes only: there is no
shared memory in Lambda. Light to import: the heavy modules load in the child.
"""

import os
import select
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

import msgspec

from chalicelib.documents.errors import RecognitionUnavailableError, TimedOutError, UploadFault
from chalicelib.documents.files.gate import check_upload, content_type_of
from chalicelib.documents.sight.seen import PageReader, SeenLine
from chalicelib.documents.types import Inspection, Kind

_ROOT = Path(__file__).resolve().parents[2]
STARTING_SECONDS = 25.0
GRACE_SECONDS = 5.0
"""What the child may take to load its models, and longer than a file's wall time to tell that it was stopped.

With the wall time of a file they stay below the time limit of the function that inspects.
"""
_MAX_PAGES = 12  # an honest file asks for half as many; each costs money
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "LANG", "TZ")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one file may take: seconds of processor and wall time, bytes of address space and of resident memory."""

    cpu_seconds: int = 10
    wall_seconds: float = 25.0
    address_bytes: int = 2 * 1024**3
    resident_bytes: int = 1024**3


class Order(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One file to read; `wanted` is the kind that belongs into its slot. Who `asks` has pages read by the parent.

    Of what is only to be `shown` no text is read.
    """

    data: bytes
    declared_type: str | None
    wanted: str | None
    limits: Limits
    asks: bool = False
    shown: bool = False


class InspectionResult(msgspec.Struct, frozen=True, kw_only=True):
    """The inspection and one JPEG a page (at most eight, at most 1,600 pixels wide) for people to look at.

    `processor_seconds` and `peak_bytes` (resident memory) are what the confined reading took; 0 without a child.
    """

    inspection: Inspection
    previews: tuple[bytes, ...] = ()
    processor_seconds: float = 0.0
    peak_bytes: int = 0


class Told(msgspec.Struct, frozen=True, tag=True):
    """To the child: the lines of the page that it asked for."""

    lines: tuple[SeenLine, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """From the child: that its models are loaded, later a page (JPEG) that it wants read, or a result.

    `opened` stays between the child and its reader of a file: what to say should the reading not end in time.
    """

    ready: bool = True
    page: bytes | None = None
    result: InspectionResult | None = None
    opened: InspectionResult | None = None


def faulty(data: bytes, code: str) -> Inspection:
    """The answer for a file that could not be read at all; `code` is that of an `UploadFault`."""
    kind = Kind.UNREADABLE
    return Inspection(kind=kind, kind_confidence=1.0, content_type=content_type_of(data), pages=0, fault=code)


def unchecked(content_type: str, pages: int) -> Inspection:
    """The answer for a file that was opened and whose text was not read in time: this machine's fault, not its own."""
    return Inspection(kind=Kind.UNCHECKED, kind_confidence=1.0, content_type=content_type, pages=pages)


class Confinement:
    """A warm child process; one file at a time, from any thread. Started by the first file or by `warm`.

    With a `page_reader` the child recognises no pages: it has neither network nor credentials, so it asks for
    them over its pipe, and this process has them read.
    """

    def __init__(self, limits: Limits | None = None, page_reader: PageReader | None = None) -> None:
        self.limits = limits or Limits()
        self._page_reader = page_reader
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start the child and wait until its models are loaded. Raises TimedOutError if that fails."""
        with self._lock:
            self._started()

    def inspect(
        self, data: bytes, declared_type: str | None = None, wanted: str | None = None
    ) -> InspectionResult:
        """What the file is; a fault (`timed_out`, `damaged`, ...) inside the inspection, never an exception of a parser.

        A file that is stopped while it is opened is `timed_out`: it costs too much. One that was opened and not read
        in time is `unchecked`.

        Raises RecognitionUnavailableError when the page reader does: the same file may be readable later.
        """
        order = Order(
            data=data,
            declared_type=declared_type,
            wanted=wanted,
            limits=self.limits,
            asks=self._page_reader is not None,
        )
        return self._carried_out(order)

    def picture(self, data: bytes, declared_type: str | None = None) -> InspectionResult:
        """A picture of the file's first page made by the child, and nothing read; a fault as `inspect` tells it."""
        return self._carried_out(
            Order(data=data, declared_type=declared_type, wanted=None, limits=self.limits, shown=True)
        )

    def _carried_out(self, order: Order) -> InspectionResult:
        try:
            check_upload(order.data, order.declared_type)
        except UploadFault as fault:
            return InspectionResult(inspection=faulty(order.data, fault.code))
        with self._lock:
            answer = self._result(self._started(), order)
            if answer is None or answer.result is None:
                self._stop()
                return InspectionResult(inspection=faulty(order.data, TimedOutError.code))
            return answer.result

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = _spawned()
            if _next_answer(self._child, STARTING_SECONDS) is None:
                self._stop()
                raise TimedOutError(while_starting=True)
        return self._child

    def _result(self, child: subprocess.Popen[bytes], order: Order) -> Answer | None:
        """The child's last word on the file, its pages read for it until then."""
        answer, waited = self._said(child, order), 0.0
        for _ in range(_MAX_PAGES):
            if answer is None or answer.page is None or self._page_reader is None:
                break
            started = time.monotonic()
            try:
                lines = self._page_reader(answer.page)
            except RecognitionUnavailableError:
                self._stop()  # it waits for lines that will not come
                raise
            waited += time.monotonic() - started
            answer = self._said(child, Told(lines))
        if answer and answer.result and _ran_out(answer.result) and waited > self.limits.wall_seconds / 2:
            raise RecognitionUnavailableError(reason="TooSlow")
        return answer

    def _said(self, child: subprocess.Popen[bytes], message: Order | Told) -> Answer | None:
        """What the child answers to the message."""
        assert child.stdin is not None  # noqa: S101 - Popen was given a pipe
        try:
            write_frame(child.stdin.fileno(), msgspec.msgpack.encode(message))
        except OSError:
            return None
        return _next_answer(child, self.limits.wall_seconds + GRACE_SECONDS)

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            for stream in (self._child.stdin, self._child.stdout):
                if stream is not None:
                    stream.close()
            self._child = None


def _ran_out(result: InspectionResult) -> bool:
    """Whether the time for the file was over before its text was read."""
    return result.inspection.kind is Kind.UNCHECKED or result.inspection.fault == TimedOutError.code


@cache
def shared_confinement() -> Confinement:
    """The one warm child of this process (of a Lambda container)."""
    return Confinement()


def inspect_confined(
    data: bytes,
    declared_type: str | None = None,
    wanted: str | None = None,
    confinement: Confinement | None = None,
) -> InspectionResult:
    """Inspect a file in the warm child of this process, or of `confinement`. Always returns an answer."""
    return (confinement or shared_confinement()).inspect(data, declared_type, wanted)


def _spawned() -> subprocess.Popen[bytes]:
    """The child with a bare environment: it reads strangers' files and needs none of this process's secrets."""
    paths = [str(_ROOT), *(path for path in sys.path if path)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        "PYTHONPATH": os.pathsep.join(paths),
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "chalicelib.documents.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        cwd=_ROOT,
        bufsize=0,
    )


def _next_answer(child: subprocess.Popen[bytes], seconds: float) -> Answer | None:
    assert child.stdout is not None  # noqa: S101 - Popen was given a pipe
    try:
        frame = read_frame(child.stdout.fileno(), time.monotonic() + seconds)
        return msgspec.msgpack.decode(frame, type=Answer) if frame is not None else None
    except (OSError, TimeoutError, msgspec.DecodeError):
        return None


def write_frame(descriptor: int, payload: bytes) -> None:
    """Four bytes of length, then the payload."""
    view = memoryview(len(payload).to_bytes(4, "big") + payload)
    while view:
        view = view[os.write(descriptor, view) :]


def read_frame(descriptor: int, deadline: float | None) -> bytes | None:
    """The next payload, None at the end of the stream. Raises TimeoutError past `deadline` (monotonic seconds)."""
    head = _exactly(descriptor, 4, deadline)
    return None if head is None else _exactly(descriptor, int.from_bytes(head, "big"), deadline)


def _exactly(descriptor: int, size: int, deadline: float | None) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        left = None if deadline is None else max(deadline - time.monotonic(), 0)
        if not select.select([descriptor], [], [], left)[0]:
            raise TimeoutError
        part = os.read(descriptor, min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)
