"""One card a role, and the matrix that shows where each result of the director is carried."""

from dataclasses import dataclass

from assistant.advisor import Advisor
from assistant.models import ScorecardItem, Suggestion
from assistant.requests import Request
from knowledge.models import Catalogue, Frozen, Id, Text
from knowledge.terms import Kind, Nature

TOP = "sales_director"


class MatrixRow(Frozen):
    """One result or task family: its weight in each role, and whether someone below the director carries it."""

    family: str
    name: Text
    formula: str
    weights: dict[Id, int]
    carried: bool


@dataclass(frozen=True)
class Department:
    suggestions: tuple[Suggestion, ...]
    matrix: tuple[MatrixRow, ...]


def department(advisor: Advisor, request: Request) -> Department:
    """Draft every role under one strategy."""
    roles = advisor.catalogue.roles
    suggestions = tuple(advisor.suggest(request.model_copy(update={"role": role})) for role in roles)
    return Department(suggestions, matrix(suggestions, advisor.catalogue))


def matrix(suggestions: tuple[Suggestion, ...], catalogue: Catalogue) -> tuple[MatrixRow, ...]:
    """Return a row a family, the director's first; a KPI keeps one formula at all levels, so a family has one."""
    families: dict[str, dict[str, int]] = {}
    first: dict[str, ScorecardItem] = {}
    for suggestion in sorted(suggestions, key=lambda one: one.scorecard.role != TOP):
        card = suggestion.scorecard
        for item in card.items:
            # A company's own line has no family and stands for itself.
            family = item.family or item.name.zh
            first.setdefault(family, item)
            row = families.setdefault(family, {})
            row[card.role or ""] = row.get(card.role or "", 0) + int(item.points)
    return tuple(_row(family, first[family], weights, catalogue) for family, weights in families.items())


def _row(family: str, item: ScorecardItem, weights: dict[str, int], catalogue: Catalogue) -> MatrixRow:
    known = catalogue.indicators.get(item.indicator or "", item)
    result = known.nature is Nature.RESULT and known.kind is Kind.KPI
    below = any(role != TOP for role in weights)
    return MatrixRow(
        family=family,
        name=known.name,
        formula=known.formula or "",
        weights=weights,
        carried=below or not result or TOP not in weights,
    )
