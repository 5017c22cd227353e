"""A model behind any server that speaks OpenAI's protocol."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, TypeVar
from weakref import finalize

from pydantic import BaseModel

from assistant.errors import ModelUnavailable
from assistant.language.model.address import Address, address
from assistant.language.model.breaker import Breaker
from assistant.language.model.ladder import Habits, plain, shaped
from assistant.language.model.model import Learned, Remembered, Where
from assistant.language.model.request import Piece, Request
from assistant.language.model.structure import parse
from assistant.language.model.thinking import Thoughts
from assistant.language.model.trouble import Trouble
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.language.model.calling import Deadline, Loop
    from assistant.language.model.client import Chat

T = TypeVar("T", bound=BaseModel)
IDLE = 10.0
"""Seconds between two pieces of an answer; the first may take all of a call's time."""
MOST_REQUESTS = 6
"""Of one call: an endpoint that refuses more than that will not do."""


class OpenAICompatible:
    """A configured model; one for each process, which is safe to use from several threads."""

    def __init__(
        self,
        place: Address,
        name: str,
        *,
        seconds: float = 30.0,
        calls: int = 4,
        idle: float = IDLE,
        learned: Learned | None = None,
        breaker: Breaker | None = None,
    ) -> None:
        self.name = name
        self._place = place
        self._seconds, self._idle = seconds, idle
        self._slots = BoundedSemaphore(calls)
        self._learned: Learned = learned or Remembered()
        self._breaker = breaker or Breaker()
        self._lock = Lock()
        self._line: tuple[Loop, Chat] | None = None
        self._end: Callable[[], object] = lambda: None

    @property
    def where(self) -> Where:
        return self._place.where

    def structured(self, system: str, user: str, shape: type[T]) -> T:
        """Return an answer of the given shape, checked."""
        with self._turn() as deadline:
            answer = self._shaped(system, user, shape, deadline)
        return answer  # noqa: RET504  (a block like the one above may end early, says the type checker)

    def stream(self, system: str, user: str, most_tokens: int) -> Iterator[str]:
        """Yield the answer as it comes; thoughts before it are left out."""
        with self._turn() as deadline:
            yield from self._told(system, user, most_tokens, deadline)

    def warm(self) -> None:
        """Load and make the client in the background, so that the first call need not wait for it."""
        Thread(target=self._connected, name="scorecraft-model-warm", daemon=True).start()

    def close(self) -> None:
        """End all calls and let go of the connections."""
        with self._lock:
            self._line = None
            self._end()

    @contextmanager
    def _turn(self) -> Iterator["Deadline"]:
        """Hold one of the places for calls; whatever goes wrong becomes ``ModelUnavailable``, without its text."""
        try:
            with self._held() as deadline:
                yield deadline
            return
        except Trouble as caught:
            failed = ModelUnavailable(caught.cause, caught.status)
        raise failed from None

    @contextmanager
    def _held(self) -> Iterator["Deadline"]:
        from assistant.language.model.calling import Deadline

        trial = self._breaker.enter()
        well: bool | None = None
        held = self._slots.acquire(blocking=False)
        try:
            if not held:
                raise Trouble("busy")
            self._connected()
            yield Deadline(self._seconds, self._idle)
            well = True
        except Trouble as trouble:
            well = None if trouble.cause == "busy" else not trouble.counts
            raise
        finally:
            self._breaker.leave(trial, well)
            if held:
                self._slots.release()

    def _connected(self) -> "tuple[Loop, Chat]":
        with self._lock:
            if self._line is None:
                from assistant.language.model.calling import Loop, closed
                from assistant.language.model.client import connect

                self._line = Loop(), connect(self._place, self.name)
                # At the end of the process, or of this object, if nobody closes it.
                self._end = finalize(self, closed, *self._line)
            return self._line

    def _shaped(self, system: str, user: str, shape: type[T], deadline: "Deadline") -> T:
        habits, flaw = self._habits(), ""
        for _ in range(MOST_REQUESTS):
            try:
                text = self._whole(shaped(habits, system, user, shape, flaw), deadline)
            except Trouble as trouble:
                habits = _otherwise(habits, trouble)
                continue
            parsed = parse(text, shape)
            if parsed.value is not None:
                self._keep(habits)
                return parsed.value
            if flaw:
                break
            flaw = parsed.flaw
            habits = habits.lower() if parsed.formless else habits
        raise Trouble("garbled")

    def _whole(self, request: Request, deadline: "Deadline") -> str:
        """Return an answer that has come to its end."""
        read = list(self._opened(request, deadline))
        _refuse_end(read[-1], length=True)
        return _some("".join(piece.text for piece in read))

    def _told(self, system: str, user: str, most_tokens: int, deadline: "Deadline") -> Iterator[str]:
        thoughts, some = Thoughts(), False
        for piece in self._asked(system, user, most_tokens, deadline):
            text = thoughts.rest(piece.text) + (thoughts.end() if piece.finish else "")
            some = some or bool(text.strip())
            if text:
                yield text
            _refuse_end(piece, length=not some)
        if not some:
            raise Trouble("empty")

    def _asked(self, system: str, user: str, most_tokens: int, deadline: "Deadline") -> Iterator[Piece]:
        """Return the pieces of a plain answer, asked for in the way that the endpoint takes."""
        known = habits = self._habits()
        for _ in range(MOST_REQUESTS):
            try:
                opened = self._opened(plain(habits, system, user, most_tokens), deadline)
            except Trouble as trouble:
                habits = _otherwise(habits, trouble)
                continue
            if habits != known:
                self._keep(habits)
            return opened
        raise Trouble("settings")

    def _opened(self, request: Request, deadline: "Deadline") -> Iterator[Piece]:
        """Return an answer whose first piece has come: only until then is a request made again."""
        from assistant.language.model.retries import tried

        first, rest = tried(partial(self._begun, request, deadline), deadline)
        return _joined(first, rest)

    def _begun(self, request: Request, deadline: "Deadline") -> tuple[Piece, Iterator[Piece]]:
        from assistant.language.model.calling import pieces

        read = pieces(*self._connected(), request, deadline)
        return next(read), read

    def _habits(self) -> Habits:
        return Habits.known(self._learned.learned(self._key), self._place.limit_field)

    def _keep(self, habits: Habits) -> None:
        facts = habits.model_dump(mode="json")
        if facts != self._learned.learned(self._key):
            self._learned.learn(self._key, facts)

    @property
    def _key(self) -> str:
        return f"{self._place.base} {self.name}"


def from_settings(settings: Settings, learned: Learned | None = None) -> OpenAICompatible | None:
    """Return the configured model, not yet connected; None when there is none."""
    if settings.llm_model is None:
        return None
    return OpenAICompatible(
        address(settings),
        settings.llm_model,
        seconds=settings.llm_timeout,
        calls=settings.llm_calls,
        learned=learned,
    )


def _joined(first: Piece, rest: Iterator[Piece]) -> Iterator[Piece]:
    yield first
    yield from rest


def _otherwise(habits: Habits, trouble: Trouble) -> Habits:
    changed = habits.after(trouble)
    if changed is None:
        raise trouble
    return changed


def _refuse_end(piece: Piece, *, length: bool) -> None:
    """Refuse an end that is none; running into the bound on length is one for prose, but not for an object."""
    if piece.finish == "content_filter":
        raise Trouble("declined")
    if piece.finish == "length" and length:
        raise Trouble("cut")
    if piece.finish in {"insufficient_system_resource", "abort", "error"}:
        raise Trouble("server")


def _some(text: str) -> str:
    if not text.strip():
        raise Trouble("empty")
    return text
