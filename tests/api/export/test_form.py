"""The form before any format: complete in both languages, and truthful about what is missing."""

import re

import pytest

from api.export import export
from api.export.compose import compose
from api.export.form import Form
from api.export.layout import Layout, Number, headed, said
from assistant.errors import BadInput, UnknownName
from assistant.models import Citation, Considered, Finding, Scorecard
from knowledge.models import Catalogue, Text
from knowledge.terms import Severity

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Acronyms and units that stand in Chinese text as they are.
LATIN = re.compile(r"[A-Za-z]{2,}")
ACRONYMS = {"CRM", "NPS", "ERP", "POC", "SKU", "HR", "SaaS", "KPI", "IT", "OA", "BI", "SLA", "ARR"}


def words(form: Form, layout: Layout) -> list[str]:
    """Return every text of a form."""
    cells = [cell for row in form.rows for cell in row.cells.values()]
    for block in (*form.blocks, form.reasons):
        cells += [block.title, *block.headings, *(cell for row in block.rows for cell in row)]
    for note in (*form.notes, *form.grounds):
        cells += [note.title, *note.lines]
    for field in form.fields:
        cells += [field.label, field.value]
    cells += [form.title, form.total, form.final.label, form.final.rule, *form.signers]
    cells += [column.heading for column in form.columns] + [section.heading for section in form.sections]
    return [said(cell, layout) for cell in cells]


@pytest.mark.parametrize("name", ["representative", "director", "incentive"])
def test_a_draft_speaks_one_language(name: str, drafts: dict[str, Scorecard], catalogue: Catalogue) -> None:
    form = compose(drafts[name], catalogue)
    assert [text for text in words(form, "en") if CHINESE.search(text)] == []
    assert [text for text in words(form, "zh") if set(LATIN.findall(text)) - ACRONYMS] == []


def test_both_languages_stand_in_every_cell(draft: Scorecard, catalogue: Catalogue) -> None:
    form = compose(draft, catalogue)
    for row, item in zip(form.rows, draft.items, strict=True):
        assert said(row.cells["indicator"], "both") == f"{item.name.zh}\n{item.name.en}"
        assert said(row.cells["target"], "both") == "待定\nTo be set"
    assert headed(form.columns[6].heading, "both") == "权重 / Weight"


def test_a_draft_is_complete(draft: Scorecard, catalogue: Catalogue) -> None:
    form = compose(draft, catalogue)
    assert form.weight == 100
    assert all(row.cells[column.key] for row in form.rows for column in form.columns[1:-2])
    assert [block.kind for block in form.blocks] == ["vetoes", "monitors"]
    assert [said(note.title, "en") for note in form.notes] == ["Definitions", "How to set the targets"]
    assert [said(field.value, "zh") for field in form.fields if field.value] == ["销售代表", "绩效考核", "提升市场份额"]
    grades = {said(row[-1], "en") for row in form.reasons.rows}
    assert grades <= {text.en[0].upper() + text.en[1:] for text in catalogue.terms["grade"].values()}


def test_incentive_pay_has_words_of_its_own(drafts: dict[str, Scorecard], catalogue: Catalogue) -> None:
    form = compose(drafts["incentive"], catalogue)
    assert said(form.title, "zh") == "销售代表激励指标方案"
    assert said(form.columns[1].heading, "en") == "Measure"
    gated = compose(drafts["representative"].model_copy(update={"profile": "incentive"}), catalogue)
    assert said(gated.blocks[0].title, "en") == "Gates"
    assert "gate" in said(gated.final.rule, "en")


def test_a_key_task_is_marked(drafts: dict[str, Scorecard], catalogue: Catalogue) -> None:
    names = [said(row.cells["indicator"], "zh") for row in compose(drafts["director"], catalogue).rows]
    assert any(name.endswith("\n（重点工作）") for name in names)


def test_a_gate_takes_the_points_of_the_lines_it_protects(draft: Scorecard, catalogue: Catalogue) -> None:
    rows = compose(draft, catalogue).rows
    for item, row in zip(draft.items, rows, strict=True):
        assert row.gates == tuple(place for place, veto in enumerate(draft.vetoes) if item.indicator in veto.protects)
    assert any(row.gates for row in rows)


