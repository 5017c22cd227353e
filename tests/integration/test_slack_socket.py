"""``scorecraft slack`` as it is started, on a real websocket: a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.api.slack.printed import printed
from tests.api.slack.slack import event
from tests.api.slack.workspace import APP_TOKEN, BOT_TOKEN, CHANNEL, DM, TEAM, Fault, Workspace, workspace
from tests.integration.slack_socket import Line, line, until

NONE = {"SCORECRAFT_SLACK_BOT_TOKEN": "", "SCORECRAFT_SLACK_APP_TOKEN": ""}
ASK = {"en": "sales representative, collect cash faster", "zh": "销售代表，加快回款"}


@pytest.fixture
def space() -> Iterator[Workspace]:
    with workspace() as made:
        yield made
        assert made.refused == []


def environment(folder: Path, space: Workspace, more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {
        **os.environ,
        "SCORECRAFT_DATA_DIR": str(folder),
        "SCORECRAFT_SLACK_BOT_TOKEN": BOT_TOKEN,
        "SCORECRAFT_SLACK_APP_TOKEN": APP_TOKEN,
        "SCORECRAFT_SLACK_API_URL": f"{space.url}/api/",
        "SCORECRAFT_LANG": "en",
        "PYTHONUTF8": "1",
        **(more or {}),
    }


@contextmanager
def started(folder: Path, space: Workspace) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli.main", "slack"],
        env=environment(folder, space),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        told = process.communicate(timeout=30)[1]
        assert "Traceback" not in told and "xoxb" not in told and "xapp" not in told
        assert process.returncode == 0, told


@pytest.fixture
def connected(space: Workspace, tmp_path: Path) -> Iterator[Line]:
    with line(space) as made, started(tmp_path, space) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "The Slack bot is connected: scorecraft @ Acme. Ctrl+C ends it.\n"
        until(lambda: bool(made.connections))
        yield made


def test_a_dialogue_in_both_languages(connected: Line, space: Workspace) -> None:
    for number, (user, language) in enumerate((("UANN", "en"), ("ULI", "zh"))):
        told = space.write(user, f"{DM}{number}", ASK[language])
        connected.send("events_api", event({**told, "channel_type": "im"}), f"e{number}")
        assert connected.acknowledgement(f"e{number}") < 3
        until(lambda channel=f"{DM}{number}": bool(space.said(channel)))  # type: ignore[misc]
    assert printed(space.said("D10")[0]["blocks"]).startswith("## Appraisal scorecard (draft): Sales\nrep")
    assert printed(space.said("D11")[0]["blocks"]).startswith("## 销售代表绩效考核表（草案）")


def test_what_is_not_acknowledged_in_time_comes_again_and_counts_once(connected: Line, space: Workspace) -> None:
    about = event({**space.write("UANN", DM, ASK["en"]), "channel_type": "im"})
    for attempt in range(3):
        connected.send("events_api", about, f"e{attempt}", attempt)
        connected.acknowledgement(f"e{attempt}")
    until(lambda: bool(space.said()))
    connected.send("events_api", about, "late", 3)
    connected.acknowledgement("late")
    assert len(space.said()) == 1


def test_a_dropped_connection_is_made_anew(connected: Line, space: Workspace) -> None:
    connected.connections[0].close()
    until(lambda: len(connected.connections) > 1, 30)
    connected.send("slash_commands", command(space), "c1")
    assert connected.acknowledgement("c1") < 3
    until(lambda: bool(space.ephemeral["UANN"]))


def test_a_window_is_checked_before_it_closes(connected: Line, space: Workspace) -> None:
    connected.send("slash_commands", command(space), "c1")
    until(lambda: bool(space.ephemeral["UANN"]))
    (card,) = space.ephemeral["UANN"]
    button = next(one for block in card["blocks"] if block["type"] == "actions" for one in block["elements"])
    about: dict[str, Any] = {
        "type": "block_actions",
        "trigger_id": "2.t",
        "team": {"id": TEAM},
        "user": {"id": "UANN", "team_id": TEAM},
        "channel": {"id": CHANNEL},
        "container": {"channel_id": CHANNEL, "message_ts": space.ts(), "is_ephemeral": True},
        "actions": [{"type": "button", **button}],
    }
    connected.send("interactive", about, "i1")
    assert connected.acknowledgement("i1") < 3
    until(lambda: bool(space.windows))
    view = space.windows[0]
    weights = {one["block_id"]: one["element"].get("initial_value") for one in view["blocks"] if one["type"] == "input"}
    first = next(block for block in weights if block.startswith("weight"))
    values = {block: {"value": {"value": "101" if block == first else value}} for block, value in weights.items()}
    submission = {"type": "view_submission", "trigger_id": "3.t", "team": {"id": TEAM}, "user": {"id": "UANN"}}
    connected.send("interactive", {**submission, "view": {"id": "V1", **view, "state": {"values": values}}}, "i2")
    assert connected.acknowledgement("i2") < 3
    assert connected.answers["i2"] == {
        "response_action": "errors",
        "errors": {first: "Enter a whole number from 0 to 100."},
    }


def command(space: Workspace) -> dict[str, str]:
    return {
        "command": "/kpi",
        "text": ASK["en"],
        "user_id": "UANN",
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "trigger_id": "1.t",
        "response_url": space.response_url("UANN"),
    }


@pytest.mark.parametrize(
    ("more", "method", "said"),
    [
        ({"SCORECRAFT_SLACK_APP_TOKEN": ""}, None, "Missing: SCORECRAFT_SLACK_APP_TOKEN."),
        (NONE, None, "Missing: SCORECRAFT_SLACK_BOT_TOKEN"),
        ({"SCORECRAFT_SLACK_BOT_TOKEN": "xapp-1"}, None, "SCORECRAFT_SLACK_BOT_TOKEN"),
        ({}, "apps.connections.open", "Slack does not accept SCORECRAFT_SLACK_APP_TOKEN (invalid_auth)."),
        ({}, "auth.test", "Slack does not accept SCORECRAFT_SLACK_BOT_TOKEN (invalid_auth)."),
        ({"SCORECRAFT_SLACK_API_URL": "http://127.0.0.1:9/api/"}, None, "Slack cannot be reached"),
    ],
)  # fmt: skip
def test_a_start_that_cannot_be_says_why(
    space: Workspace, tmp_path: Path, more: dict[str, str], method: str | None, said: str
) -> None:
    space.socket_url = "ws://127.0.0.1:9"
    if method:
        space.fault(method, Fault(error="invalid_auth"))
    done = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "slack"],
        env=environment(tmp_path, space, more),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert "xoxb-" not in done.stderr.replace("start with xoxb-", "") and APP_TOKEN not in done.stderr


def test_doctor_tries_slack_and_names_the_scopes_that_are_missing(space: Workspace, tmp_path: Path) -> None:
    def doctor() -> tuple[int, str]:
        command = [sys.executable, "-m", "api.cli.main", "doctor"]
        known = environment(tmp_path, space, {"SCORECRAFT_SLACK_APP_TOKEN": ""})
        done = subprocess.run(command, env=known, capture_output=True, encoding="utf-8", timeout=60)
        return done.returncode, done.stdout

    code, said = doctor()
    assert code == 0 and "Slack bot: scorecraft @ Acme — 127.0.0.1 — works" in said
    space.scopes = "chat:write,commands"
    code, said = doctor()
    assert code == 1 and "lacks the scopes" in said and "files:write" in said and "chat:write" not in said
