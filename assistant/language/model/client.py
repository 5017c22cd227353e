"""The client of a model's server. Slow to import: only ever imported on first use."""

import json
import logging
import re
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
from langchain_core.messages import HumanMessage, SystemMessage
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.errors import Cause
from assistant.language.model.address import Address
from assistant.language.model.request import Piece, Request
from assistant.language.model.trouble import Mention, Trouble

CONNECTS = 5.0
"""Seconds to reach a server; what it may take to answer is the call's own matter."""
SENT = frozenset(
    ("accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host", "user-agent")
)
"""The headers that go out: the client would add others from variables meant for other servers."""
TOLD = 8192
"""Characters of a refusal that are looked at."""
MENTIONED = {
    "format": re.compile(r"response_?format|json[_ ](schema|object)|structured|guided|grammar", re.IGNORECASE),
    "temperature": re.compile(r"temperature", re.IGNORECASE),
    "length": re.compile(r"max_(completion_)?tokens", re.IGNORECASE),
    "quota": re.compile(r"insufficient_(quota|balance)|billing", re.IGNORECASE),
}


class Answered(Exception):
    """A status other than success, before any library puts the server's text into an exception."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.cause)
        self.trouble = trouble


class Chat(ChatOpenAI):
    """LangChain's client, read below its callbacks: no tracer can be attached to it from outside."""

    async def read(self, request: Request) -> AsyncIterator[Piece]:
        messages = [SystemMessage(request.system), HumanMessage(request.user)]
        options: dict[str, Any] = {"extra_body": request.body}
        if request.temperature is not None:
            options["temperature"] = request.temperature
        async with aclosing(self._astream(messages, **options)) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                yield _piece(chunk)

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        # LangChain drops it from streams.
        if made and any((choice.get("delta") or {}).get("refusal") for choice in chunk.get("choices") or ()):
            made.generation_info = {**(made.generation_info or {}), "finish_reason": "content_filter"}
        return made


def connect(address: Address, model: str) -> Chat:
    """Make a client that sends what we say to where we say, and nothing else."""
    # It writes whole requests at this level.
    logging.getLogger("openai").setLevel(max(logging.INFO, logging.getLogger("openai").level))
    key = address.key or SecretStr("none")
    timeout = httpx2.Timeout(None, connect=CONNECTS)
    hooks: dict[str, list[Callable[..., Any]]] = {
        "request": [_Headers(key if address.azure else None)],
        "response": [_refuse],
    }
    # Its own names for the fields are not those that its checker knows.
    values: dict[str, Any] = {
        "model": model,
        "base_url": address.base,
        "default_query": address.query,
        "api_key": key,
        "max_retries": 0,
        "timeout": timeout,
        "stream_usage": False,
        "stream_chunk_timeout": None,
        "use_responses_api": False,
        # A redirect would carry the text to another place than the one that was checked.
        "http_async_client": httpx2.AsyncClient(timeout=timeout, event_hooks=hooks, follow_redirects=False),
    }
    return Chat(**values)


def told(error: BaseException, begun: bool) -> Trouble:
    """Say what an error of the client means; ``begun`` when some of the answer had come."""
    causes = list(_chain(error))
    if answered := next((cause for cause in causes if isinstance(cause, Answered)), None):
        return answered.trouble
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Trouble("certificate")
    if any(isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout) for cause in causes):
        return Trouble("refused")
    if any(isinstance(cause, httpx2.TransportError) for cause in causes):
        return Trouble("cut" if begun else "server")
    return Trouble("server" if _said_by_the_server(causes) else "garbled")


def _piece(chunk: ChatGenerationChunk) -> Piece:
    calls = getattr(chunk.message, "tool_call_chunks", ())
    text = chunk.text or "".join(call.get("args") or "" for call in calls)
    return Piece(text, (chunk.generation_info or {}).get("finish_reason"))


class _Headers:
    """Leaves the headers that are meant; Azure takes the key in one of its own."""

    def __init__(self, key: SecretStr | None) -> None:
        self._key = key

    async def __call__(self, request: httpx2.Request) -> None:
        for name in [name for name in request.headers if name.lower() not in SENT]:
            del request.headers[name]
        if self._key is not None:
            del request.headers["authorization"]
            request.headers["api-key"] = self._key.get_secret_value()


async def _refuse(response: httpx2.Response) -> None:
    if response.status_code < 300:
        return
    said = ""
    async for text in response.aiter_text():
        said += text
        if len(said) >= TOLD:
            break
    mentions = frozenset(mention for mention, pattern in MENTIONED.items() if pattern.search(said[:TOLD]))
    raise Answered(refusal(response.status_code, _wait(response.headers), mentions))


def refusal(status: int, after: float | None = None, mentions: frozenset[Mention] = frozenset()) -> Trouble:
    """Say what a status means."""
    named: dict[int, Cause] = {401: "key", 403: "key", 402: "limit", 429: "limit", 408: "slow"}
    cause = named.get(status) or ("server" if status >= 500 else "settings")
    if status == 402:
        mentions |= {"quota"}
    return Trouble(cause, status, after, mentions)


def _wait(headers: httpx2.Headers) -> float | None:
    """Return the seconds a server asks to wait, said in milliseconds, in seconds or as a date."""
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        return _seconds(headers["retry-after"]) if "retry-after" in headers else None
    except (TypeError, ValueError):
        return None


def _seconds(said: str) -> float:
    if said.strip().replace(".", "", 1).isdigit():
        return float(said)
    until = parsedate_to_datetime(said)
    return max(0.0, (until - datetime.now(until.tzinfo or UTC)).total_seconds())


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _said_by_the_server(causes: list[BaseException]) -> bool:
    """Tell an error sent in the middle of a stream from an answer that makes no sense."""
    import openai

    nonsense = any(isinstance(cause, json.JSONDecodeError | UnicodeDecodeError) for cause in causes)
    return isinstance(causes[0], openai.APIError) and not nonsense
