"""JSON read strictly: UTF-8, no NaN or infinity, no endless nesting, and only where the caller says that it is JSON."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

from api.http import language
from api.http.problems import Refused

JSON = "application/json"


def parsed(body: bytes) -> Any:
    """Return what a body says; ``Refused`` names what is wrong and where."""
    try:
        value = from_json(body, allow_inf_nan=False)
        # Half of a surrogate pair can stand in JSON, but in no text that is written.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Refused(400, "unreadable", "web.not_json", problem="half a surrogate pair") from error
    except (ValueError, RecursionError) as error:
        raise Refused(400, "unreadable", "web.not_json", problem=str(error)) from error
    return value


class StrictRequest(Request):
    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = parsed(await self.body())
            self.state.written = language.written(self._json)
        return self._json


class StrictRoute(APIRoute):
    """A route whose JSON is read so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler, wants_json = super().get_route_handler(), self._wants_json()

        async def strict(request: Request) -> Response:
            if wants_json:
                media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
                if media and media != JSON and not media.endswith("+json"):
                    raise Refused(415, "media-type", "web.media", wanted=JSON)
                if not media and int(request.headers.get("content-length") or 0):
                    raise Refused(415, "media-type", "web.media", wanted=JSON)
            return await handler(StrictRequest(request.scope, request.receive))

        return strict

    def _wants_json(self) -> bool:
        from fastapi.params import Form

        return self.body_field is not None and not isinstance(self.body_field.field_info, Form)
