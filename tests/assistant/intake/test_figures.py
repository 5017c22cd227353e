"""Figures in the cells of a form: words multiply them, units do not."""

import pytest

from assistant.intake.cells.figures import figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("300万元", 3e6),
        ("3千万", 3e7),
        ("1.2 million", 1.2e6),
        ("3 bn", 3e9),
        ("5k", 5e3),
        ("5k元", 5e3),
        ("20 meetings", 20.0),
        ("3 months", 3.0),
        ("12 kg", 12.0),
        ("9" * 400, None),
        ("60至80", None),
    ],
)
def test_a_figure_is_read_with_what_multiplies_it(text: str, value: float | None) -> None:
    assert figure(text).value == value
