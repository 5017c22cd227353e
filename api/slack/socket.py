"""Socket Mode: the bot calls Slack, so that nothing of ours need be reached from outside."""

import signal
import threading
from collections.abc import Callable

import structlog
from slack_bolt.adapter.socket_mode import SocketModeHandler

from api.slack.bot import furnished
from api.slack.calling import QUIET, Declined, Later, call, client
from api.slack.health import known_as
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
    app_token, name = _checked(settings)
    advisor = Advisor(shipped.load(), settings=settings)
    bot = furnished(settings, advisor)
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


def _checked(settings: Settings) -> tuple[str, str]:
    """Return the app-level token and the bot's name; the library would try a wrong token over and over."""
    tokens = {"slack_bot_token": settings.slack_bot_token, "slack_app_token": settings.slack_app_token}
    missing = tuple(PREFIX + name.upper() for name, token in tokens.items() if token is None)
    if settings.slack_app_token is None or missing:
        raise BadInput("slack.no_tokens", names=missing)
    token = settings.slack_app_token.get_secret_value()
    try:
        call(client(settings).apps_connections_open, app_token=token)
    except Declined as error:
        raise BadInput("slack.bad_token", name=f"{PREFIX}SLACK_APP_TOKEN", code=error.code) from None
    except Later:
        raise BadInput("slack.unreachable", url=settings.slack_api_url) from None
    return token, known_as(settings)


def _told_to_stop() -> threading.Event:
    ended = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: ended.set())
    return ended
