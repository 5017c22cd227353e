"""Sentences as they are quoted."""

import pytest

from assistant.retrieval.lexical import Words
from assistant.retrieval.prose import prose, quotable

BROKEN = [
    pytest.param("each person\u2019s first\npart is quoted.", "each person\u2019s first part is quoted.", id="english"),
    pytest.param(
        "\u8003\u6838\u8868\u7531\n\u4e09\u65b9\u7b7e\u5b57\u3002",
        "\u8003\u6838\u8868\u7531\u4e09\u65b9\u7b7e\u5b57\u3002",
        id="chinese",
    ),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_line_that_goes_on_is_joined_as_its_language_does(text: str, said: str) -> None:
    assert prose(text) == [said]


def test_what_does_not_stand_by_itself_is_not_quoted() -> None:
    text = "Weights add up to 100.\n\nExample: 30 + 70 = 100.\n\nTwo rules:\n\n- Keep five to eight items.\n"
    assert quotable(text) == ["Weights add up to 100.", "Keep five to eight items."]
    assert quotable(text, lists=False) == ["Weights add up to 100."]


def test_texts_without_a_word_that_is_compared_can_be_searched() -> None:
    assert Words(["\u041f\u0440\u0438\u0432\u0435\u0442", "the of"]).scores("weights").tolist() == [0.0, 0.0]
