"""Dialogues from the table, and what holds of every turn."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.actions import Draft
from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.language.interpretation import Mind
from assistant.language.offline.interpreter import Offline
from assistant.turns.turn import Message, Turn, settled
from knowledge import shipped
from tests.assistant.test_cases import table
from tests.talking import replied as turn

DIALOGUES = table("dialogues")
ADVISOR = Advisor(shipped.load())


def play(messages: list[str], language: str = "en") -> list[tuple[Conversation, Reply]]:
    conversation = Conversation.model_validate({"language": language})
    played = []
    for message in messages:
        conversation, reply = turn(conversation, message, ADVISOR)
        played.append((conversation, reply))
    return played


def assert_turn(wanted: dict[str, Any], conversation: Conversation, reply: Reply) -> None:
    told = reply.answer.statements if reply.answer else ()
    said = "\n".join([*reply.said, *(one.text for one in told)])
    assert wanted["kind"] in {"any", reply.kind}, said
    assert [words for words in wanted.get("says", ()) if words not in said] == [], said
    assert len(reply.columns) == wanted.get("columns", len(reply.columns))
    if reply.suggestion is None:
        return
    card, understood = reply.suggestion.scorecard, reply.suggestion.understood
    weights = card.weights()
    assert sum(weights.values()) == 100
    assert understood.role == wanted.get("role", understood.role)
    assert list(understood.themes) == wanted.get("themes", list(understood.themes))
    assert understood.profile == wanted.get("profile", understood.profile)
    assert set(wanted.get("on", ())) <= set(weights)
    assert set(weights).isdisjoint(wanted.get("off", ()))
    assert {id: weights.get(id) for id in wanted.get("weights", {})} == wanted.get("weights", {})
    assert len(weights) == wanted.get("count", len(weights))
    assert len(weights) <= wanted.get("most", 10)
    assert set(wanted.get("findings", ())) <= {one.code for one in reply.suggestion.findings}


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue["id"] for dialogue in DIALOGUES])
def test_dialogue(dialogue: dict[str, Any]) -> None:
    played = play([wanted["type"] for wanted in dialogue["turns"]], dialogue["language"])
    for wanted, (conversation, reply) in zip(dialogue["turns"], played, strict=True):
        assert_turn(wanted, conversation, reply)


def test_undo_gives_back_the_very_card() -> None:
    played = play(["AE, win new logos", "raise collection to 25%", "undo"])
    assert played[2][1].suggestion == played[0][1].suggestion


def test_the_language_follows_the_message_unless_it_was_chosen() -> None:
    assert play(["AE, win new logos", "回款提高到25%"])[1][1].language == "zh"
    fixed = Conversation(language="en", fixed_language=True)
    assert turn(fixed, "业务员，提升份额", ADVISOR)[1].language == "en"


def test_both_languages_give_the_same_card() -> None:
    (_, chinese), (_, english) = (
        play([message])[0] for message in ("业务员，加快回款", "sales rep, collect cash faster")
    )
    assert chinese.suggestion is not None and english.suggestion is not None
    assert chinese.suggestion.scorecard.weights() == english.suggestion.scorecard.weights()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=3))
def test_whatever_is_typed_gets_an_answer(messages: list[str]) -> None:
    for _, reply in play(["AE, win new logos", *messages]):
        # A card that was checked, repaired, reviewed, tried or gamed speaks for itself.
        assert reply.said or reply.suggestion or reply.columns or reply.answer or reply.target or reply.held


@pytest.mark.parametrize(("language", "asked"), [("zh", "支持哪些岗位"), ("en", "which positions do you know?")])
def test_an_unknown_position_comes_with_the_question_that_lists_them(language: str, asked: str) -> None:
    conversation = Conversation.model_validate({"language": language})
    action = Draft(role="wizard of oz")
    talk = Turn(ADVISOR, Mind(Offline(ADVISOR.reader)), conversation)
    _, replies = settled(talk, Message("?", actions=(action,)))
    said = "\n".join(replies[-1].said)
    assert asked in said and "scorecraft" not in said
    assert turn(conversation, asked, ADVISOR)[1].said
