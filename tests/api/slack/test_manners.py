"""How the bot behaves: who is let in, what is answered once, what happens when something is away."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api.slack.bot import Bot
from assistant.advisor import Advisor
from assistant.errors import StoreTrouble
from tests.api.slack.conftest import bot_over
from tests.api.slack.printed import printed
from tests.api.slack.slack import People, event
from tests.api.slack.workspace import CHANNEL, DM, HOME_BOT, PRIVATE, SECRET, Fault, Workspace, signed

ASK = "sales representative, collect cash faster"


def direct(space: Workspace, user: str = "UANN", text: str = ASK, **more: Any) -> dict[str, Any]:
    """Return the event of a direct message."""
    return event({**space.write(user, DM, text), "channel_type": "im", **more})


def texts(space: Workspace, channel: str = DM) -> list[str]:
    return [printed(one["blocks"]) for one in space.said(channel)]


@pytest.mark.parametrize(
    "headers",
    [
        lambda body: {},
        lambda body: signed(body, "another secret"),
        lambda body: signed(body + " "),
        lambda body: signed(body, at=time.time() - 600),
        lambda body: {**signed(body), "X-Slack-Request-Timestamp": "now"},
        lambda body: {**signed(body), "X-Slack-Signature": ""},
        lambda body: {**signed(body), "X-Slack-Signature": "v0=é".encode()},
    ],
    ids=["missing", "wrong", "of another body", "old", "no time", "empty", "no letters"],
)
def test_only_slack_is_let_in(running: tuple[Bot, People], space: Workspace, client: Any, headers: Any) -> None:
    bot, _ = running
    body = json.dumps(direct(space))
    answer = client.post("/slack/events", content=body, headers={**headers(body), "Content-Type": "application/json"})
    assert answer.status_code == 401
    assert bot.inbox.waiting() == 0 and space.calls == []


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "payload=%7B", "\x00\xff", "{}", '{"type": "x"}'])
def test_what_is_no_request_of_slack_does_no_harm(people: People, space: Workspace, body: str) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        assert people.send(body, kind).status_code in {200, 400, 401, 404}
    people.settle()
    assert space.calls == []


def test_slack_makes_sure_of_the_address(people: People) -> None:
    answer = people.post({"type": "url_verification", "challenge": "3eZbrw1a", "token": "x"})
    assert answer.status_code == 200 and "3eZbrw1a" in answer.text


def test_without_a_signing_secret_there_is_no_such_path(space: Workspace, tmp_path: Path, advisor: Advisor) -> None:
    with pytest.raises(AssertionError), bot_over(tmp_path, space, advisor, slack_signing_secret=None):
        pass


def test_an_event_sent_again_is_answered_once(people: People, space: Workspace) -> None:
    told = direct(space)
    for _ in range(4):
        assert people.post(told).status_code == 200
    people.settle()
    assert len(space.said()) == 1
    people.post(told)
    people.settle()
    assert len(space.said()) == 1


def test_a_command_in_two_processes_is_answered_once(space: Workspace, tmp_path: Path, advisor: Advisor) -> None:
    told = direct(space)
    with bot_over(tmp_path, space, advisor) as (_, one), bot_over(tmp_path, space, advisor) as (_, other):
        assert one.post(told).status_code == other.post(told).status_code == 200
        one.settle()
        other.settle()
    assert len(space.said()) == 1


@pytest.mark.parametrize(
    "about",
    [
        {"bot_id": "B7"},
        {"bot_id": "BBOT", "user": HOME_BOT},
        {"subtype": "bot_message"},
        {"subtype": "channel_join"},
        {"user": "UROBOT"},
        {"user": None},
        {"hidden": True, "subtype": "message_replied"},
    ],
    ids=str,
)
def test_a_bot_is_never_answered(people: People, space: Workspace, about: dict[str, Any]) -> None:
    people.post(direct(space, **about))
    people.settle()
    assert space.said() == []


def test_a_channels_own_talk_is_not_even_kept(bot: Bot, people: People, space: Workspace) -> None:
    root = space.write("UANN", CHANNEL, "lunch?")
    for about in ({"ts": root["ts"]}, {"ts": space.ts(), "thread_ts": root["ts"]}):
        people.post(event({**root, "type": "message", "channel_type": "channel", **about}))
    people.settle()
    assert bot.inbox.database.read(lambda one: one.exec_driver_sql("SELECT count(*) FROM inbox").scalar()) == 0
    assert space.calls == []


def test_a_mention_that_also_comes_as_a_message_is_answered_once(people: People, space: Workspace) -> None:
    told = people.write("UANN", f"<@{HOME_BOT}> {ASK}", CHANNEL)
    people.post(event({**told, "type": "message", "channel_type": "channel"}))
    people.settle()
    assert len(space.said(CHANNEL)) == 1


def test_a_private_channel_keeps_what_is_said_in_it(people: People, space: Workspace) -> None:
    space.members.add(PRIVATE)
    people.write("UANN", f"<@{HOME_BOT}> {ASK}", PRIVATE)
    assert len(space.said(PRIVATE)) == 1 and space.said(CHANNEL) == [] and space.said() == []


def test_a_message_changed_before_it_is_read_counts_as_changed(bot: Bot, people: People, space: Workspace) -> None:
    bot.working.stop()
    first = space.write("UANN", DM, "sales rep, volume")
    people.post(event({**first, "channel_type": "im"}))
    changed = {**first, "text": "sales director, grow revenue"}
    people.post(
        event({"type": "message", "subtype": "message_changed", "channel": DM, "channel_type": "im", "ts": space.ts(),
               "message": changed, "previous_message": first})
    )  # fmt: skip
    waiting = bot.inbox.claim(timedelta(minutes=1), 10)
    assert [json.loads(one.body)["text"] for one in waiting] == ["sales director, grow revenue"]


def test_a_message_changed_after_it_was_read_is_said_to_be(people: People, space: Workspace) -> None:
    told = people.write("UANN", ASK)
    about = {"type": "message", "subtype": "message_changed", "channel": DM, "channel_type": "im", "ts": space.ts()}
    people.post(event({**about, "message": {**told, "text": "something else"}, "previous_message": told}))
    people.settle()
    assert texts(space)[-1].startswith("I have already acted on that message")
    # Slack sends the same for a link that it unfolds.
    people.post(event({**about, "message": {**told, "attachments": []}, "previous_message": told}))
    people.settle()
    assert len(space.said()) == 2


def test_a_message_deleted_before_it_is_read_is_not_answered(bot: Bot, people: People, space: Workspace) -> None:
    bot.working.stop()
    first = space.write("UANN", DM, ASK)
    people.post(event({**first, "channel_type": "im"}))
    deletion = {"type": "message", "subtype": "message_deleted", "channel": DM, "channel_type": "im"}
    people.post(event({**deletion, "deleted_ts": first["ts"], "ts": space.ts(), "hidden": True}))
    assert bot.inbox.waiting() == 0


def test_a_card_is_its_owners_alone(people: People, space: Workspace) -> None:
    people.command("UANN", ASK)
    (card,) = space.ephemeral["UANN"]
    people.press("UBOB", card, "explain", CHANNEL, private=True)
    assert "typical for the role" not in printed(space.ephemeral["UBOB"][0]["blocks"])
    assert len(space.ephemeral["UANN"]) == 1


def test_what_people_write_calls_nobody(people: People, space: Workspace) -> None:
    people.command("UANN", "sales rep for <!channel> & *all* <https://x.y|click>, collect cash")
    people.write("UANN", "| KPI | Weight |\n| <!here> &lt;b&gt; *bold* | 60% |\n| Sales | 40% |")
    for one in [*space.ephemeral["UANN"], *space.said()]:
        assert "mrkdwn" not in json.dumps(one["blocks"])
        assert "<!" not in one["text"] and "<b>" not in one["text"]


def test_a_rate_limit_is_waited_for_as_told(people: People, space: Workspace) -> None:
    space.fault("chat.postMessage", Fault(429, "ratelimited", retry_after=1))
    began = time.monotonic()
    people.write("UANN", ASK)
    assert time.monotonic() - began >= 1
    assert len(space.said()) == 1 and len(space.called("chat.postMessage")) == 2


@pytest.mark.parametrize(
    "fault",
    [Fault(500), Fault(503, done=True), Fault(error="internal_error"), Fault(error="fatal_error", done=True)],
    ids=["failed", "failed after it was done", "its own fault", "its own fault after it was done"],
)
def test_a_message_whose_end_is_unknown_is_neither_lost_nor_posted_twice(
    people: People, space: Workspace, fault: Fault
) -> None:
    space.fault("chat.postMessage", fault)
    people.write("UANN", ASK)
    assert len(space.said()) == 1


def test_a_slow_slack_holds_up_nobody(bot: Bot, people: People, space: Workspace) -> None:
    bot.client.timeout = 1
    space.fault("chat.postMessage", Fault(hang=3, done=True))
    people.post(direct(space))
    people.command("UBOB", ASK)
    people.settle(40)
    assert len(space.said()) == 1 and len(space.ephemeral["UBOB"]) == 1
    assert max(people.late) < 3


def test_an_address_that_ran_out_gives_way_to_a_direct_message(people: People, space: Workspace) -> None:
    people.command("UANN", ASK)
    (card,) = space.ephemeral["UANN"]
    space.responses.clear()
    people.press("UANN", card, "game", CHANNEL, private=True, expired=True)
    assert len(space.said("D-UANN")) == 1


def test_blocks_that_slack_refuses_are_said_as_text(people: People, space: Workspace) -> None:
    space.fault("chat.postMessage", Fault(error="invalid_blocks"))
    people.write("UANN", ASK)
    (said,) = space.said()
    assert "blocks" not in said and said["text"].startswith("Appraisal scorecard")


def test_a_profile_that_cannot_be_had_now_is_asked_for_again(people: People, space: Workspace) -> None:
    space.fault("users.info", Fault(429, "ratelimited", retry_after=1))
    people.write("ULI", "销售代表，加快回款")
    assert texts(space)[0].startswith("## 销售代表")


def test_feedback_is_kept_and_can_be_switched_off(space: Workspace, tmp_path: Path, advisor: Advisor) -> None:
    with bot_over(tmp_path / "on", space, advisor) as (bot, people):
        people.write("UANN", ASK)
        people.press("UANN", space.said()[0], "feedback", name="Not helpful")
        kept = bot.inbox.database.read(lambda one: one.exec_driver_sql("SELECT subject, verdict FROM feedback").all())
        assert list(map(tuple, kept)) == [("UANN", "down")]
    with bot_over(tmp_path / "off", space, advisor, slack_feedback=False) as (bot, people):
        people.write("UANN", ASK)
        assert "context_actions" not in {block["type"] for block in space.said()[-1]["blocks"]}


def test_the_assistant_pane_offers_what_people_want(people: People, space: Workspace) -> None:
    thread = space.ts()
    pane = {"user_id": "ULI", "channel_id": DM, "thread_ts": thread, "context": {}}
    people.post(event({"type": "assistant_thread_started", "assistant_thread": pane}))
    people.settle()
    (offered,) = space.prompts
    assert offered["prompts"][0]["title"] == "拟一张销售代表的表"
    for one in offered["prompts"]:
        people.write("ULI", one["message"], thread=thread)
    assert len(space.said()) == 5 and all(one["thread_ts"] == thread for one in space.said())
    assert "正在读您的话…" in space.statuses


def test_documents_are_those_of_the_workspace_that_is_set(space: Workspace, tmp_path: Path, advisor: Advisor) -> None:
    with bot_over(tmp_path, space, advisor, slack_workspace="acme") as (bot, people):
        people.write("UANN", ASK)
        owners = bot.inbox.database.read(
            lambda one: one.exec_driver_sql("SELECT workspace, subject FROM conversations").all()
        )
    assert list(map(tuple, owners)) == [("acme", "UANN")]


def test_a_database_that_is_away_is_said_once_and_slack_sends_again(
    bot: Bot, people: People, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = direct(space)
    with monkeypatch.context() as away:
        away.setattr(bot.inbox, "put", _away)
        assert [people.post(told).status_code for _ in range(3)] == [503] * 3
        people.command("UBOB", ASK)
        _until(lambda: bool(space.said() and space.ephemeral["UBOB"]))
    assert ["database cannot be reached" in text for text in texts(space)] == [True]
    assert "Try again" in printed(space.ephemeral["UBOB"][0]["blocks"])
    assert people.post(told).status_code == 200
    people.settle()
    assert len(space.said()) == 2 and texts(space)[1].startswith("## Appraisal")


def _away(*arguments: object) -> bool:
    raise StoreTrouble("store.busy", "PostgreSQL")


def _until(found: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_no_secret_and_no_word_of_anybody_is_logged(
    people: People, space: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    people.write("UANN", "Project Nightingale: sales rep, collect cash")
    space.fault("chat.postMessage", Fault(500), Fault(error="invalid_blocks"))
    people.write("UANN", "Project Nightingale again")
    people.send("{}", "application/json")
    shown = "".join(capfd.readouterr())
    assert "Nightingale" not in shown and SECRET not in shown and "xoxb" not in shown


@pytest.mark.parametrize("where", ["directly", "privately"])
def test_an_answer_too_long_for_messages_goes_on_in_a_file(people: People, space: Workspace, where: str) -> None:
    rows = "".join(f"| Own measure {number} {'x' * 150} | 1% |\n" for number in range(100))
    text = "| KPI | Weight |\n| --- | --- |\n" + rows
    if where == "directly":
        people.write("UANN", text)
        said, file = space.said(), next(one for one in space.said() if one.get("files"))
        assert len(said) == 5
    else:
        people.shortcut("UANN", space.write("UBOB", CHANNEL, text))
        assert len(space.ephemeral["UANN"]) == 4
        (file,) = space.said("D-UANN")
    data = file["files"][0]["data"].decode("utf-8-sig")
    assert all(f"Own measure {number} " in data for number in range(100))


@pytest.mark.parametrize("code", ["is_archived", "not_in_channel", "restricted_action"])
def test_where_the_bot_may_not_speak_the_person_is_told_directly(people: People, space: Workspace, code: str) -> None:
    space.fault("chat.postMessage", Fault(error=code))
    people.write("UANN", f"<@{HOME_BOT}> {ASK}", CHANNEL)
    assert space.said(CHANNEL) == []
    assert printed(space.ephemeral["UANN"][0]["blocks"]).startswith("I cannot post there")


@pytest.mark.parametrize("user", ["UGUEST", "UPARTNER"])
def test_somebody_else_opens_no_window(people: People, space: Workspace, user: str) -> None:
    people.write("UANN", f"<@{HOME_BOT}> {ASK}", CHANNEL)
    people.press(user, space.said(CHANNEL)[0], "adjust", CHANNEL)
    _until(lambda: bool(space.ephemeral[user]))
    assert space.windows == []


UNSURE = [Fault(503, done=True), Fault(500), Fault(429, "ratelimited", retry_after=1)]


@pytest.mark.parametrize("fault", UNSURE, ids=lambda fault: f"{fault.status}-{fault.done}")
@pytest.mark.parametrize("where", ["from a command", "from a direct message"])
def test_a_card_is_shared_once_whatever_slack_says(people: People, space: Workspace, fault: Fault, where: str) -> None:
    if where == "from a command":
        people.command("UANN", ASK)
        space.fault("chat.postMessage", fault)
        people.press("UANN", space.ephemeral["UANN"][0], "share", CHANNEL, private=True)
    else:
        people.write("UANN", ASK)
        people.press("UANN", space.said()[0], "share")
        _until(lambda: bool(space.windows))
        space.fault("chat.postMessage", fault)
        people.submit("UANN", space.windows[0], {"channel": CHANNEL})
    assert len(space.said(CHANNEL)) == 1
