"""``/v1/scorecards:suggestBatch``: many briefs at once, one JSON object a line in and out."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from api import deeds
from api.bodies import BRIEF, BRIEF_ZH, MOST_BRIEFS, SuggestBody
from api.dependencies import WITH_JSON, Caller, Reader
from api.http import problems
from api.http.flaws import flaws
from api.http.problems import Refused
from api.http.strict import parsed
from assistant.errors import ScorecraftError
from assistant.wording import worded
from knowledge.models import Language

router = APIRouter(prefix="/v1", tags=["scorecards"])
JSON_LINES = "application/jsonl"
TAKEN = frozenset((JSON_LINES, "application/x-ndjson", "application/json-lines"))
AHEAD = 8
"""Briefs that are worked on before the first of them has been sent."""
EXAMPLE = "\n".join(json.dumps(one, ensure_ascii=False) for one in (BRIEF, BRIEF_ZH)) + "\n"
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One line a brief, in order: the suggestion, or what is wrong with the brief.",
        "content": {JSON_LINES: {"schema": {"type": "string"}}},
    }
}


TAKES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {JSON_LINES: {"schema": {"type": "string", "examples": [EXAMPLE]}}},
    }
}


@router.post(
    "/scorecards:suggestBatch",
    response_class=StreamingResponse,
    responses=WITH_JSON | STREAMED,
    openapi_extra=TAKES,
)
async def suggest_batch(request: Request, caller: Reader) -> StreamingResponse:
    """Suggest a scorecard for each of up to 10,000 briefs; one that cannot be met does not stop the others."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in TAKEN:
        raise Refused(415, "media-type", "web.media", wanted=JSON_LINES)
    briefs = [line for line in (await request.body()).split(b"\n") if line.strip()]
    if not briefs or len(briefs) > MOST_BRIEFS:
        raise Refused(422, "bad-batch", "web.batch", most=f"{MOST_BRIEFS:,}", count=f"{len(briefs):,}")
    return StreamingResponse(_answers(caller, briefs), media_type=JSON_LINES)


async def _answers(caller: Caller, briefs: list[bytes]) -> AsyncIterator[bytes]:
    """Yield the answers in order; a few are worked on ahead, and none for a client that has left."""
    waiting: list[asyncio.Task[bytes]] = []
    following = enumerate(briefs, 1)
    try:
        while True:
            for number, line in following:
                waiting.append(asyncio.create_task(caller.office.pools.think(_answer, caller, number, line)))
                if len(waiting) >= AHEAD:
                    break
            if not waiting:
                return
            yield await waiting.pop(0)
    finally:
        for task in waiting:
            task.cancel()


def _answer(caller: Caller, number: int, line: bytes) -> bytes:
    language = caller.language
    try:
        body = SuggestBody.model_validate(parsed(line))
        found = deeds.suggest(caller.office.advisor, body, caller.preferred)
        return b'{"line":%d,"result":%s}\n' % (number, found.model_dump_json().encode())
    except (ScorecraftError, Refused, ValidationError) as error:
        told = {"line": number, "error": _told(error, language)}
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _told(error: ScorecraftError | Refused | ValidationError, language: Language) -> dict[str, Any]:
    if isinstance(error, ValidationError):
        found = flaws(
            [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False, include_input=False)],
            language,
        )
        return {"type": "urn:scorecraft:problem:bad-input", "errors": [one.model_dump() for one in found]}
    if isinstance(error, Refused):
        detail = worded(error.key, language, **error.variables)
        return {"type": f"urn:scorecraft:problem:{error.name}", "detail": detail}
    name = problems.kind(error)[1]
    more = {key: list(value) for key, value in problems.details(error, language).items() if value}
    return {"type": f"urn:scorecraft:problem:{name}", "detail": error.say(language, problems.LISTINGS), **more}
