"""``/v1/conversations``: the same conversation as in the terminal, as JSON or as the events of a turn."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from pydantic import Field

from api.bodies import Name, Words, shown
from api.dependencies import NAMED, WITH_JSON, Reader, Writer, answered
from api.http.cursors import Cursor, Most, Page, below, number, page
from api.http.once import KEY, IdempotencyKey, once
from api.http.problems import Refused
from api.http.strict import StrictRoute
from assistant.actions import Action
from assistant.conversation import Conversation, Reply
from assistant.events import Decided, Done, Event, Sentence
from assistant.storage.models import Heading, StoredTurn, Verdict
from assistant.turns.turn import Message, parts
from knowledge.models import Frozen, Language

router = APIRouter(prefix="/v1", tags=["conversations"], route_class=StrictRoute)
STREAM = "text/event-stream"
PING = 15.0
"""Seconds of silence after which a stream says that it is still there."""
SENTENCES, END = 100, 1000
"""Numbers of the first sentence and of the end among the events of a turn."""
MOST_TURNS = 200
STREAMED: dict[int | str, dict[str, Any]] = {200: {"content": {STREAM: {"schema": {"type": "string"}}}}}
LastEventId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", max_length=40, description="The last event that arrived; those after it are sent."),
]


class BeginBody(Frozen):
    model_config = shown({"language": "en"}, {"language": "zh"})

    language: Language | None = None
    """Language to keep to; otherwise each message decides."""


class Begun(Frozen):
    id: str
    note: str = ""
    """Why a configured language model is not used, where it is not."""


class MessageBody(Frozen):
    """What a person says, or the actions that a button stands for."""

    model_config = shown(
        {"text": "Sales representative, we want to gain market share"}, {"text": "销售代表，我们要扩大市场份额"}
    )

    text: Words = ""
    actions: Annotated[tuple[Action, ...], Field(max_length=20)] = ()


class TurnAnswer(Frozen):
    """One turn: what was decided, and the model's wording, where one worded it."""

    number: int
    language: Language
    replies: tuple[Reply, ...]
    prose: str = ""
    note: str = ""
    """Why a model's reading or wording was not used, where one was asked."""
    reading: Literal["offline", "model"] = "offline"


class FeedbackBody(Frozen):
    model_config = shown({"conversation": "7f9c0000-0000-0000-0000-000000000000", "turn": 1, "verdict": "up"})

    conversation: Name
    turn: Annotated[int, Field(ge=1, le=2**31 - 1)]
    verdict: Verdict
    comment: Words = ""


@router.post("/conversations", response_model=Begun, status_code=201, responses=WITH_JSON)
async def begin(request: Request, caller: Writer, body: BeginBody, key: IdempotencyKey = None) -> Any:
    """Begin a conversation."""
    language = body.language or caller.preferred or "en"
    fresh = Conversation(language=language, fixed_language=body.language is not None)

    def work() -> Response:
        note = caller.office.advisor.made.note
        id = caller.office.advisor.begin(fresh, caller.by)
        answer = answered(Begun(id=id, note=said(note, language)), 201)
        answer.headers["Location"] = f"/v1/conversations/{id}"
        return answer

    return await once(request, caller, key, lambda: caller.office.pools.keep(work))


@router.get("/conversations")
async def listing(caller: Reader, limit: Most = 50, cursor: Cursor = None) -> Page[Heading]:
    """List one's own conversations, the latest first."""
    store = caller.office.advisor.store
    found = await caller.office.pools.keep(below, lambda before: store.list(caller.by, limit + 1, before), cursor)
    return page(found, limit, found[limit - 1].id if len(found) >= limit else "")


@router.delete("/conversations/{id}", status_code=204, responses=NAMED)
async def delete(caller: Writer, id: Name) -> Response:
    """Delete a conversation with everything said in it."""
    await caller.office.pools.keep(caller.office.advisor.store.delete, caller.by, id)
    return Response(status_code=204)


@router.get("/conversations/{id}/messages", responses=NAMED)
async def messages(caller: Reader, id: Name, limit: Most = 50, cursor: Cursor = None) -> Page[StoredTurn]:
    """List the turns, the latest first."""
    store = caller.office.advisor.store
    found = (await caller.office.pools.keep(store.turns, caller.by, id, limit + 1, number(cursor)))[::-1]
    return page(found, limit, str(found[limit - 1].number) if len(found) >= limit else "")


