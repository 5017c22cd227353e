"""Markdown, CSV, JSON and YAML read back."""

import csv
import json
from io import StringIO

import pytest
import yaml
from markdown_it import MarkdownIt

from api.export import export
from assistant.models import Scorecard
from knowledge.models import Catalogue


def table(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_begins_with_one_heading_the_lines_and_the_total(draft: Scorecard, catalogue: Catalogue) -> None:
    rows = table(export(draft, catalogue, "csv", "both"))
    head, *lines, total = rows[: rows.index([])]
    assert head[6] == "权重 / Weight"
    assert [line[1] for line in lines] == [f"{item.name.zh}\n{item.name.en}" for item in draft.items]
    assert [line[6] for line in lines] == [f"{item.weight}%" for item in draft.items]
    assert (total[0], total[6]) == ("合计 / Total", "100%")
    assert {len(line) for line in (head, *lines, total)} == {14}


def test_csv_holds_below_the_table_what_else_is_on_the_card(own: Scorecard, catalogue: Catalogue) -> None:
    rows = table(export(own, catalogue, "csv", "zh"))
    below = rows[rows.index([]) :]
    assert ["岗位", "大区经理"] in below
    assert [below[place + 1] for place, row in enumerate(below) if not row] == [
        ["岗位", "大区经理"],
        ["加减分项"],
        ["否决项"],
        ["分期目标与参考值"],
    ]
    assert ["有效投诉", "", "减3.5分", "", ""] in below
    assert ["重大合规事故", "当期绩效为D", "", ""] in below


def test_markdown_holds_tables_that_read_back(draft: Scorecard, catalogue: Catalogue) -> None:
    text = export(draft, catalogue, "md", "zh").decode("utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    cells = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type in {"td_open", "th_open"}]
    assert cells[:14][6] == "权重"
    assert [cells[14 * line + 1] for line in range(1, len(draft.items) + 1)] == [item.name.zh for item in draft.items]
    assert sum(token.type == "table_open" for token in tokens) == 4


def test_markdown_shows_signs_as_they_are(own: Scorecard, catalogue: Catalogue) -> None:
    from assistant.models import ScorecardItem
    from knowledge.models import Text

    name = "a|b <script>x</script> & [c](http://d) *e* _f_ `g` \\h ~i~"
    card = own.model_copy(update={"items": (ScorecardItem(name=Text(zh=name, en=name), weight=100),)})
    text = export(card, catalogue, "md", "zh").decode("utf-8")
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = next(token for token in tokens if token.type == "inline" and "script" in token.content)
    kinds = {child.type for child in inline.children or []}
    assert kinds <= {"text", "text_special"}
    assert "".join(child.content for child in inline.children or []) == name


@pytest.mark.parametrize("name", ["representative", "director", "incentive", "own"])
@pytest.mark.parametrize("target", ["json", "yaml"])
def test_the_card_loads_back_as_it_was(
    target: str, name: str, drafts: dict[str, Scorecard], own: Scorecard, catalogue: Catalogue
) -> None:
    card = drafts.get(name, own)
    data = export(card, catalogue, target, "zh")
    value = json.loads(data) if target == "json" else yaml.safe_load(data)
    assert list(value) == ["scorecard"] and "dimensions" not in value["scorecard"]
    assert Scorecard.model_validate(value["scorecard"]) == card
    assert Scorecard.model_validate(value["scorecard"]).model_dump() == card.model_dump()


def test_yaml_holds_no_references(draft: Scorecard, catalogue: Catalogue) -> None:
    events = yaml.parse(export(draft, catalogue, "yaml", "zh").decode("utf-8"))
    assert all(getattr(event, "anchor", None) is None for event in events)