def test_a_form_with_holes_stays_as_it_is(own: Scorecard, catalogue: Catalogue) -> None:
    form = compose(own, catalogue)
    rows = {said(row.cells["indicator"], "zh"): row for row in form.rows}
    weights = {name: said(row.cells["weight"], "zh") for name, row in rows.items()}
    assert weights == {
        "销售收入达标率": "33.33%",
        "费用率": "0%",
        "应收账款回收": "12.5%",
        "协作\n（行为指标）": "另行通知",
        "客户投诉次数": "",
        "投标文件及时率": "5%",
    }
    assert said(form.title, "zh") == "大区经理绩效考核表"
    assert [section.heading and section.heading.en for section in form.sections][1] is None
    assert rows["应收账款回收"].cells["target"] == Number(1_250_000)
    assert said(rows["应收账款回收"].cells["rater"], "en") == "Line manager 60%, Customer 40%"
    assert [said(cell, "zh") for cell in form.blocks[0].rows[1]] == ["有效投诉", "", "减3.5分", "", ""]
    assert [said(row[2], "en") for row in form.blocks[0].rows] == ["bonus +5 points", "penalty −3.5 points"]


def test_figures_of_a_form_are_kept(own: Scorecard, catalogue: Catalogue) -> None:
    figures = compose(own, catalogue).notes[-1]
    assert [said(line, "zh") for line in figures.lines] == [
        "销售收入达标率分期目标：Q1 20%、Q2 45%；销售收入达标率上年实际：93.5%；销售收入达标率目标比上年实际高7%",
        "同一结果的上级目标：5,000,000",
    ]


SCORING = {
    "销售收入达标率": "完成得20分，每低1%扣1分\n本项最高计25分；原表满分20分，本表得分栏按100分折算",
    "应收账款回收": "区间法（按目标达成率）\n达到100%计100分；达到90%计80分；低于90%计0分",
    "投标文件及时率": "扣分法：达到目标计100分，每差2个百分点扣10分；不设上限，下限0分",
    "客户投诉次数": "",
}


@pytest.mark.parametrize(("name", "rule"), SCORING.items())
def test_scoring_counts_a_hundred_at_target(name: str, rule: str, own: Scorecard, catalogue: Catalogue) -> None:
    row = next(row for row in compose(own, catalogue).rows if said(row.cells["indicator"], "zh") == name)
    assert said(row.cells.get("scoring"), "zh") == rule


def test_without_dimensions_there_is_no_column_for_them(own: Scorecard, catalogue: Catalogue) -> None:
    bare = own.model_copy(update={"items": own.items[1:2]})
    assert compose(bare, catalogue).columns[0].key == "indicator"


def test_the_second_page_says_what_was_weighed(draft: Scorecard, catalogue: Catalogue) -> None:
    left_out = Considered(
        indicator="nps",
        name=Text(zh="净推荐值", en="NPS"),
        cause="outweighed",
        reason=Text(zh="名额有限", en="no room"),
    )
    found = Finding(code="S001", severity=Severity.ADVICE, place="x", message="说明", reason="y", fix="改法")
    cited = draft.items[0].model_copy(
        update={"citations": (Citation(source="g.md", title=Text(zh="标题", en="Title"), section="2", excerpt="Text"),)}
    )
    card = draft.model_copy(update={"items": (cited, *draft.items[1:])})
    form = compose(card, catalogue, (left_out,), (found,))
    lines = [said(line, "zh") for note in form.grounds for line in note.lines]
    assert "净推荐值（" not in lines[0]
    assert "净推荐值：名额有限" in lines
    assert "S001 建议 说明" in lines
    assert [said(cell, "en") for cell in form.reasons.rows[0]][-2] == "Title, 2 (g.md)\n“Text”"


@pytest.mark.parametrize(
    "change",
    [{"profile": "nope"}, {"role": "nope"}, {"themes": ("nope",)}],
    ids=["profile", "role", "theme"],
)
def test_an_unknown_id_is_named(change: dict[str, object], draft: Scorecard, catalogue: Catalogue) -> None:
    with pytest.raises(UnknownName) as refused:
        compose(draft.model_copy(update=change), catalogue)
    assert all("nope" in refused.value.say(language) for language in ("zh", "en"))


@pytest.mark.parametrize(
    ("target", "language", "said_"), [("pdf", "zh", "pdf"), ("csv", "fr", "fr")], ids=["target", "layout"]
)
def test_what_cannot_be_asked_for_is_named(
    target: str, language: str, said_: str, draft: Scorecard, catalogue: Catalogue
) -> None:
    with pytest.raises(BadInput, match=said_):
        export(draft, catalogue, target, language)
