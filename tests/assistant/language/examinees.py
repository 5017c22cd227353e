"""Models for tests: one that says what it is given, and one that knows the exam by heart."""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel

from assistant.errors import Cause, ModelUnavailable
from assistant.language.model.exam import ReadingCase, load
from assistant.language.model.model import Where

T = TypeVar("T", bound=BaseModel)
PROSE = {
    "en": "This card puts the stated strategy first. The card follows that strategy to the end. ",
    "zh": "这张表把既定的战略放在前面。整张表都围绕这个战略来定。",
}


class Examinee:
    """A model without a server; ``answers`` are what it reads, the last one again and again."""

    name = "examinee"
    where = Where(host="localhost", reach="machine")

    def __init__(self, *answers: dict[str, Any], prose: str = "") -> None:
        self.answers, self.prose = list(answers), prose
        self.asked: list[tuple[str, str]] = []

    def structured(self, system: str, user: str, shape: type[T]) -> T:
        self.asked.append((system, user))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return shape.model_validate(answer)

    def stream(self, system: str, user: str, most_tokens: int) -> Iterator[str]:
        self.asked.append((system, user))
        yield from self.prose or (PROSE["zh" if "Chinese" in system else "en"])


class Crammer(Examinee):
    """Answers every case of the exam right, and all else with nothing."""

    def structured(self, system: str, user: str, shape: type[T]) -> T:
        self.asked.append((system, user))
        return shape.model_validate(known(user))


class Absent(Examinee):
    """Fails every call in one way."""

    def __init__(self, cause: Cause) -> None:
        super().__init__()
        self.cause: Cause = cause

    def structured(self, system: str, user: str, shape: type[T]) -> T:
        raise ModelUnavailable(self.cause)

    def stream(self, system: str, user: str, most_tokens: int) -> Iterator[str]:
        raise ModelUnavailable(self.cause)


def known(user: str) -> dict[str, Any]:
    """Return the right answer to the case whose message a request holds."""
    case = next((one for one in load().reading if one.message in user), None)
    return {"actions": [answer(case)] if case else [], "unclear": ""}


def answer(case: ReadingCase) -> dict[str, Any]:
    expect = case.expect
    wishes = [wish(text.split("|")[0].split(), case.message) for text in expect.wishes]
    roles, themes = [expect.role] if expect.role else [], list(expect.themes[:1])
    return {"kind": expect.kind, "quote": case.message, "roles": roles, "themes": themes, "wishes": wishes}


def wish(words: list[str], message: str) -> dict[str, Any]:
    ask, indicator, *value = words
    return {"ask": ask, "indicator": indicator, "value": int(value[0]) if value else 0, "quote": message}


def brain(body: dict[str, Any]) -> str:
    """Answer a request of the protocol as the crammer would."""
    system, user = (str(message["content"]) for message in body["messages"][:2])
    if "response_format" in body:
        return json.dumps(known(user), ensure_ascii=False)
    return PROSE["zh" if "Chinese" in system else "en"]
