"""Calls of Slack's Web API, and what their failures mean: come back later, or this cannot be done."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse, WebClient
from slack_sdk.webhook import WebhookClient

from assistant.settings import Settings

QUIET = logging.getLogger("scorecraft.slack.library")
"""For Slack's libraries, whose own log may show what people wrote, and addresses that let others in."""
QUIET.setLevel(logging.CRITICAL)
TIMEOUT = 10
"""Seconds for one call."""
PASSING = frozenset(("internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited"))
"""What Slack says when it is its own fault, or too much at once."""


class Later(Exception):
    """Slack cannot do it now; ``unclear`` whether it did. ``seconds`` is how long it asks to wait, if it says so."""

    def __init__(self, seconds: float | None = None, *, unclear: bool) -> None:
        self.seconds, self.unclear = seconds, unclear
        super().__init__(seconds, unclear)


class Declined(Exception):
    """Slack will not do it, however often it is asked; ``code`` is its own word for why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def connected(settings: Settings) -> WebClient:
    """Return a client of the Web API; retries are ours, so that no thread sleeps while it waits."""
    return client(settings, settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None)


def client(settings: Settings, token: str | None = None) -> WebClient:
    return WebClient(token, base_url=settings.slack_api_url, timeout=TIMEOUT, retry_handlers=[], logger=QUIET)


def call(method: Callable[..., SlackResponse], **arguments: Any) -> dict[str, Any]:
    """Call a method of the Web API; ``Later`` or ``Declined`` where it fails."""
    with told():
        found: Any = method(**arguments).data
        return found if isinstance(found, dict) else {}


def respond(url: str, settings: Settings, **arguments: Any) -> None:
    """Answer through the address that came with a command or a press."""
    if not of_slack(url, settings):
        raise Declined("foreign_response_url")
    with told():
        answer = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[], logger=QUIET).send(**arguments)
    if answer.status_code == 429:
        raise Later(_seconds(answer.headers), unclear=False)
    if answer.status_code >= 500:
        raise Later(unclear=True)
    if answer.status_code != 200:
        raise Declined(answer.body[:100])


@contextmanager
def told() -> Iterator[None]:
    """Turn what the library raises into ``Later`` or ``Declined``; its own text may hold what was sent."""
    try:
        yield
    except SlackApiError as error:
        raise _meant(error.response) from None
    except (OSError, HTTPException, SlackClientError):
        raise Later(unclear=True) from None


def _meant(response: Any) -> Later | Declined:
    status, data = response.status_code, response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error", status))
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        return Later(_seconds(response.headers), unclear=False)
    if status >= 500 or code in PASSING or len(code) > 100:
        return Later(unclear=True)
    return Declined(code)


def _seconds(headers: Any) -> float:
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    first = value[0] if isinstance(value, list) else value
    try:
        return max(1.0, float(first))
    except ValueError:
        return 1.0


def of_slack(url: str, settings: Settings) -> bool:
    """Tell whether an address is Slack's, or that of the Web API that is configured."""
    at, own = urlsplit(url), urlsplit(settings.slack_api_url)
    return at.netloc == own.netloc or (at.scheme == "https" and _below(at.hostname or "", own.hostname or ""))


def _below(host: str, own: str) -> bool:
    return host == own or host.endswith(f".{own}")
