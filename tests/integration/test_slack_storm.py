"""Two hundred people at once against the server as it is started: each answered once, however often Slack asks."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.slack.workspace import Workspace, workspace
from tests.integration.api_server import Served, serving, wait_warm
from tests.integration.postgres import running
from tests.integration.slack_socket import until
from tests.integration.slack_storm import answers, everybody, settings, storm

MANY = 200


@pytest.fixture
def space() -> Iterator[Workspace]:
    with workspace() as made:
        yield made
        assert made.refused == []


def all_answered(space: Workspace, servers: list[Served], count: int) -> None:
    for server in servers:
        wait_warm(server)
    requests = everybody(space, count)
    found = storm([one.url for one in servers], requests)
    # How late is measured by bench/slack; whatever Slack sends again on a busy machine must change nothing.
    assert set(found.statuses) == {200} and len(found.seconds) >= count
    until(lambda: min(answers(space, requests).values()) > 0, 180)
    time.sleep(1)
    assert set(answers(space, requests).values()) == {1}


def test_two_hundred_at_once(space: Workspace, tmp_path: Path) -> None:
    with serving(tmp_path, settings(space)) as server:
        all_answered(space, [server], MANY)


def test_two_processes_share_the_work(space: Workspace, tmp_path: Path) -> None:
    with running() as database:
        more = {**settings(space), "SCORECRAFT_DATABASE_URL": database.url()}
        with serving(tmp_path / "one", more) as one, serving(tmp_path / "other", more) as other:
            all_answered(space, [one, other], 40)
