"""Bars on standard error that tell how far long work is; none where that is no terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.retrieval.progress import Progress, silent
from assistant.wording import worded
from knowledge.models import Language

if TYPE_CHECKING:
    from rich.progress import Progress as Bars


@contextmanager
def bars(language: Language, *keys: str) -> "Iterator[tuple[Progress, ...]]":
    """Give one ``Progress`` for each phrase; a bar appears once there is something to tell."""
    if not sys.stderr.isatty():
        yield tuple(silent for _ in keys)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    from api.render.terminal import console

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=console(stderr=True), transient=True) as shown:
        yield tuple(_Bar(shown, worded(key, language)) for key in keys)


@dataclass
class _Bar:
    bars: "Bars"
    name: str
    task: int | None = None

    def __call__(self, done: int, total: int) -> None:
        from rich.progress import TaskID

        if self.task is None:
            self.task = self.bars.add_task(self.name, total=total)
        self.bars.update(TaskID(self.task), completed=done, total=total)
