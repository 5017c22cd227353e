"""Two hundred people at once against the server as it is started: each answered once, however often Slack asks."""

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.api.slack.workspace import Workspace, workspace
from tests.integration.api_server import Served, serving, wait_warm
from tests.integration.postgres import running
from tests.integration.slack_socket import until
from tests.integration.slack_storm import JSON, Sent, answers, everybody, settings, storm
from tests.integration.wire import Wire

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


def test_a_process_that_is_killed_in_the_middle_loses_and_repeats_nothing(space: Workspace, tmp_path: Path) -> None:
    requests = [one for one in everybody(space, 40) if one.kind == JSON]
    with serving(tmp_path, settings(space)) as server:
        wait_warm(server)
        assert set(storm([server.url], requests).statuses) == {200}
        until(lambda: sum(answers(space, requests).values()) >= 3)
        server.process.kill()
        server.process.wait()
    before = sum(answers(space, requests).values())
    assert before < len(requests)
    with serving(tmp_path, settings(space)):
        until(lambda: min(answers(space, requests).values()) > 0, 60)
        time.sleep(1)
    assert set(answers(space, requests).values()) == {1}


def test_a_database_that_is_cut_off_is_said_and_the_question_answered_later(space: Workspace, tmp_path: Path) -> None:
    with running() as database:
        wire = Wire(f"{unquote(urlsplit(database.url()).query.partition('host=')[2])}/.s.PGSQL.5432")
        more = {**settings(space), "SCORECRAFT_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{wire.port}/postgres"}
        try:
            with serving(tmp_path, more) as server:
                wait_warm(server)
                (one,) = everybody(space, 1)
                wire.sever()
                found = storm([server.url], [Sent(one.body, one.kind, one.user)])
                assert 200 not in found.statuses
                until(lambda: bool(space.said(f"D{one.user}")))
                wire.mend()
                until(lambda: 200 in storm([server.url], [Sent(one.body, one.kind, one.user)]).statuses)
                until(lambda: len(space.said(f"D{one.user}")) == 2)
                first, then = (said["text"] for said in space.said(f"D{one.user}"))
                assert first.startswith("My database cannot be reached") and then.startswith("Appraisal")
        finally:
            wire.close()
