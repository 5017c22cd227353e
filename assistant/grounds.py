"""What the lines of a card rest on: citations of the guidance, found when it was built."""

from functools import cache
from pathlib import Path

from assistant.citation import Citation
from assistant.models import Scorecard, ScorecardItem
from knowledge.models import Frozen, Id

FILE = Path(__file__).parent / "grounds.json"


class Grounds(Frozen):
    """A citation for each indicator, priority and position of the catalogue."""

    indicators: dict[Id, Citation]
    themes: dict[Id, Citation]
    roles: dict[Id, Citation]


@cache
def load() -> Grounds:
    """Load the citations as found by ``python -m assistant.retrieval.build``."""
    return Grounds.model_validate_json(FILE.read_bytes())


def cited(card: Scorecard, grounds: Grounds) -> Scorecard:
    """Return a card whose lines from the catalogue say what they rest on."""
    items = tuple(item.model_copy(update={"citations": _citations(item, card, grounds)}) for item in card.items)
    return card.model_copy(update={"items": items})


def _citations(item: ScorecardItem, card: Scorecard, grounds: Grounds) -> tuple[Citation, ...]:
    """Return what stands behind a line: what is said of its KPI, and of its priority or the position."""
    if item.indicator not in grounds.indicators:
        return item.citations
    raising = max((part for part in item.parts if part.source == "theme"), key=lambda part: part.tenths, default=None)
    if raising is not None and raising.tenths > 0 and raising.id:
        why = grounds.themes.get(raising.id)
    else:
        why = grounds.roles.get(card.role or "")
    found = [grounds.indicators[item.indicator], *([why] if why else [])]
    return tuple({(one.source, one.section): one for one in reversed(found)}.values())[::-1]
