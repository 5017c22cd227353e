"""Answers that repeat themselves are stopped early; answers of our kind are not."""

import pytest

from assistant.language.model.guard import Guard
from assistant.language.model.thinking import Thoughts
from assistant.language.model.trouble import Trouble

ENDLESS = {
    "a line": "销售额是最重要的指标。\n",
    "a word": "sales ",
    "a character": "0",
    "blanks": " \n",
    "an item of a list": '{"name": "Sales", "weight": 20}, ',
    "several sentences": "First choose the indicators. Then set the weights. Then agree on them with the manager. " * 3,
}
SOUND = {
    "a table": "".join(f"| {name} | 20% | monthly | system |\n" for name in ("Sales", "Margin", "Cash", "New", "Old")),
    "a rule": "Heading\n" + "-" * 120 + "\nText",
    "items alike": "".join(f'{{"month": {month}, "target": {month * 100}, "unit": "%"}}, ' for month in range(1, 25)),
    "short items": "[" + ", ".join(str(number) for number in range(200)) + "]",
    "prose": "The weight of sales rises because the strategy is growth. Collection stays at its floor. " * 2,
}


def read(text: str, most: int = 100_000) -> int:
    """Return how many characters were read before it was stopped."""
    guard = Guard(most)
    for at in range(0, len(text), 7):
        try:
            guard.add(text[at : at + 7])
        except Trouble as trouble:
            assert trouble.cause == "endless"
            return at
    return len(text)


@pytest.mark.parametrize("phrase", ENDLESS.values(), ids=ENDLESS)
def test_repetition_is_noticed_early(phrase: str) -> None:
    start = "The scorecard has six indicators, and these are the reasons for their weights: "
    assert read(start + phrase * 400) <= len(start) + max(6 * len(phrase), 240) + 80


@pytest.mark.parametrize("text", SOUND.values(), ids=SOUND)
def test_answers_of_our_kind_pass(text: str) -> None:
    assert read(text) == len(text)


def test_an_answer_has_a_bound_even_when_it_is_varied() -> None:
    assert read("".join(f"{number * 7919} " for number in range(900)), most=1000) < 1008


@pytest.mark.parametrize("size", [1, 3, 200])
@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>\nHm, cash first.\n</think>\n\nCash leads.", "Cash leads."),
        ("\n<think></think>Cash leads.", "Cash leads."),
        ("Cash <think> leads.", "Cash <think> leads."),
        ("<thin", "<thin"),
        ("<think>never ends", ""),
        ("", ""),
    ],
)
def test_thoughts_before_an_answer_are_left_out(text: str, answer: str, size: int) -> None:
    thoughts = Thoughts()
    told = [thoughts.rest(text[at : at + size]) for at in range(0, len(text), size)]
    assert "".join([*told, thoughts.end()]) == answer
