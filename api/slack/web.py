"""``POST /slack/events``: events, commands and presses over HTTP, told from others by Slack's signature."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import structlog
from anyio import CapacityLimiter, to_thread
from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.slack import PATH

AT_ONCE = 16
"""Requests being kept at once; they wait for the database alone."""
log = structlog.get_logger("scorecraft.slack")


def route(app: App, secret: str, arriving: Callable[[], AbstractContextManager[None]]) -> Route:
    """Return the route; Bolt's own adapter would run on the event loop and hold up every other acknowledgement.

    ``arriving`` holds answers back while a request comes in.
    """
    limiter, verifier = CapacityLimiter(AT_ONCE), SignatureVerifier(secret)

    async def events(request: Request) -> Response:
        body, headers = await request.body(), dict(request.headers)
        if not _of_slack(verifier, body, headers):
            log.warning("not_of_slack")
            return Response(status_code=401)
        with arriving():
            found = await to_thread.run_sync(_dispatched, app, body, headers, limiter=limiter)
        return Response(found.body, found.status, headers=dict(found.first_headers_without_set_cookie()))

    return Route(PATH, events, methods=["POST"])


def _of_slack(verifier: SignatureVerifier, body: bytes, headers: dict[str, str]) -> bool:
    """Tell whether Slack signed a body lately; nothing of any other body is read."""
    try:
        return verifier.is_valid_request(body, headers)
    except (ValueError, TypeError):
        # A time that is no number, or a signature that holds no plain letters.
        return False


def _dispatched(app: App, body: bytes, headers: dict[str, str]) -> BoltResponse:
    try:
        asked = BoltRequest(body=body.decode("utf-8"), headers={**headers})
    except (ValueError, TypeError, AttributeError):
        # Signed, and yet neither a JSON object nor a form.
        return BoltResponse(status=400)
    return app.dispatch(asked)
