"""The language of a form: one of the two, or both in every cell."""

import math
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from assistant.errors import BadInput
from assistant.wording import listed
from knowledge.models import Language, Text

Layout = Literal["zh", "en", "both"]
DECIMALS = 6


@dataclass(frozen=True)
class Number:
    """A figure in a cell; one that is a per cent holds 20 for 20%."""

    value: float
    percent: bool = False

    @property
    def decimals(self) -> int:
        return len(self._digits().partition(".")[2])

    def say(self, _language: Language) -> str:
        return self._digits() + ("%" if self.percent else "")

    def _digits(self) -> str:
        digits = f"{self.value:,.{DECIMALS}f}".rstrip("0").rstrip(".")
        return "0" if digits == "-0" else digits


Cell = Text | Number | None


def known_layout(value: str) -> Layout:
    """Return the layout that a person named."""
    if value not in get_args(Layout):
        raise BadInput("error.export_layout", name=value)
    return cast(Layout, value)


def said(cell: Cell, layout: Layout, *, between: str = "\n") -> str:
    """Return what a cell says; in both languages Chinese comes first, and lines that are the same stand once."""
    if cell is None:
        return ""
    if layout != "both":
        return cell.say(layout)
    zh = cell.say("zh")
    lines = zh.split("\n")
    return between.join([zh, *(line for line in cell.say("en").split("\n") if line not in lines)])


def headed(text: Text, layout: Layout) -> str:
    """Return a heading, on one line in every layout."""
    return said(text, layout, between=" / ")


def one_line(cell: Cell, layout: Layout) -> Cell:
    """Return a cell whose languages stand behind one another, as in a heading."""
    if not isinstance(cell, Text):
        return cell
    words = headed(cell, layout)
    return Text(zh=words, en=words)


def labelled(label: Text, value: str, layout: Layout) -> str:
    """Return a label with its value behind it; in both languages the label stands in both."""
    return f"{headed(label, layout)}{': ' if layout == 'en' else '：'}{value}"


def capital(text: Text) -> Text:
    """Return a term as it starts a cell; a company's own words stay as they are."""
    return text if text.zh == text.en else Text(zh=text.zh, en=text.en[0].upper() + text.en[1:])


def own(text: str | None) -> Text | None:
    """Return a company's own words, which stand for both languages."""
    return Text(zh=text, en=text) if text and text.strip() else None


def number(value: float | None, *, percent: bool = False) -> Cell:
    if value is None:
        return None
    return Number(float(value), percent) if math.isfinite(value) else own(str(value))


def stacked(*texts: Text | None) -> Text | None:
    """Put texts below one another, those that are missing left out."""
    return _joined([text for text in texts if text], lambda lines, _: "\n".join(lines))


def strung(*texts: Text | None) -> Text | None:
    """Put texts behind one another as the parts of one sentence."""
    return _joined([text for text in texts if text], lambda parts, language: _SEMICOLON[language].join(parts))


def together(*texts: Text) -> Text | None:
    """List texts."""
    return _joined(list(texts), listed)


_SEMICOLON: dict[Language, str] = {"zh": "；", "en": "; "}


def _joined(texts: list[Text], join: Any) -> Text | None:
    if not texts:
        return None
    return Text(zh=join([text.zh for text in texts], "zh"), en=join([text.en for text in texts], "en"))
