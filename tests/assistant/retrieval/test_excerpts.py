"""What is shown of a passage: the sentences that speak to the question, whole, in their order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.chunks import size
from assistant.retrieval.excerpts import GAP, MOST, excerpt

LONG = "开场白说明背景。" * 10


def test_a_short_passage_keeps_what_answers() -> None:
    assert excerpt("拜访次数不计分。", "拜访") == "拜访次数不计分。"


def test_sentences_that_share_words_are_shown_with_a_gap_between() -> None:
    text = f"Visits count once they are planned. {'Nothing of that kind here. ' * 40}Unplanned visits do not count."
    assert excerpt(text, "do unplanned visits count") == (
        f"Visits count once they are planned.{GAP}Unplanned visits do not count."
    )


def test_without_a_shared_word_the_beginning_is_shown() -> None:
    shown = excerpt(LONG * 8, "visits")
    assert LONG.startswith(shown[:8])
    assert size(shown) <= MOST


def test_a_short_table_is_shown_as_it_is_and_a_long_one_by_its_rows() -> None:
    short = "| 项目 | 时限 |\n|---|---|\n| 机票 | 30天 |"
    assert excerpt(short, "机票时限") == short
    long = "| 项目 | 说明 |\n|---|---|\n" + "\n".join(f"| 第{n}项 | {'说明文字' * 5} |" for n in range(30))
    assert excerpt(f"{long}\n| 机票 | 三十天内报销 |", "机票报销") == "项目: 机票; 说明: 三十天内报销"


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=2000), st.text(max_size=40))
def test_any_passage_has_an_excerpt_of_bounded_length(text: str, question: str) -> None:
    assert size(excerpt(text, question)) <= 4 * MOST
