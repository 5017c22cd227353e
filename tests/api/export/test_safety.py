"""No text of a form becomes a formula, in any field and any format."""

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from api.export import export
from api.export.safety import clean, formula_like, guarded
from assistant.models import (
    Adjustment,
    Citation,
    Context,
    Ignored,
    Interim,
    Monitor,
    Scorecard,
    ScorecardItem,
    Scoring,
    Veto,
)
from knowledge.models import Catalogue, Parameter, Text
from knowledge.terms import Dimension, ScoringMethod

ATTACKS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    " =1",
    '=HYPERLINK("x")',
]
STARTS = re.compile(r"\s*[=+\-@＝＋－＠]")


def text(words: str) -> Text:
    """Return words as they are, blanks at their ends among them."""
    return Text.model_construct(zh=words, en=words)


def line(**fields: object) -> Scorecard:
    given_ = {"name": text("销售额"), "weight": 100, "dimension": Dimension.FINANCIAL} | fields
    return card(items=(ScorecardItem.model_construct(**given_),))


def card(**fields: object) -> Scorecard:
    items = (ScorecardItem(name=text("销售额"), weight=100, dimension=Dimension.FINANCIAL),)
    return Scorecard.model_construct(**({"items": items} | fields))


FIELDS: dict[str, Callable[[str], Scorecard]] = {
    "name": lambda attack: line(name=text(attack)),
    "definition": lambda attack: line(definition=text(attack)),
    "formula": lambda attack: line(formula=attack),
    "stated_weight": lambda attack: line(weight=None, stated_weight=attack),
    "scoring": lambda attack: line(scoring=Scoring(method=ScoringMethod.RATIO, text=attack)),
    "source": lambda attack: line(data_source=text(attack)),
    "rationale": lambda attack: line(rationale=text(attack)),
    "pinned": lambda attack: line(pinned=attack),
    "target_method": lambda attack: line(target_method=text(attack)),
    "parameter": lambda attack: line(parameters=(Parameter(id="a", name=text(attack), default=text(attack)),)),
    "interim": lambda attack: line(interims=(Interim(period=attack, value=1),)),
    "citation": lambda attack: line(citations=(Citation(source=attack, title=text(attack), excerpt=attack),)),
    "position": lambda attack: card(position=attack),
    "targets": lambda attack: card(context=Context(targets=attack)),
    "monitor": lambda attack: card(monitors=(Monitor(indicator="nps", name=text(attack), reason=text(attack)),)),
    "adjustment": lambda attack: card(
        adjustments=(Adjustment(name=text(attack), points=1, trigger=text(attack), evidence=text(attack)),)
    ),
    "veto": lambda attack: card(vetoes=(Veto(trigger=text(attack), effect=text(attack)),)),
    "ignored": lambda attack: card(ignored=(Ignored(code="W001", reason=attack),)),
}


# Every attack on one field, and the plainest on every field.
CASES = [("name", attack) for attack in ATTACKS] + [(field, ATTACKS[0]) for field in FIELDS if field != "name"]


@pytest.mark.parametrize(("field", "attack"), CASES)
def test_a_workbook_holds_no_formula_but_its_own(field: str, attack: str, catalogue: Catalogue) -> None:
    book = load_workbook(BytesIO(export(FIELDS[field](attack), catalogue, "xlsx", "zh")))
    ours = re.compile(r'=(?:"财务业绩"&CHAR\(10\)|SUM\(G|IF\()')
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert ours.match(str(cell.value)), cell.coordinate
                elif isinstance(cell.value, str) and STARTS.match(cell.value):
                    assert cell.quotePrefix, cell.coordinate


@pytest.mark.parametrize(("field", "attack"), CASES)
def test_texts_elsewhere_stand_behind_an_apostrophe(field: str, attack: str, catalogue: Catalogue) -> None:
    made = FIELDS[field](attack)
    rows = csv.reader(StringIO(export(made, catalogue, "csv", "zh").decode("utf-8-sig"), newline=""))
    assert [cell for row in rows for cell in row if STARTS.match(cell)] == []
    paper = Document(BytesIO(export(made, catalogue, "docx", "zh")))
    said = [paragraph.text for paragraph in paper.paragraphs]
    said += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert [one for said_ in said for one in said_.split("\n") if STARTS.match(one)] == []
    lines = export(made, catalogue, "md", "zh").decode("utf-8").splitlines()
    cells = [cell for row in lines if row.startswith("|") for cell in re.split(r"(?<!\\)\||<br>", row)]
    assert [cell for cell in cells if STARTS.match(cell) and not re.fullmatch(r" -{3} ", cell)] == []


@pytest.mark.parametrize("target", ["xlsx", "docx", "md", "csv"])
def test_characters_that_no_file_holds_are_left_out(target: str, catalogue: Catalogue) -> None:
    made = line(name=text("销\x00售\x0b额\ud800\ufffe"), formula="a\x1bb")
    data = export(made, catalogue, target, "both")
    if target in {"xlsx", "docx"}:
        data = b"".join(ZipFile(BytesIO(data)).read(name) for name in ZipFile(BytesIO(data)).namelist())
    assert "销售额".encode() in data


@given(st.text())
def test_what_is_guarded_is_safe_and_otherwise_unchanged(words: str) -> None:
    safe = guarded(words)
    assert not formula_like(safe)
    assert safe.removeprefix("'") == clean(words).removeprefix("'")


def test_a_text_too_long_for_a_cell_is_cut_not_lost(catalogue: Catalogue) -> None:
    data = export(line(definition=text("长" * 40_000)), catalogue, "xlsx", "zh")
    values = [cell.value for row in load_workbook(BytesIO(data)).worksheets[0].iter_rows() for cell in row]
    assert any(isinstance(value, str) and len(value) == 32_767 for value in values)
