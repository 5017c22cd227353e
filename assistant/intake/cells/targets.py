"""The targets of a line: threshold, target and stretch, quarters, last year's actual."""

from typing import Any

from assistant.intake.cells.bilingual import halves
from assistant.intake.cells.figures import Figure, figure, uplift
from assistant.intake.form import Line
from assistant.models import Interim, Tiers
from knowledge.words import folded

TIERS = ("threshold", "target", "stretch")
QUARTERS = ("quarter_1", "quarter_2", "quarter_3", "quarter_4")
OPEN = frozenset({"待定", "tbd", "to be set", "-", "—", "/"})


def targets(line: Line, *, both: bool = False) -> dict[str, Any]:
    """Return what a line says about its targets, as fields of an item."""
    texts = {name: _stated(line.said(name), both=both) for name in TIERS}
    read = {name: figure(text) for name, text in texts.items() if text}
    return {
        "tiers": Tiers(**{name: one.value for name, one in read.items()}, text=_words(texts["target"], read)),
        "interims": _interims(line),
        "last_year": figure(line.said("last_year")).value,
        "uplift": uplift(texts["target"]),
    }


def _stated(text: str, *, both: bool) -> str:
    said = halves(text)[0] if both else text
    return "" if folded(said) in OPEN else said


def _words(target: str, read: dict[str, Figure]) -> str | None:
    return target if target and not read["target"].plain else None


def _interims(line: Line) -> tuple[Interim, ...]:
    values = [(f"Q{place}", figure(line.said(name)).value) for place, name in enumerate(QUARTERS, 1)]
    return tuple(Interim(period=period, value=value) for period, value in values if value is not None)
