"""Actuals as people state them: 销售额=92%, new customers=6/8, in a line of text or a file."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.errors import BadInput
from assistant.intake.cells.figures import SCALE, SCALES
from assistant.intake.grids import Content, Grid
from assistant.scoring.models import Actual

LONGEST = 60
# A path may hold a colon too, as on Windows.
FILES = (".yaml", ".yml", ".json", ".csv", ".tsv", ".xlsx", ".docx", ".md", ".txt")
_NEXT = re.compile(r"[;；\n]|[,，、](?!\d{3}(?:\D|$))")
_EQUALS = re.compile(r"[=＝]|[:：]")
_NUMBER = rf"[-+]?\s?[¥$€£]?\s?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,15}})(?:\.\d{{1,6}})?\s?(?:{SCALE})?"
_UNIT = r"\s?(?:[a-z一-鿿]{0,12})"
_OVER = re.compile(rf"({_NUMBER}){_UNIT}\s?%?\s?[/÷]\s?({_NUMBER}){_UNIT}\s?%?")
_PER_CENT = re.compile(rf"({_NUMBER})\s?%")
_SHARE = re.compile(
    rf"(?:达成率?|完成率?|目标值?的?)\s?({_NUMBER})\s?%"
    rf"|({_NUMBER})\s?% (?:of )?(?:the )?(?:target|quota|plan|budget|attainment)"
)
_PLAIN = re.compile(rf"({_NUMBER}){_UNIT}")
_YES = frozenset(
    {
        "是",
        "达成",
        "已达成",
        "完成",
        "已完成",
        "达标",
        "已达标",
        "通过",
        "yes",
        "y",
        "done",
        "met",
        "true",
        "achieved",
        "pass",
    }
)
_NO = frozenset(
    {
        "否",
        "未达成",
        "未完成",
        "没完成",
        "未达标",
        "不达标",
        "未通过",
        "no",
        "n",
        "not done",
        "not met",
        "missed",
        "false",
        "fail",
    }
)


def from_text(text: str) -> tuple[Actual, ...]:
    """Read actuals in a line of text, such as ``销售额=92%, 新客户=6/8``."""
    parts = [part.strip() for part in _NEXT.split(text) if part.strip()]
    if not parts:
        raise BadInput("error.actual_none")
    return tuple(_stated(part) for part in parts)


def from_mapping(values: Mapping[Any, Any]) -> tuple[Actual, ...]:
    """Read actuals by name, as YAML and JSON hold them."""
    if not values:
        raise BadInput("error.actual_none")
    return tuple(actual(str(name), value) for name, value in values.items())


def from_content(content: Content) -> tuple[Actual, ...]:
    """Read the actuals of a file: a mapping of name to value, or a table whose first two columns are these."""
    if isinstance(content.data, Mapping):
        return from_mapping(content.data)
    rows = [row for grid in content.grids for row in _rows(grid)]
    if not rows:
        raise BadInput("error.actual_file", path=content.name)
    return tuple(actual(name, value) for name, value in rows)


def from_argument(argument: str) -> tuple[Actual, ...]:
    """Read actuals given on the command line: in words where they hold an equals sign, else in a file."""
    if not argument.strip() or (_EQUALS.search(argument) and not argument.lower().endswith(FILES)):
        return from_text(argument)
    from assistant.intake.sandbox import take_apart
    from assistant.intake.sources import from_path

    return from_content(take_apart(from_path(argument)))


def actual(line: str, value: Any) -> Actual:
    """Read the value stated for a line."""
    if isinstance(value, bool):
        return Actual(line=line, form="yes" if value else "no", words="yes" if value else "no")
    if isinstance(value, int | float):
        if not math.isfinite(value):
            raise BadInput("error.actual_value", name=line, value=str(value))
        return Actual(line=line, form="figure", value=float(value), words=f"{value:g}")
    words = str(value if value is not None else "").strip()
    said = unicodedata.normalize("NFKC", words).casefold()
    found = _said(said) if len(said) <= LONGEST else None
    if found is None:
        raise BadInput("error.actual_value", name=line, value=words[:LONGEST])
    return Actual(line=line, words=words, **found)


def _stated(part: str) -> Actual:
    """Read one ``name=value``; the first equals sign parts them, else the first colon."""
    for sign in ("=＝", ":："):
        name, found, value = _parted(part, sign)
        if found:
            break
    if not name or not value:
        raise BadInput("error.actual_form", text=part[:LONGEST])
    return actual(name, value)


def _parted(part: str, signs: str) -> tuple[str, bool, str]:
    places = [place for sign in signs if (place := part.find(sign)) >= 0]
    if not places:
        return "", False, ""
    return part[: min(places)].strip(), True, part[min(places) + 1 :].strip()


def _said(said: str) -> dict[str, Any] | None:
    """Return the form and the value of words, the most telling form first."""
    if said in _YES | _NO:
        return {"form": "yes" if said in _YES else "no"}
    if match := _SHARE.fullmatch(said):
        return {"form": "share", "value": _number(match[1] or match[2])}
    if match := _OVER.fullmatch(said):
        return {"form": "pair"} | _pair(match)
    if match := _PER_CENT.fullmatch(said):
        return {"form": "percent", "value": _number(match[1])}
    if match := _PLAIN.fullmatch(said):
        return {"form": "figure", "value": _number(match[1])}
    return None


def _pair(match: re.Match[str]) -> dict[str, float]:
    """Return actual and target; a scale after the target alone holds for both: 480/500万."""
    value, target = _number(match[1]), _number(match[2])
    shared = _scale(match[2]) if _scale(match[1]) == 1 and value * _scale(match[2]) <= 10 * target else 1.0
    return {"value": value * shared, "target": target}


def _scale(text: str) -> float:
    found = re.search(rf"(?:{SCALE})$", text.strip())
    return SCALES[found[0]] if found else 1.0


def _number(text: str) -> float:
    digits = re.sub(r"[^\d.+-]", "", text)
    return float(digits) * _scale(text)


def _rows(grid: Grid) -> Iterable[tuple[str, Any]]:
    """Return name and value of each row; a first row whose value is none is the heading."""
    filled = [[cell for cell in row if cell.text.strip()] for row in grid.rows]
    pairs = [(row[0].text.strip(), row[1].text.strip()) for row in filled if len(row) > 1]
    if pairs and len(pairs) > 1 and _said(unicodedata.normalize("NFKC", pairs[0][1]).casefold()[:LONGEST]) is None:
        pairs = pairs[1:]
    return pairs
