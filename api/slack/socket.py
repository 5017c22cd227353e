"""Socket Mode: the bot calls Slack, so that nothing of ours need be reached from outside."""

import signal
import threading
from collections.abc import Callable
from typing import Any

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.web import SlackResponse, WebClient

from api.slack.bot import furnished
from api.slack.calling import TIMEOUT, Declined, Later, call
from api.slack.listening import app
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.settings import PREFIX, Settings
from knowledge import shipped


def run(settings: Settings, begins: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Hold the connection until told to stop; ``begins`` is told the bot's name once Slack knows both tokens.

    ``BadInput`` where a token is missing or Slack does not take it.
    """
    ended = stop or _told_to_stop()
    app_token = _checked(settings)
    advisor = Advisor(shipped.load(), settings=settings)
    bot = furnished(settings, advisor)
    name = _name(bot.client)
    handler = SocketModeHandler(app(bot), app_token, web_client=_bare(settings))
    bot.start()
    try:
        handler.connect()  # type: ignore[no-untyped-call]
        begins(name)
        ended.wait()
    finally:
        handler.close()  # type: ignore[no-untyped-call]
        bot.close()
        advisor.close()


def _checked(settings: Settings) -> str:
    """Return the app-level token; the library would try a wrong one over and over."""
    tokens = {"slack_bot_token": settings.slack_bot_token, "slack_app_token": settings.slack_app_token}
    missing = tuple(PREFIX + name.upper() for name, token in tokens.items() if token is None)
    if settings.slack_app_token is None or missing:
        raise BadInput("slack.no_tokens", names=missing)
    token = settings.slack_app_token.get_secret_value()
    _tried(_bare(settings).apps_connections_open, "SLACK_APP_TOKEN", settings.slack_api_url, app_token=token)
    return token


def _name(client: WebClient) -> str:
    """Return the bot's name in its workspace."""
    found = _tried(client.auth_test, "SLACK_BOT_TOKEN", client.base_url)
    return f"{found.get('user', '')} @ {found.get('team', '')}"


def _tried(method: Callable[..., SlackResponse], token: str, url: str, **arguments: Any) -> dict[str, Any]:
    try:
        return call(method, **arguments)
    except Declined as error:
        raise BadInput("slack.bad_token", name=PREFIX + token, code=error.code) from None
    except Later:
        raise BadInput("slack.unreachable", url=url) from None


def _bare(settings: Settings) -> WebClient:
    """Return a client without the bot's token."""
    return WebClient(base_url=settings.slack_api_url, timeout=TIMEOUT, retry_handlers=[])


def _told_to_stop() -> threading.Event:
    ended = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ended.set())
    return ended
