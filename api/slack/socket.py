"""Socket Mode: the bot calls Slack, so that nothing of ours need be reached from outside."""

import signal
import threading
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.web import SlackResponse, WebClient

from api.slack.bot import furnished
from api.slack.calling import QUIET, Declined, Later, call, client
from api.slack.listening import app
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.settings import PREFIX, Settings
from knowledge import shipped

log = structlog.get_logger("scorecraft.slack")


def run(settings: Settings, begins: Callable[[str], None], stop: threading.Event | None = None) -> None:
    """Hold the connection until told to stop; ``begins`` is told the bot's name once Slack knows both tokens.

    ``BadInput`` where a token is missing or Slack does not take it.
    """
    ended = stop or _told_to_stop()
    app_token = _checked(settings)
    advisor = Advisor(shipped.load(), settings=settings)
    bot = furnished(settings, advisor)
    name = _name(bot.client)
    handler = SocketModeHandler(app(bot), app_token, logger=QUIET, web_client=client(settings))
    handler.client.on_error_listeners.append(lambda error: log.warning("line", error=type(error).__name__))
    handler.client.on_close_listeners.append(lambda code, reason: log.info("line_closed", code=code))
    bot.warm()
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
    _tried(client(settings).apps_connections_open, "SLACK_APP_TOKEN", settings.slack_api_url, app_token=token)
    return token


def _name(bot: WebClient) -> str:
    """Return the bot's name in its workspace."""
    found = _tried(bot.auth_test, "SLACK_BOT_TOKEN", bot.base_url)
    return f"{found.get('user', '')} @ {found.get('team', '')}"


def _tried(method: Callable[..., SlackResponse], token: str, url: str, **arguments: Any) -> dict[str, Any]:
    try:
        return call(method, **arguments)
    except Declined as error:
        raise BadInput("slack.bad_token", name=PREFIX + token, code=error.code) from None
    except Later:
        raise BadInput("slack.unreachable", url=url) from None


def _told_to_stop() -> threading.Event:
    ended = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ended.set())
    return ended
