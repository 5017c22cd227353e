"""Cards as people bring them, for the tests of the repair."""

from collections.abc import Sequence
from typing import Any

from assistant.models import Scorecard, ScorecardItem
from assistant.recommender.card import line
from knowledge import shipped
from knowledge.models import Text

CATALOGUE = shipped.load()
# Names that no rule and no catalogue entry knows.
NAMES = [
    f"{first}{second}" for first in ("甲", "乙", "丙", "丁", "戊") for second in ("一", "二", "三", "四", "五", "六")
]


def own(name: str, weight: float | None, **fields: Any) -> ScorecardItem:
    return ScorecardItem(name=Text(zh=name, en=name), weight=weight, **fields)


def known(indicator: str, weight: float | None, **fields: Any) -> ScorecardItem:
    return line(CATALOGUE.indicators[indicator], weight).model_copy(update=fields)


def form(weights: Sequence[float | None], **fields: Any) -> Scorecard:
    """Return a card of the company's own lines."""
    items = tuple(own(NAMES[place], weight) for place, weight in enumerate(weights))
    return Scorecard(items=items, **fields)


def weights_of(card: Scorecard) -> list[float | None]:
    return [item.weight for item in card.items]


def change(before: Scorecard, after: Scorecard) -> float:
    """Return the points by which two cards of own lines differ in all."""
    was, is_now = ({item.name.zh: item.points for item in card.items} for card in (before, after))
    return sum(abs(was.get(name, 0) - is_now.get(name, 0)) for name in was.keys() | is_now.keys())
