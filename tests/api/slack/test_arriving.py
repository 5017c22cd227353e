"""Slack's payloads, as what was asked."""

from typing import Any

import pytest

from api.slack import arriving
from tests.api.slack.slack import event
from tests.api.slack.workspace import CHANNEL, DM, HOME_BOT, TEAM

SAID = {"type": "message", "user": "U1", "ts": "1.1", "text": "hello"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@UBOT> sales rep", "sales rep"),
        ("<@UBOT|scorecraft>销售代表", "销售代表"),
        ("margin &gt; 30% &amp; cash &lt; 90 days", "margin > 30% & cash < 90 days"),
        ("see <https://a.b/c|a.b> and <mailto:x@y.z|x@y.z>", "see a.b and x@y.z"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("for <#C1|sales> and <!here>, <!subteam^S1|hr>", "for sales and here, hr"),
        ("```KPI | Weight\nSales | 60%```", "KPI | Weight\nSales | 60%"),
        ("KPI\tWeight\nSales\t60", "KPI\tWeight\nSales\t60"),
        ("&lt;script&gt;", "<script>"),
        ("&amp;lt;", "&lt;"),
        ("", ""),
    ],
)
def test_words_are_read_as_they_were_typed(typed: str, read: str) -> None:
    assert arriving.plain(typed) == read


@pytest.mark.parametrize(
    ("about", "thread", "direct", "mentioned"),
    [
        ({"channel": DM, "channel_type": "im"}, None, True, False),
        ({"channel": DM, "channel_type": "im", "thread_ts": "0.9"}, "0.9", True, False),
        ({"channel": CHANNEL, "type": "app_mention", "text": "<@UBOT> hi"}, "1.1", False, True),
        ({"channel": CHANNEL, "type": "app_mention", "thread_ts": "0.9"}, "0.9", False, True),
        ({"channel": CHANNEL, "channel_type": "channel", "thread_ts": "0.9"}, "0.9", False, False),
    ],
)
def test_a_message_belongs_where_it_was_written(
    about: dict[str, Any], thread: str | None, direct: bool, mentioned: bool
) -> None:
    found = arriving.message(event({**SAID, **about}))
    assert found is not None
    assert (found.place.thread, found.place.direct, found.mentioned) == (thread, direct, mentioned)
    assert found.place.team == TEAM and not found.place.private


@pytest.mark.parametrize(
    "about",
    [
        {"channel": CHANNEL, "channel_type": "channel"},
        {"channel": CHANNEL, "channel_type": "channel", "thread_ts": "0.9", "text": f"<@{HOME_BOT}> hi"},
        {"channel": DM, "channel_type": "im", "bot_id": "B1"},
        {"channel": DM, "channel_type": "im", "subtype": "channel_topic"},
        {"channel": DM, "channel_type": "im", "user": None},
    ],
)
def test_what_nobody_asked_of_us_is_nothing(about: dict[str, Any]) -> None:
    assert arriving.message(event({**SAID, **about})) is None


def test_a_thread_is_one_conversation_for_all_and_a_private_answer_each_persons_own() -> None:
    def asked(user: str, thread: str) -> str:
        told = {**SAID, "channel": CHANNEL, "type": "app_mention", "user": user, "thread_ts": thread}
        found = arriving.message(event(told))
        assert found is not None
        return found.conversation

    def commanded(user: str, channel: str) -> str:
        body = {"team_id": TEAM, "channel_id": channel, "user_id": user, "text": "x", "trigger_id": "1"}
        return arriving.command(body).conversation

    assert asked("U1", "0.9") == asked("U2", "0.9") != asked("U1", "0.8")
    assert len({commanded("U1", "C1"), commanded("U2", "C1"), commanded("U1", "C2"), asked("U1", "0.9")}) == 4


def test_who_asks_is_the_person_alone_and_in_a_channel_all_who_are_in_it() -> None:
    private = arriving.command({"team_id": TEAM, "channel_id": "C1", "user_id": "U1", "trigger_id": "1"})
    told = arriving.message(event({**SAID, "channel": CHANNEL, "type": "app_mention"}))
    assert told is not None
    assert (private.principal("acme").subject, told.principal("acme").subject) == ("U1", CHANNEL)
    assert told.principal("acme").name == "U1"
    assert told.principal("acme").scopes == {"read", "write"}


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "scorecraft_explain", "value": "not ours"},
        {"action_id": "scorecraft_explain"},
        {"action_id": "scorecraft_destroy", "value": '{"conversation": "x"}'},
        {"action_id": "scorecraft_explain", "value": '{"conversation": "x", "more": 1}'},
    ],
)
def test_a_button_that_carries_nothing_of_ours_does_nothing(action: dict[str, Any]) -> None:
    assert arriving.press({"user": {"id": "U1"}, "team": {"id": TEAM}, "actions": [action]}) is None
