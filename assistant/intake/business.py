"""In which business a card works, where its lines alone say it."""

import re

from assistant.intake.grids import Note
from assistant.models import Scorecard, ScorecardItem
from knowledge.terms import BusinessModel

# Indicators that only revenue under subscription has.
RECURRING = frozenset({"arr_new", "gross_revenue_retention", "net_revenue_retention"})
_SAID = re.compile(
    r"\b(?:n?arr|mrr|grr|nrr|ndr|net dollar retention|(?:annual|monthly) recurring|recurring revenue|"
    r"(?:revenue|arr|mrr|subscription) churn|subscription revenue)\b|经常性收入|订阅收入|收入留存|收入流失",
    re.IGNORECASE,
)
ENOUGH = 2


def in_its_business(card: Scorecard, notes: list[Note]) -> Scorecard:
    """Return a card with SaaS as its business where several lines are about recurring revenue and nothing is said."""
    lines = [item for item in card.items if _recurring(item)]
    if card.context.business_model is not None or len(lines) < ENOUGH:
        return card
    notes.append(Note("intake.saas", {"names": [item.name for item in lines]}))
    context = card.context.model_copy(update={"business_model": BusinessModel.SAAS})
    return card.model_copy(update={"context": context})


def _recurring(item: ScorecardItem) -> bool:
    return item.indicator in RECURRING or any(_SAID.search(name) for name in (item.name.zh, item.name.en))
