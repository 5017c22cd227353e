"""The outermost layer: request ids, the log, the figures, headers of every answer, and no traceback for anybody."""

import re
import time
from contextlib import suppress
from typing import Any
from uuid import uuid4

import structlog
from prometheus_client import Counter, Gauge, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http import language, problems
from api.http.problems import Refused
from assistant.errors import ScorecraftError

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
BASICS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
REQUESTS = Counter("scorecraft_requests_total", "Requests answered.", ("method", "route", "status"))
SECONDS = Histogram(
    "scorecraft_request_seconds",
    "Time from the request to the end of the answer.",
    ("route",),
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
RUNNING = Gauge("scorecraft_requests_running", "Requests being answered.", multiprocess_mode="livesum")
log = structlog.get_logger("scorecraft.api")


class Observing:
    """ASGI: watches every request, and answers what nothing inside has answered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await _Watched(scope, send).run(self.app, receive)


class _Watched:
    """One request."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.inner = scope, send
        self.headers = Headers(scope=scope)
        given = self.headers.get("x-request-id", "")
        self.id = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        self.status = 0
        self.begun = time.perf_counter()
        scope.setdefault("state", {})["request_id"] = self.id

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        RUNNING.inc()
        try:
            await app(self.scope, receive, self.send)
        except Exception as error:
            await self._answer(error, receive)
        finally:
            RUNNING.dec()
            self._noted()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = self.id
            for name, value in BASICS.items():
                headers.setdefault(name, value)
        await self.inner(message)

    async def _answer(self, error: Exception, receive: Receive) -> None:
        speaking = language.of(self.headers)
        if isinstance(error, Refused):
            answer = problems.refusal(error, speaking, self.id)
        elif isinstance(error, ScorecraftError):
            answer = problems.trouble(error, speaking, self.id)
        else:
            # Its message may hold what the caller wrote; where it happened does not.
            log.error("fault", request=self.id, error=type(error).__name__, at=places(error))
            answer = problems.refusal(Refused(500, "fault", "web.fault"), speaking, self.id)
        if self.status:
            # The answer has begun; ending it short is all that is left.
            raise error
        with suppress(OSError):
            await answer(self.scope, receive, self.send)

    def _noted(self) -> None:
        seconds = time.perf_counter() - self.begun
        route = self._route()
        REQUESTS.labels(self.scope["method"], route, str(self.status)).inc()
        SECONDS.labels(route).observe(seconds)
        log.info("request", **self._facts(route, seconds))

    def _facts(self, route: str, seconds: float) -> dict[str, Any]:
        by = self.scope["state"].get("by")
        return {
            "request": self.id,
            "method": self.scope["method"],
            "route": route,
            "status": self.status,
            "ms": round(seconds * 1000, 1),
            "workspace": by.workspace if by else None,
            "subject": by.subject if by else None,
        }

    def _route(self) -> str:
        """Return the route's own pattern: a path may hold what nobody should count or read."""
        found = self.scope["state"].get("route") or getattr(self.scope.get("route"), "path", "unknown")
        return str(found)


def places(error: BaseException) -> list[str]:
    found, at = [], error.__traceback__
    while at is not None:
        found.append(f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno} {at.tb_frame.f_code.co_name}")
        at = at.tb_next
    return found[-8:]
