"""Conversations over HTTP: as JSON, as events that can be replayed; and one card whichever way it is asked for."""

import json
import subprocess
import sys
from typing import Any

import pytest
from starlette.testclient import TestClient

from knowledge.models import Language


def begun(web: TestClient) -> str:
    return str(web.post("/v1/conversations", json={}).json()["id"])


def events(text: str) -> list[dict[str, Any]]:
    """Return server-sent events with their ids."""
    found = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append({"id": fields.get("id"), "event": fields["event"], "data": json.loads(fields["data"])})
    return found


def streamed(web: TestClient, id: str, text: str, **headers: str) -> list[dict[str, Any]]:
    answer = web.post(
        f"/v1/conversations/{id}/messages", json={"text": text}, headers={"Accept": "text/event-stream", **headers}
    )
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/event-stream")
    return events(answer.text)


def test_a_turn_as_json_and_as_events_come_to_the_same(web: TestClient) -> None:
    said = "销售代表，我们要扩大市场份额"
    plain = web.post(f"/v1/conversations/{begun(web)}/messages", json={"text": said}).json()
    live = streamed(web, begun(web), said)
    assert [one["event"] for one in live] == ["status", "decided", "scorecard", "findings", "citations", "done"]
    assert live[1]["data"]["replies"] == plain["replies"]
    assert plain["number"] == 1 and plain["language"] == "zh"


def test_what_was_missed_is_sent_again(web: TestClient) -> None:
    id = begun(web)
    live = [one for turn in ("AE, win new logos", "why NPS?") for one in streamed(web, id, turn) if one["id"]]
    for place in range(len(live)):
        again = web.get(f"/v1/conversations/{id}/events", headers={"Last-Event-ID": live[place]["id"]})
        assert events(again.text) == live[place + 1 :]
    assert events(web.get(f"/v1/conversations/{id}/events").text) == live
    assert web.get(f"/v1/conversations/{id}/events", headers={"Last-Event-ID": "x"}).status_code == 400


def test_a_message_sent_again_is_said_once(web: TestClient) -> None:
    id = begun(web)
    first, second = (
        web.post(
            f"/v1/conversations/{id}/messages", json={"text": "AE, win new logos"}, headers={"Idempotency-Key": "m1"}
        ).json()
        for _ in range(2)
    )
    assert first["replies"] == second["replies"] and second["number"] == 1
    assert len(web.get(f"/v1/conversations/{id}/messages").json()["items"]) == 1


def test_a_button_sends_an_action(web: TestClient) -> None:
    answer = web.post(
        f"/v1/conversations/{begun(web)}/messages",
        json={"actions": [{"kind": "draft", "role": "sales_manager", "themes": ["cash"]}]},
    )
    assert answer.json()["replies"][0]["suggestion"]["scorecard"]["role"] == "sales_manager"
    wrong = web.post(f"/v1/conversations/{begun(web)}/messages", json={"actions": [{"kind": "launch"}]})
    assert wrong.status_code == 422


def test_unknown_conversations_are_a_problem_not_a_stream(web: TestClient) -> None:
    answer = web.post("/v1/conversations/nobody/messages", json={"text": "hi"}, headers={"Accept": "text/event-stream"})
    assert answer.status_code == 404 and answer.json()["type"].endswith("unknown-conversation")


def test_turns_are_listed_and_deleted(web: TestClient) -> None:
    id = begun(web)
    for text in ("AE, win new logos", "undo", "help"):
        web.post(f"/v1/conversations/{id}/messages", json={"text": text})
    first = web.get(f"/v1/conversations/{id}/messages", params={"limit": 2}).json()
    rest = web.get(f"/v1/conversations/{id}/messages", params={"limit": 2, "cursor": first["next"]}).json()
    assert [one["said"] for one in (*first["items"], *rest["items"])] == ["help", "undo", "AE, win new logos"]
    assert rest["next"] is None
    assert web.delete(f"/v1/conversations/{id}").status_code == 204
    assert web.get(f"/v1/conversations/{id}/messages").status_code == 404


@pytest.mark.parametrize(
    ("role", "strategy", "language"),
    [
        ("销售代表", "提高市场占有率，加快回款", "zh"), ("大客户经理", "守住老客户，做深钱包份额", "zh"),
        ("sales manager", "margin over volume", "en"), ("customer success manager", "reduce churn", "en"),
    ],
)  # fmt: skip
def test_command_line_api_and_chat_give_the_same_card(
    web: TestClient, role: str, strategy: str, language: Language
) -> None:
    command = [sys.executable, "-m", "api.cli.main", "suggest", "--lang", language, "--format", "json"]
    printed = subprocess.run(
        [*command, "--role", role, "--strategy", strategy], capture_output=True, check=True, encoding="utf-8"
    )
    by_command = json.loads(printed.stdout)["scorecard"]
    brief = {"role": role, "strategy": strategy, "language": language}
    by_api = web.post("/v1/scorecards:suggest", json=brief).json()["scorecard"]
    said = f"{role}，{strategy}" if language == "zh" else f"{role}, {strategy}"
    turn = web.post(f"/v1/conversations/{begun(web)}/messages", json={"text": said}).json()
    by_chat = turn["replies"][0]["suggestion"]["scorecard"]
    assert by_command == by_api
    assert {one["indicator"]: one["weight"] for one in by_chat["items"]} == {
        one["indicator"]: one["weight"] for one in by_api["items"]
    }
