"""Answers broken off in the middle, and prose as it is written: nothing lost, nothing twice."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from api.slack.bot import Bot
from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.errors import ModelUnavailable, StoreTrouble
from assistant.language.interpretation import Mind
from assistant.language.model.mind import Made
from assistant.language.offline.interpreter import Offline
from assistant.storage.tables import inbox as rows
from tests.api.slack.conftest import bot_over
from tests.api.slack.printed import printed
from tests.api.slack.slack import People
from tests.api.slack.workspace import DM, Fault, Workspace

ASK = "sales representative, collect cash faster"
SENTENCES = ("Collection leads this card.", "Tell <!channel> sales follow.", "The rest stays.")


class Storyteller:
    """Words every card in three sentences, or fails after some."""

    def __init__(self, told: tuple[str, ...] = SENTENCES, fails: bool = False) -> None:
        self.told, self.fails = told, fails

    def wants(self, replies: tuple[Reply, ...]) -> bool:
        return True

    def words(self, message: str, conversation: Conversation, replies: tuple[Reply, ...]) -> Iterator[str]:
        yield from self.told
        if self.fails:
            raise ModelUnavailable("slow")


def narrated(bot: Bot, storyteller: Storyteller) -> None:
    offline = Offline(bot.advisor.reader)
    bot.advisor.__dict__["made"] = Made(Mind(offline, narrator=storyteller), None, None)


def asked(people: People, space: Workspace, text: str = ASK) -> list[dict[str, object]]:
    """Ask in the assistant pane and return what was said there."""
    thread = space.ts()
    people.write("UANN", text, thread=thread)
    return [one for one in space.said() if one.get("thread_ts") == thread]


def test_prose_is_streamed_behind_the_card(bot: Bot, people: People, space: Workspace) -> None:
    narrated(bot, Storyteller())
    card, prose = asked(people, space)
    assert card["blocks"] and prose["streaming"] is False
    assert prose["text"] == "Collection leads this card. Tell ‹!channel> sales follow. The rest stays. "
    assert len(space.called("chat.appendStream")) == 2
    assert space.called("chat.startStream")[0]["recipient_user_id"] == "UANN"


def test_where_slack_does_not_stream_the_prose_comes_as_a_message(bot: Bot, people: People, space: Workspace) -> None:
    narrated(bot, Storyteller())
    space.streaming = False
    _, prose = asked(people, space)
    assert printed(prose["blocks"]) == "\n".join(  # type: ignore[arg-type]
        ["Collection leads this card. Tell <!channel>", "sales follow. The rest stays."]
    )
    asked(people, space)
    assert len(space.called("chat.startStream")) == 1


def test_a_stream_that_breaks_is_ended_by_a_message_with_the_rest(bot: Bot, people: People, space: Workspace) -> None:
    narrated(bot, Storyteller())
    space.fault("chat.appendStream", Fault(429, "ratelimited", retry_after=30))
    _, streamed, rest = asked(people, space)
    assert streamed["text"] == "Collection leads this card. " and streamed["streaming"] is False
    assert printed(rest["blocks"]).startswith("Tell")  # type: ignore[arg-type]


def test_a_model_that_is_away_is_said_in_a_sentence(bot: Bot, people: People, space: Workspace) -> None:
    narrated(bot, Storyteller((), fails=True))
    card, note = asked(people, space)
    assert card["blocks"]
    assert "did not answer in time" in printed(note["blocks"])  # type: ignore[arg-type]


def test_outside_a_thread_prose_is_a_message(bot: Bot, people: People, space: Workspace) -> None:
    narrated(bot, Storyteller())
    people.write("UANN", ASK)
    assert len(space.said()) == 2 and space.called("chat.startStream") == []


def test_a_process_that_died_after_posting_is_not_followed_by_a_second_post(
    space: Workspace, tmp_path: Path, advisor: Advisor
) -> None:
    with bot_over(tmp_path, space, advisor) as (bot, people):
        narrated(bot, Storyteller())
        people.write("UANN", ASK)
        row = bot.inbox.database.read(lambda one: one.execute(rows.select()).one())
        body = {"status": "working", "body": _body(space), "leased": datetime.now(UTC) + timedelta(hours=1)}
        bot.inbox.database.write(lambda one: one.execute(update(rows).values(body)) and None)
        assert row.status == "done"
    with bot_over(tmp_path, space, advisor) as (_, people):
        people.settle()
    assert len(space.said()) == 2
    assert len(space.called("conversations.history")) >= 1


def _body(space: Workspace) -> str:
    from api.slack.arriving import message
    from tests.api.slack.slack import event

    told = next(one for one in space.messages[DM] if one["user"] == "UANN")
    asked = message(event({**told, "channel_type": "im"}))
    assert asked is not None
    return asked.model_dump_json()


def test_a_database_that_goes_away_in_the_middle_is_waited_for(
    bot: Bot, people: People, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    load, times = bot.advisor.store.load, iter(range(100))

    def failing(*arguments: object) -> object:
        if next(times) < 2:
            raise StoreTrouble("store.busy", "PostgreSQL")
        return load(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.advisor.store, "load", failing)
    people.write("UANN", ASK)
    said = [printed(one["blocks"]) for one in space.said()]
    assert ["database cannot be reached" in " ".join(one.split()) for one in said] == [True, False]
    assert said[1].startswith("## Appraisal")


def test_a_database_that_goes_away_at_the_end_posts_nothing_twice(
    bot: Bot, people: People, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, times = bot.inbox.done, iter(range(100))

    def failing(id: int, *, failed: bool = False) -> None:
        if next(times) == 0:
            raise StoreTrouble("store.busy", "PostgreSQL")
        done(id, failed=failed)

    monkeypatch.setattr(bot.inbox, "done", failing)
    monkeypatch.setattr("api.slack.working.LEASE", timedelta(seconds=1))
    people.command("UANN", ASK)
    assert len(space.ephemeral["UANN"]) == 1


def test_a_fault_of_ours_is_said_and_the_rest_goes_on(
    bot: Bot, people: People, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(bot.advisor, "converse", lambda *arguments: 1 / 0)
        people.write("UANN", ASK)
    assert printed(space.said()[0]["blocks"]).startswith("Something went wrong")
    people.write("UANN", ASK)
    assert printed(space.said()[1]["blocks"]).startswith("## Appraisal")


def test_questions_are_answered_in_the_order_they_were_asked(bot: Bot, people: People, space: Workspace) -> None:
    space.fault("chat.postMessage", Fault(429, "ratelimited", retry_after=1))
    from tests.api.slack.slack import event

    for text in (ASK, "collection to 25%", "undo"):
        people.post(event({**space.write("UANN", DM, text), "channel_type": "im"}))
        time.sleep(0.05)
    people.settle()
    first = [printed(one["blocks"]).splitlines()[0] for one in space.said()]
    assert first[0].startswith("## Appraisal") and first[1].startswith("Changed") and first[2].startswith("Back")
