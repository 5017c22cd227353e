"""What a repair put into a field, as people read it."""

from collections.abc import Iterator
from typing import Any

from assistant.models import ScorecardItem, Scoring
from assistant.repair.scope import Scope
from assistant.wording import listed, say, worded
from knowledge.models import RaterShare

# Fields whose value is one of a list of terms, and which list.
TERMS = {"basis": "basis", "period": "period", "provider": "party"}


def value_of(item: ScorecardItem, field: str, scope: Scope) -> str:
    """Return a field of a line in words; a data source with who provides it."""
    value: Any = getattr(item, field)
    if field in TERMS and value is not None:
        return _term(TERMS[field], value, scope)
    if field == "raters":
        return listed([_rater(one, scope) for one in item.raters], scope.language)
    if item.scoring is not None and field == "scoring":
        return listed(list(_scoring(item.scoring, scope)), scope.language)
    if field == "data_source" and value is not None and item.provider is not None:
        party = _term("party", item.provider, scope)
        return worded("repair.source_from", scope.language, source=value, party=party)
    return "–" if value is None else say(value, scope.language)


def _term(list_of: str, value: str, scope: Scope) -> str:
    return scope.catalogue.terms[list_of][value].say(scope.language)


def _rater(one: RaterShare, scope: Scope) -> str:
    name = _term("party", one.rater, scope)
    return name if one.share == 100 else f"{name} {say(float(one.share), scope.language)}%"


def _scoring(scoring: Scoring, scope: Scope) -> Iterator[str]:
    yield _term("scoring_method", scoring.method, scope) if scoring.text is None else scoring.text
    figures = {
        "repair.scoring_threshold": scoring.threshold,
        "repair.scoring_cap": scoring.cap,
        "repair.scoring_points": scoring.points,
    }
    for key, figure in figures.items():
        if figure is not None:
            yield worded(key, scope.language, figure=float(figure))
