"""Numbers in words; numerals that make no number are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.offline.numbers import numbers

READ = {
    "百分之百": [100.0],
    "百分之二十五": [25.0],
    "三成半": [35.0],
    "十二个": [12.0],
    "二三十个": [],
    "十五六条": [],
    "百分之二三十，另加5%": [5.0],
}


@pytest.mark.parametrize("text", READ)
def test_numerals_are_read(text: str) -> None:
    assert [number.value for number in numbers(text)] == READ[text]


@given(
    st.text("零一二两三四五六七八九十百", min_size=1, max_size=8), st.sampled_from(["百分之{}", "{}成", "{}个", "{}条"])
)
def test_no_row_of_numerals_is_too_odd(numerals: str, shape: str) -> None:
    assert len(numbers(shape.format(numerals))) <= 1


def test_a_number_without_end_is_no_whole_one() -> None:
    assert [number.whole for number in numbers("9" * 400)] == [None]
