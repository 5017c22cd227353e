"""The bot over HTTP within the test's process, and a workspace of Slack over a real socket."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.app import guarded, slack_route
from api.office import furnished
from api.slack import PATH
from api.slack.bot import Bot
from assistant.advisor import Advisor
from assistant.settings import Settings
from tests.api.slack.slack import People, headers
from tests.api.slack.workspace import BOT_TOKEN, SECRET, Workspace, workspace

bot_clients: dict[int, TestClient] = {}
LOCALHOST = "http://localhost"


@contextmanager
def bot_over(folder: Path, space: Workspace, prepared: Advisor, **settings: object) -> Iterator[tuple[Bot, People]]:
    """Yield a running bot and the people who use it; the catalogue's readers are those that are ``prepared``."""
    stated = {"data_dir": folder, "slack_bot_token": BOT_TOKEN, "slack_signing_secret": SECRET}
    chosen = Settings.model_validate({**stated, "slack_api_url": f"{space.url}/api/", **settings})
    office = furnished(chosen)
    office.advisor.recommender = prepared.recommender
    office.advisor.__dict__.update(reader=prepared.reader, understander=prepared.understander, library=prepared.library)
    bot = office.slack
    assert bot is not None
    app = guarded(office, Starlette(routes=[slack_route(bot)]))
    bot.start()
    try:
        with TestClient(app, base_url=LOCALHOST, raise_server_exceptions=False) as client:  # type: ignore[arg-type]
            bot_clients[id(bot)] = client

            def send(body: str, kind: str) -> httpx2.Response:
                return client.post(PATH, content=body.encode(), headers=headers(body, kind))

            yield bot, People(space, send, lambda: bot.inbox.waiting() == 0 and bot.soon._work_queue.empty())
    finally:
        bot.close()
        office.advisor.store.close()


@pytest.fixture
def space() -> Iterator[Workspace]:
    with workspace() as made:
        yield made
        assert made.refused == []


@pytest.fixture
def running(space: Workspace, tmp_path: Path, advisor: Advisor) -> Iterator[tuple[Bot, People]]:
    with bot_over(tmp_path, space, advisor) as made:
        yield made


@pytest.fixture
def bot(running: tuple[Bot, People]) -> Bot:
    return running[0]


@pytest.fixture
def people(running: tuple[Bot, People]) -> People:
    return running[1]


@pytest.fixture
def client(bot: Bot) -> TestClient:
    """The web server that the bot listens on."""
    return bot_clients[id(bot)]
