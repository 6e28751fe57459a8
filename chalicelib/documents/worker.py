"""The warm child: loads the models once, then reads each file in a child of its own under hard limits.

Run as `python -m chalicelib.documents.worker` by `confined`; speaks frames of 4 bytes length and MessagePack on
standard input and output. This process looks into no file but those of its own rehearsal: only its short-lived
children do.
"""

import gc
import os
import resource
import select
import signal
import time
from collections.abc import Iterator

import msgspec

from chalicelib.documents.confined import (
    Answer,
    InspectionResult,
    Limits,
    Order,
    Told,
    faulty,
    read_frame,
    write_frame,
)
from chalicelib.documents.errors import DamagedError, TimedOutError
from chalicelib.documents.inspection import examine, look_at
from chalicelib.documents.rehearsal import rehearse
from chalicelib.documents.sight.recognition import LocalRecogniser, Recogniser
from chalicelib.documents.sight.seen import SeenLine

_PAGE = resource.getpagesize()
_PATIENCE = 0.6  # of a file's processor time, after which lines are read quickly only


class Parent(msgspec.Struct, frozen=True):
    """The two ends towards the process that wants files read."""

    orders: int
    answers: int

    def tell(self, answer: Answer) -> None:
        """Hand an answer over."""
        write_frame(self.answers, msgspec.msgpack.encode(answer))


def main() -> None:
    """Serve until standard input closes; Ctrl-C is for whoever started this, who then closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = Parent(orders=os.dup(0), answers=os.dup(1))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    recogniser = LocalRecogniser(patience=_PATIENCE * Limits().cpu_seconds)
    rehearse(recogniser)
    gc.disable()  # a child ends before it pays, and would copy every page that it looks through
    gc.freeze()
    parent.tell(Answer())
    while (frame := read_frame(parent.orders, None)) is not None:
        order = msgspec.msgpack.decode(frame, type=Order | Told)
        if isinstance(order, Order):  # else lines that came too late for the file that asked for them
            parent.tell(Answer(result=_guarded(order, recogniser, parent)))


def _guarded(order: Order, recogniser: LocalRecogniser, parent: Parent) -> InspectionResult:
    """The child's result, or what its death stands for: a file not read in time, or a fault of the file."""
    receiving, sending = os.pipe()
    hearing, telling = os.pipe()
    child = os.fork()
    if child == 0:
        # Who reads a stranger's file can speak to this process alone, not in its name.
        for other in (receiving, telling, parent.orders, parent.answers):
            os.close(other)
        _child(order, recogniser, sending, hearing)
    os.close(sending)
    os.close(hearing)
    os.set_blocking(telling, False)
    try:
        heard = _heard(receiving, telling, child, order.limits, parent)
    finally:
        os.close(receiving)
        os.close(telling)
        os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    spent = not heard.in_time or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU)
    result = heard.result or (heard.opened if spent else None)
    fault = TimedOutError.code if spent else DamagedError.code
    return msgspec.structs.replace(
        result or InspectionResult(inspection=faulty(order.data, fault)),
        processor_seconds=used.ru_utime + used.ru_stime,
        peak_bytes=used.ru_maxrss * 1024,
    )


def _child(order: Order, recogniser: LocalRecogniser, sending: int, hearing: int) -> None:
    """Read the file and leave without a trace; never returns."""
    try:
        _confine(order.limits)
        if order.shown:
            result = look_at(order.data, order.declared_type)
        else:
            result = _examined(order, recogniser, sending, hearing)
        write_frame(sending, msgspec.msgpack.encode(Answer(result=result)))
    except BaseException:
        os._exit(1)
    os._exit(0)


def _examined(order: Order, recogniser: LocalRecogniser, sending: int, hearing: int) -> InspectionResult:
    return examine(
        order.data,
        _asking(recogniser, sending, hearing) if order.asks else recogniser,
        order.declared_type,
        order.wanted,
        when_opened=lambda opened: write_frame(sending, msgspec.msgpack.encode(Answer(opened=opened))),
    )


def _asking(recogniser: LocalRecogniser, sending: int, hearing: int) -> Recogniser:
    """Whole pages are read by whom the parent asks, single lines here."""
    from chalicelib.documents.sight.service import ServiceRecogniser

    def lines(page: bytes) -> tuple[SeenLine, ...]:
        write_frame(sending, msgspec.msgpack.encode(Answer(page=page)))
        frame = read_frame(hearing, None)
        return msgspec.msgpack.decode(frame or b"", type=Told).lines

    return ServiceRecogniser(lines, recogniser.read_line)


def _confine(limits: Limits) -> None:
    """No more processor time, memory or files than one document may need."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_bytes, limits.address_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Heard(msgspec.Struct):
    """What a child told: that the file could be opened, its result; `in_time` unless it had to be stopped."""

    opened: InspectionResult | None = None
    result: InspectionResult | None = None
    in_time: bool = True


def _heard(receiving: int, telling: int, child: int, limits: Limits, parent: Parent) -> _Heard:
    """All that the child tells until it ends or its time is over; the caller kills a child that goes on."""
    deadline = time.monotonic() + limits.wall_seconds
    heard = _Heard()
    try:
        for frame in _frames(receiving, child, limits, deadline):
            answer = msgspec.msgpack.decode(frame, type=Answer)
            if answer.page is not None:
                _relayed(answer, telling, deadline, parent)
            heard.opened, heard.result = answer.opened or heard.opened, answer.result
            if answer.result:
                break
    except TimeoutError:
        heard.in_time = False
    except (OSError, msgspec.DecodeError):
        pass  # it breaks off or babbles: what it told before counts
    return heard


def _frames(receiving: int, child: int, limits: Limits, deadline: float) -> Iterator[bytes]:
    """What the child writes, until it ends or takes too much memory. Raises TimeoutError past `deadline`."""
    received = bytearray()
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([receiving], [], [], min(left, 0.05))
        part = os.read(receiving, 1 << 20) if ready else b""
        received += part
        while frame := _taken(received):
            yield frame
        if (ready and not part) or (not ready and _resident(child) > limits.resident_bytes):
            return
    raise TimeoutError


def _taken(received: bytearray) -> bytes | None:
    """The first frame out of what was received, once it is whole."""
    end = 4 + int.from_bytes(received[:4], "big")
    if len(received) < end or len(received) < 4:
        return None
    frame = bytes(received[4:end])
    del received[:end]
    return frame


def _relayed(answer: Answer, telling: int, deadline: float, parent: Parent) -> None:
    """The child's page to the parent, and the parent's lines to the child. Raises TimeoutError past `deadline`."""
    parent.tell(answer)
    lines = read_frame(parent.orders, deadline)
    if lines is None:
        raise BrokenPipeError
    view = memoryview(len(lines).to_bytes(4, "big") + lines)
    while view:
        # A child that does not listen must not hold this process up.
        if not select.select([], [telling], [], max(deadline - time.monotonic(), 0))[1]:
            raise TimeoutError
        view = view[os.write(telling, view) :]


def _resident(child: int) -> int:
    """Bytes of memory that the child holds now; 0 when it is gone."""
    try:
        with open(f"/proc/{child}/statm", encoding="ascii") as status:  # noqa: PTH123 - no Path in a hot loop
            return int(status.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
