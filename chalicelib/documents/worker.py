"""The warm child: loads the models once, then reads each file in a child of its own under hard limits.

Run as `python -m chalicelib.documents.worker` by `confined`; speaks frames of 4 bytes length and MessagePack on
standard input and output. This process never looks into a file: only its short-lived children do.
"""

import os
import resource
import select
import signal
import time

import msgspec

from chalicelib.documents.confined import (
    Answer,
    InspectionResult,
    Limits,
    Order,
    faulty,
    read_frame,
    write_frame,
)
from chalicelib.documents.errors import DamagedError, TimedOutError
from chalicelib.documents.inspection import examine
from chalicelib.documents.recognition import LocalRecogniser

_PAGE = resource.getpagesize()


def main() -> None:
    """Serve until standard input closes; Ctrl-C is for whoever started this, who then closes it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    orders, answers = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    recogniser = LocalRecogniser()
    write_frame(answers, msgspec.msgpack.encode(Answer(ready=True)))
    while (frame := read_frame(orders, None)) is not None:
        order = msgspec.msgpack.decode(frame, type=Order)
        write_frame(answers, msgspec.msgpack.encode(Answer(ready=True, result=_guarded(order, recogniser))))


def _guarded(order: Order, recogniser: LocalRecogniser) -> InspectionResult:
    """The child's result, or the fault that its death stands for."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _child(order, recogniser, sending)
    os.close(sending)
    try:
        payload, in_time = _collected(receiving, child, order.limits)
    finally:
        os.close(receiving)
        os.kill(child, signal.SIGKILL)
        _, status, used = os.wait4(child, 0)
    spent = not in_time or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU)
    try:
        result = msgspec.msgpack.decode(payload, type=InspectionResult)
    except msgspec.DecodeError:
        fault = TimedOutError.code if spent else DamagedError.code
        result = InspectionResult(inspection=faulty(order.data, fault))
    return msgspec.structs.replace(
        result, processor_seconds=used.ru_utime + used.ru_stime, peak_bytes=used.ru_maxrss * 1024
    )


def _child(order: Order, recogniser: LocalRecogniser, sending: int) -> None:
    """Read the file and leave without a trace; never returns."""
    try:
        _confine(order.limits)
        result = examine(order.data, recogniser, order.declared_type, order.wanted)
        write_all(sending, msgspec.msgpack.encode(result))
    except BaseException:
        os._exit(1)
    os._exit(0)


def _confine(limits: Limits) -> None:
    """No more processor time, memory or files than one document may need."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.address_bytes, limits.address_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write_all(descriptor: int, data: bytes) -> None:
    """All bytes, however small the pipe."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _collected(receiving: int, child: int, limits: Limits) -> tuple[bytes, bool]:
    """What the child wrote, and whether it ended in time; the caller kills a child that did not."""
    deadline = time.monotonic() + limits.wall_seconds
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([receiving], [], [], min(left, 0.05))
        if ready:
            part = os.read(receiving, 1 << 20)
            if not part:
                return b"".join(parts), True
            parts.append(part)
        elif _resident(child) > limits.resident_bytes:
            return b"", True
    return b"", False


def _resident(child: int) -> int:
    """Bytes of memory that the child holds now; 0 when it is gone."""
    try:
        with open(f"/proc/{child}/statm", encoding="ascii") as status:  # noqa: PTH123 - no Path in a hot loop
            return int(status.read().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


if __name__ == "__main__":
    main()
