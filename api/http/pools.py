"""Where work is done that would hold up the event loop: each kind in a pool of its own, so none holds up others."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

from api.http.problems import WAIT, Refused
from assistant.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
KEEPING = 16
"""Calls of the database or the index at once."""


@dataclass
class Pools:
    """``thinking`` drafts and checks, ``keeping`` waits for databases."""

    turns: "Turns"
    thinking: CapacityLimiter
    keeping: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(KEEPING))

    async def think(self, act: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        return await to_thread.run_sync(lambda: act(*args, **named), limiter=self.thinking)

    async def keep(self, act: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        return await to_thread.run_sync(lambda: act(*args, **named), limiter=self.keeping)


def threads(settings: Settings) -> int:
    """Return how many threads of this process draft at once: its part of the cores, unless the setting says another."""
    return settings.api_threads or max(1, (os.cpu_count() or 1) // settings.api_workers)


class Turns:
    """Turns of conversations, each of which a model may hold up: so many at once, as many waiting, no more."""

    def __init__(self, most: int) -> None:
        self.places = 2 * most
        self.taken = 0
        self._threads = ThreadPoolExecutor(most, thread_name_prefix="turn")

    def begin(self, events: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
        """Take a place and start; what is yielded by ``events`` is passed on as it comes.

        ``Refused`` where all places are taken. A turn is carried to its end even if nobody listens any more.
        """
        if self.taken >= self.places:
            raise Refused(503, "turns-full", "web.turns_full", {"Retry-After": str(WAIT)})
        self.taken += 1
        passed = _Passed[T](asyncio.get_running_loop())
        ended = self._threads.submit(passed.run, events)
        ended.add_done_callback(lambda _: passed.loop.call_soon_threadsafe(self._freed))
        return passed.events()

    def _freed(self) -> None:
        self.taken -= 1

    def close(self) -> None:
        """Wait for the turns that are running."""
        self._threads.shutdown(wait=True, cancel_futures=True)


class _Passed(Generic[T]):
    """Hands events from a thread to the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self._queue: asyncio.Queue[T | BaseException | None] = asyncio.Queue()

    def run(self, events: Callable[[], Iterator[T]]) -> None:
        try:
            for event in events():
                self._put(event)
            self._put(None)
        except BaseException as error:
            self._put(error)

    def _put(self, event: T | BaseException | None) -> None:
        self.loop.call_soon_threadsafe(self._queue.put_nowait, event)

    async def events(self) -> AsyncIterator[T]:
        while (event := await self._queue.get()) is not None:
            if isinstance(event, BaseException):
                raise event
            yield event
