"""``/v1/scorecards``: scorecards that a workspace keeps, their versions, and their way to approval."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field, JsonValue

from api import deeds
from api.bodies import CARD, CardBody, Name, Words, shown
from api.dependencies import GUARDED, NAMED, WITH_JSON, Approver, Caller, Reader, Writer, answered
from api.http.cursors import Cursor, Most, Page, below, number, page
from api.http.once import IdempotencyKey, once
from api.http.strict import StrictRoute
from api.http.tags import IfMatch, expected, tag
from assistant.models import Scorecard
from assistant.storage.models import Saved, SavedHeading
from knowledge.models import Frozen

router = APIRouter(prefix="/v1/scorecards", tags=["saved scorecards"], route_class=StrictRoute)
Number = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="A version; otherwise the latest.")]


class SaveBody(Frozen):
    """A scorecard to keep: one of ours as it was returned, or any that ``:check`` reads."""

    model_config = shown({"card": CARD, "name": "Sales representatives 2027", "note": "First draft"})

    card: dict[str, JsonValue]
    name: Annotated[Name, Field(min_length=1)]
    note: Words = ""


class ChangeBody(Frozen):
    """A new version."""

    model_config = shown({"card": CARD, "note": "Collections up"})

    card: dict[str, JsonValue]
    name: Annotated[Name, Field(min_length=1)] | None = None
    note: Words = ""


class RestoreBody(Frozen):
    model_config = shown({"version": 1})

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class NoteBody(Frozen):
    model_config = shown({"note": "Please look at the weights."})

    note: Words = ""


def _card(caller: Caller, given: dict[str, JsonValue]) -> Scorecard:
    return deeds.read(caller.office.advisor, CardBody(card=given), caller.preferred)[0].card


def _answer(saved: Saved, status: int = 200) -> Response:
    answer = answered(saved, status)
    answer.headers["ETag"] = tag(saved.revision)
    if status == 201:
        answer.headers["Location"] = f"/v1/scorecards/{saved.id}"
    return answer


@router.post("", response_model=Saved, status_code=201, responses=WITH_JSON | GUARDED)
async def create(request: Request, caller: Writer, body: SaveBody, key: IdempotencyKey = None) -> Any:
    """Keep a scorecard, as a draft."""

    def work() -> Response:
        return _answer(caller.office.saved.create(caller.by, _card(caller, body.card), body.name, body.note), 201)

    return await once(request, caller, key, lambda: caller.office.pools.keep(work))


@router.get("")
async def listing(caller: Reader, limit: Most = 50, cursor: Cursor = None, name: Name = "") -> Page[SavedHeading]:
    """List what the workspace keeps, the latest change first; ``name`` finds by a part of the name."""
    saved = caller.office.saved
    found = await caller.office.pools.keep(below, lambda before: saved.list(caller.by, limit + 1, before, name), cursor)
    return page(found, limit, found[limit - 1].id if len(found) >= limit else "")


@router.get("/{id}", response_model=Saved, responses=NAMED)
async def one(caller: Reader, id: Name, version: Number = None) -> Any:
    """Return a scorecard; its ETag is what a change has to name."""
    return _answer(await caller.office.pools.keep(caller.office.saved.read, caller.by, id, version))


@router.put("/{id}", response_model=Saved, responses=WITH_JSON | GUARDED)
async def change(
    request: Request, caller: Writer, id: Name, body: ChangeBody, seen: IfMatch = None, key: IdempotencyKey = None
) -> Any:
    """Add a version, which is a draft again."""

    def work() -> Response:
        card = _card(caller, body.card)
        return _answer(caller.office.saved.write(caller.by, id, expected(seen), card, body.name, body.note))

    return await once(request, caller, key, lambda: caller.office.pools.keep(work))


@router.delete("/{id}", status_code=204, responses=GUARDED)
async def delete(caller: Writer, id: Name, seen: IfMatch = None) -> Response:
    """Delete a scorecard with all its versions."""
    await caller.office.pools.keep(caller.office.saved.delete, caller.by, id, expected(seen))
    return Response(status_code=204)


@router.get("/{id}/versions", responses=NAMED)
async def versions(caller: Reader, id: Name, limit: Most = 50, cursor: Cursor = None) -> Page[SavedHeading]:
    """List the versions, the newest first."""
    found = await caller.office.pools.keep(caller.office.saved.versions, caller.by, id, limit + 1, number(cursor))
    return page(found, limit, str(found[limit - 1].number) if len(found) >= limit else "")


@router.post("/{id}:restore", response_model=Saved, responses=WITH_JSON | GUARDED)
async def restore(
    request: Request, caller: Writer, id: Name, body: RestoreBody, seen: IfMatch = None, key: IdempotencyKey = None
) -> Any:
    """Make an earlier version the latest again, as a new version."""

    def work() -> Response:
        return _answer(caller.office.saved.restore(caller.by, id, expected(seen), body.version))

    return await once(request, caller, key, lambda: caller.office.pools.keep(work))


async def _moved(
    request: Request,
    caller: Caller,
    id: str,
    step: Literal["submit", "approve", "send_back"],
    body: NoteBody,
    seen: str | None,
    key: str | None,
) -> Response:
    def work() -> Response:
        saved = caller.office.saved
        act = {"submit": saved.submit, "approve": saved.approve, "send_back": saved.send_back}[step]
        return _answer(act(caller.by, id, expected(seen), body.note))

    return await once(request, caller, key, lambda: caller.office.pools.keep(work))


@router.post("/{id}:submit", response_model=Saved, responses=WITH_JSON | GUARDED)
async def submit(
    request: Request, caller: Writer, id: Name, body: NoteBody, seen: IfMatch = None, key: IdempotencyKey = None
) -> Any:
    """Submit the latest version for approval."""
    return await _moved(request, caller, id, "submit", body, seen, key)


@router.post("/{id}:approve", response_model=Saved, responses=WITH_JSON | GUARDED)
async def approve(
    request: Request, caller: Approver, id: Name, body: NoteBody, seen: IfMatch = None, key: IdempotencyKey = None
) -> Any:
    """Approve what somebody else submitted."""
    return await _moved(request, caller, id, "approve", body, seen, key)


@router.post("/{id}:return", response_model=Saved, responses=WITH_JSON | GUARDED)
async def send_back(
    request: Request, caller: Approver, id: Name, body: NoteBody, seen: IfMatch = None, key: IdempotencyKey = None
) -> Any:
    """Send a submitted version back, with a note on what to change."""
    return await _moved(request, caller, id, "send_back", body, seen, key)
