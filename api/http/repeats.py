"""Answers remembered: what is asked again, word for word, of a pure function is answered as it was.

Drafting and checking depend on nothing but the request, so what one caller was told is what every other would be.
"""

from hashlib import sha256
from threading import Lock

from cachetools import LRUCache
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http import language
from assistant.principal import Principal

PURE = frozenset(f"/v1/scorecards:{verb}" for verb in ("suggest", "check", "repair", "review", "explain", "score"))
ALL = 16 * 1024 * 1024
"""Bytes of answers that are kept."""
ONE = 1024 * 1024
"""Bytes above which an answer is not kept."""
Answer = tuple[list[tuple[bytes, bytes]], bytes]


class Repeats:
    """ASGI, behind the gate: answers again without asking the application."""

    def __init__(self, app: ASGIApp, most: int = ALL) -> None:
        self.app = app
        self._kept: LRUCache[bytes, Answer] = LRUCache(most, getsizeof=lambda answer: len(answer[1]) + 500)
        self._guard = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] not in PURE or not _may(scope):
            await self.app(scope, receive, send)
            return
        messages = await _whole(receive)
        if messages[-1].get("more_body", True):
            await self.app(scope, _again(messages, receive), send)
            return
        key = _key(scope, messages)
        with self._guard:
            found = self._kept.get(key)
        if found is not None:
            scope["state"]["route"] = scope["path"]
            await _answer(found, send)
            return
        recorder = _Recorder(send)
        await self.app(scope, _again(messages, receive), recorder.send)
        if (answer := recorder.answer) is not None:
            with self._guard:
                self._kept[key] = answer


def _may(scope: Scope) -> bool:
    """Tell whether the caller may ask at all; if not, the application says so."""
    by: Principal | None = scope["state"].get("by")
    return by is not None and "read" in by.scopes and not scope["query_string"]


async def _whole(receive: Receive) -> list[Message]:
    messages, size = [], 0
    while True:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        # What is too long to be kept is read on by the application, under its own limit.
        if message["type"] != "http.request" or not message.get("more_body", False) or size > ONE:
            return messages


def _again(messages: list[Message], receive: Receive) -> Receive:
    waiting = iter(messages)

    async def replayed() -> Message:
        return next(waiting, None) or await receive()

    return replayed


def _key(scope: Scope, messages: list[Message]) -> bytes:
    headers = Headers(scope=scope)
    known = sha256()
    for part in (scope["path"], headers.get("content-type", ""), language.preferred(headers) or ""):
        known.update(part.encode() + b"\0")
    for message in messages:
        known.update(message.get("body", b""))
    return known.digest()


async def _answer(answer: Answer, send: Send) -> None:
    headers, body = answer
    await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})


class _Recorder:
    """Passes an answer on and keeps a copy, where it is a good one and small enough."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._status, self._headers, self._body = 0, list[tuple[bytes, bytes]](), b""
        self._complete = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body" and len(self._body) <= ONE:
            self._body += message.get("body", b"")
            self._complete = not message.get("more_body", False)
        await self._send(message)

    @property
    def answer(self) -> Answer | None:
        kept = self._status == 200 and self._complete and len(self._body) <= ONE
        return (self._headers, self._body) if kept else None