@router.post("/conversations/{id}/messages", response_model=TurnAnswer, responses=WITH_JSON | NAMED | STREAMED)
async def say(request: Request, caller: Writer, id: Name, body: MessageBody, key: IdempotencyKey = None) -> Any:
    """Say something; with ``Accept: text/event-stream`` the turn arrives event by event.

    The result is kept before it is sent. A message sent again with its ``Idempotency-Key`` is not said twice.
    """
    if key is not None and not KEY.fullmatch(key):
        raise Refused(400, "bad-idempotency-key", "web.bad_key_form")
    office, message = caller.office, Message(body.text, body.actions)
    # An unknown conversation is an answer of its own, not the first event of a stream.
    await office.pools.keep(office.advisor.store.turns, caller.by, id, 1)
    events = office.pools.turns.begin(lambda: office.advisor.converse(id, message, caller.by, key))
    if STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_lines(events), media_type=STREAM, headers={"X-Accel-Buffering": "no"})
    return answered(await _gathered(events))


@router.get("/conversations/{id}/events", responses=NAMED | STREAMED, response_class=StreamingResponse)
async def replay(caller: Reader, id: Name, last: LastEventId = None) -> StreamingResponse:
    """Send the stored events again, those after ``Last-Event-ID``, or of the last turns."""
    turn, place = _place(last)
    store = caller.office.advisor.store
    found = await caller.office.pools.keep(store.turns, caller.by, id, MOST_TURNS)
    later = [one for one in found if one.number >= turn]
    lines = b"".join(
        _line(event, one.number, rank)
        for one in later
        for rank, event in stored(one)
        if one.number > turn or rank > place
    )
    return StreamingResponse(iter((lines or KEEPALIVE_COMMENT,)), media_type=STREAM)


@router.post("/feedback", status_code=204, responses=WITH_JSON | NAMED)
async def feedback(caller: Writer, body: FeedbackBody) -> Response:
    """Keep what a person thinks of a turn; the last word counts."""

    def work() -> None:
        try:
            caller.office.advisor.store.feedback(caller.by, body.conversation, body.turn, body.verdict, body.comment)
        except KeyError as error:
            raise Refused(404, "unknown-turn", "web.no_turn", turn=body.turn) from error

    await caller.office.pools.keep(work)
    return Response(status_code=204)


def said(key: str | None, language: Language) -> str:
    from assistant.wording import worded

    return worded("doctor.unexamined", language) if key == "doctor.unexamined" else ""


async def _gathered(events: AsyncIterator[Event]) -> TurnAnswer:
    decided, done = Decided(language="en", replies=()), Done()
    async for event in events:
        if isinstance(event, Decided):
            decided = event
        elif isinstance(event, Done):
            done = event
    return TurnAnswer(
        number=decided.turn,
        language=decided.language,
        replies=decided.replies,
        prose=done.prose,
        note=done.note,
        reading=done.reading,
    )


async def _lines(events: AsyncIterator[Event]) -> AsyncIterator[bytes]:
    """Yield a turn as server-sent events, numbered from the decided result on, with a sign of life in silences."""
    turn, ranks = 0, Ranks()
    async for event in _with_pings(events):
        if event is None:
            yield KEEPALIVE_COMMENT
            continue
        if isinstance(event, Decided):
            turn = event.turn
        yield _line(event, turn, ranks.of(event) if turn else None)


async def _with_pings(events: AsyncIterator[Event]) -> AsyncIterator[Event | None]:
    following = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            await asyncio.wait({following}, timeout=PING)
            if not following.done():
                yield None
                continue
            event = following.result()
            if event is None:
                return
            following = asyncio.ensure_future(anext(events, None))
            yield event
    finally:
        following.cancel()


class Ranks:
    """Numbers the events of a turn alike, whether they are sent live or from what is stored."""

    def __init__(self) -> None:
        self._parts, self._sentences = 0, SENTENCES

    def of(self, event: Event) -> int | None:
        if isinstance(event, Done):
            return END
        if isinstance(event, Sentence):
            self._sentences += 1
            return min(self._sentences, END - 1)
        if event.kind == "status":
            return None
        self._parts += 1
        return self._parts


def stored(turn: StoredTurn) -> Iterator[tuple[int, Event]]:
    """Yield the events of a stored turn with their numbers; the end carries the whole prose."""
    language = turn.replies[-1].language if turn.replies else "en"
    ranks = Ranks()
    told: Iterable[Event] = (
        Decided(language=language, replies=turn.replies, turn=turn.number),
        *parts(turn.replies),
        Done(prose=turn.prose, note=turn.note),
    )
    for event in told:
        rank = ranks.of(event)
        if rank is not None:
            yield rank, event


def _line(event: Event, turn: int, rank: int | None) -> bytes:
    id = f"{turn}.{rank}" if rank is not None else None
    return format_sse_event(data_str=event.model_dump_json(), event=event.kind, id=id)


def _place(last: str | None) -> tuple[int, int]:
    turn, _, rank = (last or "0.0").partition(".")
    if not (turn.isascii() and turn.isdigit() and rank.isascii() and rank.isdigit() and len(turn) < 10):
        raise Refused(400, "bad-event-id", "web.bad_event")
    return int(turn), int(rank)
