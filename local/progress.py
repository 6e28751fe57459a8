"""How far a long reading is: a bar with the time left on a terminal, else a line for each thing done."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Thing = TypeVar("Thing")


def shown(things: Iterable[Thing], total: int, line: Callable[[Thing], str]) -> Iterator[Thing]:
    """The things as they come, with `line` said about each on standard error."""
    if not sys.stderr.isatty():
        for number, thing in enumerate(things, start=1):
            print(f"{number}/{total} {line(thing)}", file=sys.stderr)
            yield thing
        return
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True, highlight=False)) as bar:
        task = bar.add_task("", total=total)
        for thing in things:
            bar.console.print(line(thing), markup=False)
            bar.advance(task)
            yield thing
