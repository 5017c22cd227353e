"""Plain data from YAML, JSON or a program as a form: a scorecard of our own, lines with fields, names with weights."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from assistant.errors import BadInput
from assistant.intake.form import ColumnRead, Form, Line, RowRead, check_lines
from assistant.intake.grids import Cell, Content
from assistant.intake.tables.headings import Headings
from assistant.intake.tables.walk import SHORT

LISTS = ("items", "indicators", "kpis", "measures", "lines", "scorecard", "指标", "考核指标")
FIELDS = {
    "role": "position",
    "role_title": "position",
    "position": "position",
    "strategy": "strategy",
    "themes": "strategy",
    "profile": "profile",
    "period": "period",
    "language": "language",
    "岗位": "position",
    "职位": "position",
    "战略": "strategy",
    "战略重点": "strategy",
    "规则方案": "profile",
    "考核周期": "period",
}
# What a program calls the fields of a line, beside the words that people use.
OWN_NAMES = {
    "indicator": "indicator",
    "name": "name",
    "weight": "weight",
    "target": "target",
    "threshold": "threshold",
    "stretch": "stretch",
    "source": "source",
    "data_source": "source",
    "scoring": "scoring",
    "scoring_rule": "scoring",
    "formula": "formula",
    "definition": "definition",
    "dimension": "dimension",
    "provider": "provider",
    "rater": "rater",
    "raters": "rater",
    "period": "period",
    "last_year": "last_year",
    "basis": "basis",
    "kind": "kind",
}


def data_form(content: Content, words: Headings) -> Form:
    """Return data as a form; ``BadInput`` says which field is not as expected."""
    form = Form(content.name)
    items = _items(content, form)
    check_lines(content.name, len(items))
    headings: dict[str, str | None] = {}
    for place, value in enumerate(items):
        line = _line_of(value, place, content, words, headings)
        form.lines.append(line)
        form.rows.append(RowRead(line.place, line.name[:SHORT], "item", place))
    form.columns = [ColumnRead(heading, known, "") for heading, known in headings.items()]
    return form


def _items(content: Content, form: Form) -> list[Any]:
    data: Any = content.data
    if isinstance(data, dict):
        inner = data.get("scorecard")
        data = inner if isinstance(inner, dict) else data
        _note_fields(data, form)
        listed = next((data[name] for name in LISTS if isinstance(data.get(name), list)), None)
        if isinstance(listed, list):
            return listed
        if data and all(isinstance(value, int | float | str) for value in data.values()):
            named = {key: value for key, value in data.items() if str(key).lower() not in FIELDS}
            return [{"name": str(key), "weight": value} for key, value in named.items()]
    if isinstance(data, list) and data:
        return data
    raise BadInput("error.no_items", file=content.name)


def _note_fields(data: Mapping[str, Any], form: Form) -> None:
    for key, known in FIELDS.items():
        value = data.get(key)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if isinstance(value, str) and value.strip() and known not in form.fields:
            form.fields[known] = value


def _line_of(value: Any, place: int, content: Content, words: Headings, headings: dict[str, str | None]) -> Line:
    stands = _place(content, place)
    if isinstance(value, str):
        return Line(value, stands)
    if not isinstance(value, dict):
        raise BadInput("error.item", file=content.name, place=stands, problem=type(value).__name__)
    line = Line("", stands)
    for key, given in value.items():
        known = OWN_NAMES.get(str(key).lower()) or words.meaning(str(key))
        headings.setdefault(str(key), known)
        if isinstance(given, dict) and known is not None and {"zh", "en"} != set(given):
            raise BadInput("error.item", file=content.name, place=stands, problem=type(given).__name__)
        _take(line, known, given)
    if not line.name and not line.data.get("indicator"):
        raise BadInput("error.item_name", file=content.name, place=stands)
    return line


def _take(line: Line, known: str | None, given: Any) -> None:
    if given is None or known is None:
        return
    if known == "weight":
        line.weight = _cell(given)
    elif known == "name":
        line.name = _said(given)
    elif known == "dimension":
        line.section = _said(given)
    elif known == "indicator":
        line.data["indicator"] = _said(given)
    else:
        line.texts[known] = _said(given)


def _cell(given: Any) -> Cell:
    if isinstance(given, int | float) and not isinstance(given, bool):
        with suppress(OverflowError):
            return Cell(text=str(given), number=float(given))
    return Cell(text=_said(given))


def _said(given: Any) -> str:
    """Return a value as a cell would show it."""
    if isinstance(given, dict) and {"zh", "en"} == set(given):
        return _said(given["zh"])
    if isinstance(given, list):
        return "、".join(_said(one) for one in given)
    return "" if given is None else str(given).strip()


def _place(content: Content, index: int) -> str:
    lines = {tuple(location): line for location, line in content.lines}
    found = next(
        (
            lines[location]
            for name in LISTS
            for location in ((name, index), ("scorecard", name, index))
            if location in lines
        ),
        None,
    )
    found = found or lines.get((index,))
    return str(found) if found else f"items[{index}]"
