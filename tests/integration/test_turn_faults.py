"""A model's server that fails in the middle of a conversation: a correct answer without it, and one sentence on why."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from assistant.errors import ModelUnavailable
from assistant.events import Decided, Done, Event, Sentence, Status
from assistant.language.interpretation import Mind
from assistant.language.model import OpenAICompatible
from assistant.language.model.address import Address
from assistant.language.model.interpreter import ModelInterpreter
from assistant.language.narrator import ModelNarrator
from assistant.language.offline.interpreter import Offline
from assistant.turns.turn import Message, Turn
from tests.integration.model_server import ModelServer, running

SECONDS = 2.5
OPEN = {
    "zh": "销售代表，今年要让每一分钱都花得值，也要让老主顾舍不得走",
    "en": "sales rep; above everything the old faithful do not drift away to somebody else",
}
SURE = {"zh": "销售代表，提升市场占有率", "en": "account executive, we want to win new logos"}
FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "401": ({"do": "status", "status": 401}, "key"),
    "429 with Retry-After": ({"do": "status", "status": 429, "headers": {"Retry-After": "30"}}, "limit"),
    "500": ({"do": "status", "status": 500}, "server"),
    "a hang": ({"do": "hang"}, "slow"),
    "a stream cut in the middle": ({"do": "cut", "text": "{\"actions\": [{\"kind\": \"draft\"", "how": "abort"}, "cut"),
    "malformed JSON": ({"do": "answer", "text": "]]} no { json at , all"}, "garbled"),
    "endless repetition": ({"do": "endless", "text": "and so on\n"}, "endless"),
    "an empty answer": ({"do": "empty"}, "empty"),
}  # fmt: skip
WORDLESS = {
    **{name: fault for name, fault in FAULTS.items() if name != "malformed JSON"},
    "an answer in the wrong language": ({"do": "answer", "text": "Die Karte ist gut. Alles passt so."}, "unfit"),
    "a tool call as plain text": ({"do": "call", "value": {"kind": "draft"}}, "unfit"),
    "malformed JSON": ({"do": "answer", "text": '{"weights": [140,'}, "unfit"),
    "endless repetition": ({"do": "endless", "text": "and so on\n"}, "unfit"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    yield from running()


@pytest.fixture
def model(server: ModelServer) -> Iterator[OpenAICompatible]:
    made = OpenAICompatible(Address(url=server.url, key=SecretStr("sk-secret")), "m", seconds=SECONDS)
    made.warm()
    yield made
    made.close()


def taken(advisor: Advisor, mind: Mind, message: str, language: str) -> list[Event]:
    turn = Turn(advisor, mind, Conversation.model_validate({"language": language}))
    return list(turn.events(Message(message), lambda after, replies: 1))


def decided(events: list[Event]) -> tuple[Reply, ...]:
    return next(event.replies for event in events if isinstance(event, Decided))


def note(events: list[Event]) -> str:
    assert isinstance(events[-1], Done)
    return events[-1].note


def minds(advisor: Advisor, model: OpenAICompatible) -> tuple[Mind, Mind]:
    offline = Offline(advisor.reader)
    reads = Mind(offline, ModelInterpreter(model, offline, advisor.reader))
    return reads, Mind(offline, narrator=ModelNarrator(model, advisor.catalogue, advisor.reader))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_reading_that_fails_leaves_the_offline_answer(
    advisor: Advisor, server: ModelServer, model: OpenAICompatible, fault: str, language: str
) -> None:
    step, cause = FAULTS[fault]
    server.script(step)
    reads, _ = minds(advisor, model)
    events = taken(advisor, reads, OPEN[language], language)
    assert decided(events) == decided(taken(advisor, Mind(reads.offline), OPEN[language], language))
    assert note(events) == ModelUnavailable(cause).say(language)  # type: ignore[arg-type]
    assert [event.stage for event in events if isinstance(event, Status)] == ["reading", "asking_model"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("fault", WORDLESS)
def test_a_wording_that_fails_leaves_the_result(
    advisor: Advisor, server: ModelServer, model: OpenAICompatible, fault: str, language: str
) -> None:
    step, cause = WORDLESS[fault]
    server.script(step)
    _, words = minds(advisor, model)
    events = taken(advisor, words, SURE[language], language)
    assert decided(events) == decided(taken(advisor, Mind(words.offline), SURE[language], language))
    assert not [event for event in events if isinstance(event, Sentence)]
    assert note(events) == ModelUnavailable(cause).say(language)  # type: ignore[arg-type]


def test_a_server_that_is_gone_is_told_too(advisor: Advisor) -> None:
    with_nobody = OpenAICompatible(Address(url="http://127.0.0.1:9/v1", key=None), "m", seconds=SECONDS)
    try:
        reads, _ = minds(advisor, with_nobody)
        events = taken(advisor, reads, OPEN["en"], "en")
    finally:
        with_nobody.close()
    assert decided(events)[0].suggestion is not None
    assert note(events) == ModelUnavailable("refused").say("en")


def test_a_tool_call_as_plain_text_is_read_all_the_same(
    advisor: Advisor, server: ModelServer, model: OpenAICompatible
) -> None:
    action = {"kind": "draft", "themes": ["retention"], "quote": "the old faithful do not drift away"}
    server.script({"do": "call", "value": {"actions": [action]}, "tagged": True})
    reads, _ = minds(advisor, model)
    events = taken(advisor, reads, OPEN["en"], "en")
    assert note(events) == ""
    suggestion = decided(events)[0].suggestion
    assert suggestion is not None
    assert "retention" in suggestion.scorecard.themes


def test_the_result_does_not_wait_for_the_wording(
    advisor: Advisor, server: ModelServer, model: OpenAICompatible
) -> None:
    server.script({"do": "answer", "text": "Sales revenue weighs 20%.", "first": 0.8})
    _, words = minds(advisor, model)
    turn = Turn(advisor, words, Conversation())
    started = time.monotonic()
    for event in turn.events(Message(SURE["en"]), lambda after, replies: 1):
        if isinstance(event, Decided):
            assert time.monotonic() - started < 0.8
            return
    raise AssertionError("nothing was decided")
