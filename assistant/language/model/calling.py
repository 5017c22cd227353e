"""One request at a time to the server, read under a deadline."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import aclosing, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from assistant.language.model.guard import Guard
from assistant.language.model.request import Piece, Request
from assistant.language.model.trouble import Trouble

if TYPE_CHECKING:
    from assistant.language.model.client import Chat

REMAINS = 1.0
"""Seconds to read what a server sends behind the end, so that the connection can be used again."""
CLOSES = 5.0


class Loop:
    """An event loop in a thread: only what runs in one can be ended at any moment, whatever the server does."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="scorecraft-model", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, None]) -> "Future[None]":
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self, last: Coroutine[Any, Any, None]) -> None:
        """End all calls and the thread."""
        if threading.current_thread() is self._thread:
            # Collected as garbage there, where nothing can be waited for.
            last.close()
            self._loop.stop()
            return
        self.submit(self._ended(last)).result(CLOSES)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSES)

    async def _ended(self, last: Coroutine[Any, Any, None]) -> None:
        calls = asyncio.all_tasks() - {asyncio.current_task()}
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await last
        await self._loop.shutdown_asyncgens()
        await self._loop.shutdown_default_executor()

    def _run(self) -> None:
        self._loop.run_forever()
        self._loop.close()


class Deadline:
    """The end of a whole call, and how long its answer may pause."""

    def __init__(self, seconds: float, idle: float) -> None:
        self.end = time.monotonic() + seconds
        self.idle = idle

    @property
    def left(self) -> float:
        return self.end - time.monotonic()


def pieces(loop: Loop, chat: "Chat", request: Request, deadline: Deadline) -> Iterator[Piece]:
    """Yield the answer as it comes, its last piece with the reason for the end; ``Trouble`` otherwise."""
    read: SimpleQueue[Piece | Trouble] = SimpleQueue()
    call = loop.submit(_pump(chat, request, deadline, read))
    piece = Piece("", None)
    try:
        while not piece.finish:
            piece = _next(read, deadline)
            yield piece
    finally:
        # One that has ended still reads on to the very end.
        if not piece.finish:
            call.cancel()


def _next(read: "SimpleQueue[Piece | Trouble]", deadline: Deadline) -> Piece:
    try:
        # The reading side keeps the deadline; this is for the case that it cannot.
        piece = read.get(timeout=max(0.0, deadline.left) + CLOSES)
    except Empty:
        piece = Trouble("slow")
    if isinstance(piece, Trouble):
        raise piece
    return piece


async def _pump(chat: "Chat", request: Request, deadline: Deadline, read: "SimpleQueue[Piece | Trouble]") -> None:
    reading = _Reading(request, read)
    try:
        async with asyncio.timeout_at(deadline.end) as limit, aclosing(chat.read(request)) as came:  # type: ignore[type-var]
            async for piece in came:
                reading.add(piece)
                now = time.monotonic()
                limit.reschedule(now + REMAINS if reading.ended else min(deadline.end, now + deadline.idle))
    except TimeoutError:
        reading.fail(Trouble("slow"))
    except Trouble as trouble:
        reading.fail(trouble)
    except Exception as error:
        from assistant.language.model.client import told

        reading.fail(told(error, reading.begun))
    finally:
        # Without an end of its own, or ended from outside: whoever waits for it must hear of it.
        reading.fail(Trouble("cut" if reading.begun else "garbled"))


class _Reading:
    """What has come of an answer; only its first end counts."""

    def __init__(self, request: Request, read: "SimpleQueue[Piece | Trouble]") -> None:
        self.begun = self.ended = False
        self._guard = Guard(request.most)
        self._read = read

    def add(self, piece: Piece) -> None:
        self.begun = True
        if not self.ended:
            self._guard.add(piece.text)
            self.ended = bool(piece.finish)
            self._read.put(piece)

    def fail(self, trouble: Trouble) -> None:
        if not self.ended:
            self.ended = True
            self._read.put(trouble)


def closed(loop: Loop, chat: "Chat") -> None:
    """Close a client with its loop."""

    async def close() -> None:
        with suppress(Exception):
            await chat.root_async_client.close()
        chat.root_client.close()

    loop.close(close())
