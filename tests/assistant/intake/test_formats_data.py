"""YAML and JSON taken apart: values as written, the line of every field; whatever bytes come, a refusal at worst."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assistant.intake.formats.parsing import parse
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Cell, Content, Grid, Note, packed, unpacked
from tests.assistant.intake.office import changed, document, workbook

SCALARS = [
    pytest.param("40", 40, id="whole number"),
    pytest.param("0.4", 0.4, id="decimal"),
    pytest.param("-1.5e3", -1500.0, id="exponent"),
    pytest.param("40%", "40%", id="per cent"),
    pytest.param("007", "007", id="leading zeros"),
    pytest.param("12345678901234567890", "12345678901234567890", id="more digits than a number keeps"),
    pytest.param("1:30", "1:30", id="no base sixty"),
    pytest.param("no", "no", id="no is a word"),
    pytest.param("true", True, id="truth"),
    pytest.param("", None, id="nothing"),
    pytest.param("~", None, id="null"),
    pytest.param("'40'", "40", id="quoted"),
    pytest.param("2026-1-5", "2026-01-05", id="day"),
    pytest.param("2026-13-45", "2026-13-45", id="day that is none"),
    pytest.param("!!str 40", 40, id="tag of a plain kind"),
]


@pytest.mark.parametrize(("written", "expected"), SCALARS)
def test_a_scalar_means_what_it_says(written: str, expected: Any) -> None:
    data = parse("a.yaml", f"a: {written}\n".encode()).data
    assert data == {"a": expected}
    assert type(data["a"]) is type(expected)


def test_every_field_has_its_line() -> None:
    content = parse(
        "a.yaml", "# 考核表\nrole: 销售代表\nitems:\n  - indicator: 销售额\n    weight: 40\n  - x\n".encode()
    )
    assert content.data == {"role": "销售代表", "items": [{"indicator": "销售额", "weight": 40}, "x"]}
    lines = dict(content.lines)
    assert (lines["role",], lines["items", 0, "weight"], lines["items", 1]) == (2, 5, 6)


def test_json_is_plain_data() -> None:
    written = '{"a": [1, 2.5, null, true, "销售"], "b": 123456789012345678901234567890}'
    assert parse("a.json", written.encode()).data == {
        "a": [1, 2.5, None, True, "销售"],
        "b": 123456789012345678901234567890.0,
    }


def test_json_of_windows_is_read() -> None:
    assert parse("a.json", b'\xef\xbb\xbf{"a":\r\n1}').data == {"a": 1}


NAMES = ["a.xlsx", "a.docx", "a.yaml", "a.json", "a.csv", "a.md", "a.txt", "a.xls", "-"]
BOOK = workbook(["指标", "权重"], ["销售额", 0.4], ["=A1", None])
TEXT = document(lambda made: made.add_table(2, 2))
PARTS = {
    "a.xlsx": (BOOK, ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")),
    "a.docx": (TEXT, ("word/document.xml", "word/styles.xml", "_rels/.rels")),
}
MARKS = some.sampled_from(
    [b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF", b"{", b"- a: ", b"a,b\n", b"|a|\n|-|\n"]
)
WRITTEN = some.text(some.sampled_from("a1%:-|,;\t\n\"'#&*!{}[]<>. 销售额　｜~?\\"), max_size=120)


def taken(name: str, data: bytes) -> Content | None:
    try:
        return parse(name, data)
    except Refused:
        return None


@settings(max_examples=400, deadline=None)
@given(some.sampled_from(NAMES), MARKS, some.binary(max_size=300))
def test_no_bytes_do_harm(name: str, mark: bytes, data: bytes) -> None:
    check_crossing(taken(name, mark + data))


@settings(max_examples=400, deadline=None)
@given(some.sampled_from(NAMES), WRITTEN)
def test_no_text_does_harm(name: str, written: str) -> None:
    check_crossing(taken(name, written.encode()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.sampled_from(sorted(PARTS)), some.data())
def test_no_damage_inside_an_office_file_does_harm(name: str, draw: some.DataObject) -> None:
    whole, parts = PARTS[name]
    start, length, junk = draw.draw(some.tuples(some.integers(0, 4000), some.integers(0, 60), some.binary(max_size=8)))
    damaged = changed(
        whole, {draw.draw(some.sampled_from(parts)): lambda xml: xml[:start] + junk + xml[start + length :]}
    )
    check_crossing(taken(name, damaged))


ATTRIBUTES = some.sampled_from(
    [b"0", b"1", b"-1", b"99999999999", b"1e400", b"x", b"", b"A1:XFD1048576", b"B2", b"str"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.sampled_from(sorted(PARTS)), some.data())
def test_no_odd_value_inside_an_office_file_does_harm(name: str, draw: some.DataObject) -> None:
    whole, parts = PARTS[name]
    value, at = draw.draw(some.tuples(ATTRIBUTES, some.integers(0, 40)))

    def odd(xml: bytes) -> bytes:
        pieces = xml.split(b'"')
        place = min(2 * at + 1, len(pieces) - 2)
        return b'"'.join([*pieces[:place], value, *pieces[place + 1 :]])

    check_crossing(taken(name, changed(whole, {draw.draw(some.sampled_from(parts)): odd})))


def check_crossing(content: Content | None) -> None:
    """What is taken apart arrives unchanged on the other side of the border."""
    if content is not None:
        assert unpacked(json.loads(json.dumps(packed(content), allow_nan=False))) == content


CELLS = some.builds(
    Cell,
    some.text(max_size=5),
    some.none() | some.floats(allow_nan=False, allow_infinity=False),
    some.booleans(),
    some.booleans(),
    some.booleans(),
)
GRIDS = some.builds(
    Grid,
    name=some.text(max_size=5),
    rows=some.lists(some.lists(CELLS, max_size=3).map(tuple), max_size=3).map(tuple),
    first_row=some.integers(1, 9),
    hidden=some.booleans(),
    before=some.lists(some.text(max_size=5), max_size=2).map(tuple),
)
NOTES = some.builds(
    Note,
    some.text(max_size=5),
    some.dictionaries(some.text(max_size=3), some.integers() | some.tuples(some.text(max_size=3))),
)


@given(
    some.builds(
        Content,
        kind=some.sampled_from(["yaml", "xlsx"]),
        name=some.text(max_size=5),
        grids=some.lists(GRIDS, max_size=2).map(tuple),
        data=some.recursive(some.none() | some.integers() | some.text(), lambda inner: some.lists(inner, max_size=2)),
        lines=some.lists(some.tuples(some.tuples(some.text(max_size=3), some.integers(0, 5)), some.integers(1, 9))).map(
            tuple
        ),
        notes=some.lists(NOTES, max_size=2).map(tuple),
    )
)
def test_content_crosses_the_border_unchanged(content: Content) -> None:
    check_crossing(content)


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.json", '{"na\\u0007me": ["x\\u001b[2J\\u009by", 1]}'), ("a.yaml", '"na\\ame": ["x\\e[2J\\x9by", 1]')],
    ids=["JSON", "YAML"],
)
def test_an_escape_cannot_command_a_terminal(name: str, text: str) -> None:
    assert parse(name, text.encode()).data == {"name": ["x[2Jy", 1]}
