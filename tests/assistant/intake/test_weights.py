"""Weights as forms write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intake.cells.weights import Weight, is_weight, total_note, weigh
from assistant.intake.form import Line, Section
from assistant.intake.grids import Cell

READ = {
    "a number": ("20", Weight(20.0)),
    "per cent": ("20%", Weight(20.0)),
    "points": ("20分", Weight(20.0)),
    "in full width": ("２０％", Weight(20.0)),
    "with a decimal": ("12.5 %", Weight(12.5)),
    "in English": ("20 points", Weight(20.0)),
    "in numerals": ("百分之二十", Weight(20.0)),
    "above 100": ("150", Weight(150.0)),
    "below 0": ("-10", Weight(-10.0)),
    "left open": ("待定", Weight()),
    "a dash": ("—", Weight()),
    "words": ("高", Weight(stated="高")),
    "a fraction in words": ("1/3", Weight(stated="1/3")),
    "no number at all": ("NaN", Weight(stated="NaN")),
    "all of it in numerals": ("百分之百", Weight(100.0)),
    "out of all proportion": ("9" * 400, Weight(stated="9" * 400)),
    "a number only a computer writes": ("1e308", Weight(stated="1e308")),
}
# Weights as written; the weights they are; the note on it.
SCALED = {
    "per cent stays": (["60", "40"], [60, 40], None),
    "fractions of one": (["0.6", "0.4"], [60, 40], "intake.fractions"),
    "thirds, rounded": (["0.33", "0.33", "0.33"], [33, 33, 33], "intake.fractions"),
    "fractions beside per cent": (["0.6", "40%"], [60, 40], "intake.mixed_fractions"),
    "a weight of 1 among others": (["1", "59", "40"], [1, 59, 40], None),
    "fractions that make no whole": (["0.6", "0.1"], [0.6, 0.1], None),
}


def lines(*weights: str, section: str = "") -> list[Line]:
    return [Line(f"line {place}", "", section=section, weight=Cell(text)) for place, text in enumerate(weights)]


def values(weights: list[Weight]) -> list[float | None]:
    return [weight.value for weight in weights]


@pytest.mark.parametrize("case", READ)
def test_a_weight_is_read(case: str) -> None:
    text, weight = READ[case]
    assert weigh(lines(text), {}) == ([weight], [])


def test_a_missing_cell_is_a_missing_weight() -> None:
    assert weigh([Line("销售额", "")], {}) == ([Weight()], [])


@pytest.mark.parametrize("value", [1e308, float("inf"), float("nan"), -1e7])
def test_a_stored_number_out_of_all_proportion_is_no_weight(value: float) -> None:
    assert weigh([Line("销售额", "", weight=Cell(str(value), number=value))], {})[0][0].value is None


@pytest.mark.parametrize("value", [0.55, 0.07, 0.29, 0.1125])
def test_a_stored_per_cent_is_what_it_shows(value: float) -> None:
    cell = Cell(f"{value:.2%}", number=value, percent=True)
    assert values(weigh([Line("销售额", "", weight=cell)], {})[0]) == [round(value * 10_000) / 100]


@pytest.mark.parametrize("case", SCALED)
def test_fractions_are_told_from_per_cent(case: str) -> None:
    written, expected, note = SCALED[case]
    weights, notes = weigh(lines(*written), {})
    assert values(weights) == expected
    assert [one.key for one in notes] == ([note] if note else [])


SECTIONS = {
    "weights inside sections multiply": (
        {"甲": ("60%", ["70%", "30%"]), "乙": ("40%", ["50", "50"])},
        [42, 18, 20, 20],
        ["intake.multiplied"],
    ),
    "weights of the whole stay": ({"甲": ("60", ["40", "20"]), "乙": ("40", ["40"])}, [40, 20, 40], []),
    "a lone line takes its section's": ({"甲": ("60", ["60"]), "乙": ("40", [""])}, [60, 40], []),
    "one open line takes the rest": (
        {"甲": ("60", ["40", ""]), "乙": ("40", ["40"])},
        [40, 20, 40],
        ["intake.section_rest"],
    ),
    "several open lines stay open": (
        {"甲": ("60", ["", ""]), "乙": ("40", ["40"])},
        [None, None, 40],
        ["intake.section_open"],
    ),
    "lines go before a section that differs": (
        {"甲": ("60", ["30", "20"]), "乙": ("40", ["50"])},
        [30, 20, 50],
        ["intake.section_differs", "intake.section_differs"],
    ),
}


@pytest.mark.parametrize("case", SECTIONS)
def test_sections_with_weights_of_their_own(case: str) -> None:
    written, expected, keys = SECTIONS[case]
    sections = {name: Section(name, Cell(weight)) for name, (weight, _) in written.items()}
    made = [line for name, (_, weights) in written.items() for line in lines(*weights, section=name)]
    weights, notes = weigh(made, sections)
    assert values(weights) == expected
    assert [one.key for one in notes] == keys


@pytest.mark.parametrize(
    ("stated", "weights", "noted"),
    [
        (100, [60, 40], False),
        (1, [60, 40], False),
        (100, [60, 30], True),
        (90, [60, 40], True),
        (100, [60, None], False),
        (None, [60, 30], False),
    ],
    ids=["right", "right as a fraction", "lines fall short", "total falls short", "a weight is open", "no total"],
)
def test_a_total_that_is_not_the_sum_is_noted(stated: float | None, weights: list[float | None], noted: bool) -> None:
    assert bool(total_note(stated, [Weight(value) for value in weights])) == noted


@pytest.mark.parametrize(
    ("text", "fits"), [("20", True), ("20%", True), ("0", False), ("101", False), ("销售额", False), ("", False)]
)
def test_what_can_be_a_weight(text: str, fits: bool) -> None:
    assert is_weight(text) is fits


@given(st.lists(st.integers(1, 99), min_size=2, max_size=10))
def test_whole_weights_are_never_touched(weights: list[int]) -> None:
    read, notes = weigh(lines(*(f"{weight}%" for weight in weights)), {})
    assert values(read) == weights
    assert notes == []
