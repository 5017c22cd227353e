"""What a route is given: the office, who asks, and their language; and what every route may answer instead."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from pydantic import BaseModel

from api.http import language, problems
from api.http.problems import Problem
from api.office import Office
from assistant.principal import Principal
from assistant.wording import worded
from knowledge.models import Language


@dataclass(frozen=True)
class Caller:
    """Who asks, and where."""

    office: Office
    by: Principal
    preferred: Language | None

    @property
    def language(self) -> Language:
        return self.preferred or "en"


async def _caller(request: Request) -> Caller:
    return Caller(request.app.state.office, request.state.by, language.preferred(request.headers))


async def _reader(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    caller.by.must("read")
    return caller


async def _writer(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    caller.by.must("write")
    return caller


async def _approver(caller: Annotated[Caller, Depends(_caller)]) -> Caller:
    caller.by.must("approve")
    return caller


Reader = Annotated[Caller, Depends(_reader)]
Writer = Annotated[Caller, Depends(_writer)]
Approver = Annotated[Caller, Depends(_approver)]


def answered(model: BaseModel, status: int = 200) -> Response:
    """Return a model as JSON; made where the work is done, not on the event loop."""
    return Response(model.model_dump_json(), status, media_type="application/json")


def _documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {
        status: {
            "description": worded(problems.TITLES[status], "en"),
            "content": {problems.MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            "model": Problem,
        }
        for status in statuses
    }


ANYWHERE = _documented(400, 401, 403, 408, 413, 421, 422, 429, 500, 503)
"""What any route may answer instead."""
WITH_JSON = _documented(415)
NAMED = _documented(404)
GUARDED = _documented(404, 409, 412, 428)
"""Of routes that change what somebody else may have changed."""
