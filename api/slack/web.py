"""``POST /slack/events``: events, commands and presses over HTTP, told from others by Slack's signature."""

from anyio import CapacityLimiter, to_thread
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

AT_ONCE = 16
"""Requests being kept at once; they wait for the database alone."""


def route(path: str, app: App) -> Route:
    """Return the route; Bolt's own adapter would run on the event loop and hold up every other acknowledgement."""
    limiter = CapacityLimiter(AT_ONCE)

    async def events(request: Request) -> Response:
        body = (await request.body()).decode("utf-8", errors="replace")
        headers: dict[str, str] = dict(request.headers)
        return answered(await to_thread.run_sync(_dispatched, app, body, headers, limiter=limiter))

    return Route(path, events, methods=["POST"])


def _dispatched(app: App, body: str, headers: dict[str, str]) -> BoltResponse:
    try:
        asked = BoltRequest(body=body, headers={**headers})
    except ValueError:
        # No JSON and no form: whoever sent that is not Slack.
        return BoltResponse(status=400)
    return app.dispatch(asked)


def answered(found: BoltResponse) -> Response:
    return Response(found.body, found.status, headers=dict(found.first_headers_without_set_cookie()))
