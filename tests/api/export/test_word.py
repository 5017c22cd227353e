"""The document as Word sees it."""

from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from api.export import export
from assistant.models import Scorecard
from knowledge.models import Catalogue


def opened(card: Scorecard, catalogue: Catalogue, language: str = "zh") -> Paper:
    return Document(BytesIO(export(card, catalogue, "docx", language)))


def test_the_document_is_the_form(draft: Scorecard, catalogue: Catalogue) -> None:
    paper = opened(draft, catalogue)
    table = paper.tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0][:2] == ["维度", "指标"]
    assert [row[1] for row in cells[1:-1]] == [item.name.zh for item in draft.items]
    assert [row[6] for row in cells[1:]] == [*(f"{item.weight}%" for item in draft.items), "100%"]
    said = [paragraph.text for paragraph in paper.paragraphs]
    assert said[0] == "销售代表绩效考核表"
    assert {"岗位：销售代表", "规则方案：绩效考核", "战略重点：提升市场份额"} <= set(said)
    signed = [cell.text for cell in paper.tables[-2].rows[0].cells]
    assert [text.split("签字")[0] for text in signed] == ["被考核人", "考核人", "人力资源部"]
    assert paper.tables[-1].rows[0].cells[0].text == "指标"


def test_dimensions_are_merged(draft: Scorecard, catalogue: Catalogue) -> None:
    column = [row.cells[0] for row in opened(draft, catalogue).tables[0].rows][1:-1]
    assert len({id(cell._tc) for cell in column}) == len(draft.dimensions)
    assert [cell.text.split("\n")[1] for cell in column] == [
        f"{next(one.weight for one in draft.dimensions if one.dimension is item.dimension):g}%" for item in draft.items
    ]


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_it_prints_on_landscape_a4(language: str, draft: Scorecard, catalogue: Catalogue) -> None:
    paper = opened(draft, catalogue, language)
    page = paper.sections[0]
    assert page.orientation == WD_ORIENT.LANDSCAPE
    assert page.page_width.cm == pytest.approx(29.7, abs=0.01)
    head = paper.tables[0].rows[0]._tr
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert "PAGE" in page.footer._element.xml and "NUMPAGES" in page.footer._element.xml


def test_a_form_with_holes_is_written(own: Scorecard, catalogue: Catalogue) -> None:
    cells = [[cell.text for cell in row.cells] for row in opened(own, catalogue, "en").tables[0].rows]
    weights = {row[1].split("\n")[0]: row[6] for row in cells[1:-1]}
    assert weights["客户投诉次数"] == "" and weights["协作"] == "另行通知" and weights["应收账款回收"] == "12.5%"
    assert cells[-1][6] == "50.83%"
