"""Fields of a line that can be put right by themselves: from the catalogue, or by a rule of the field."""

from collections.abc import Callable
from typing import Any

from assistant.models import USUAL_CAP, USUAL_THRESHOLD, Finding, ScorecardItem, Scoring
from assistant.recommender.card import line
from assistant.repair.draft import Draft
from assistant.repair.scope import Scope
from knowledge.terms import Party, Period, ScoringMethod

# Fields that the catalogue fills in where it knows the line, by the rule that finds them wanting.
FROM_CATALOGUE = {
    "D001": ("definition", "formula", "variables", "parameters"),
    "D002": ("basis",),
    "D005": ("provider",),
    "D006": ("data_source", "provider"),
    "D007": ("raters",),
    "D009": ("raters",),
    "G006": ("provider",),
    "G008": ("raters",),
    "T008": ("target_method",),
    "T013": ("scoring",),
}


def fillable(finding: Finding) -> bool:
    """Tell whether strict repair completes a line for a finding, however slight."""
    return finding.code in FROM_CATALOGUE or finding.code in OF_THE_LINE


def completed(draft: Draft, finding: Finding, scope: Scope) -> Draft:
    """Put right the fields that a finding is about, where a program can."""
    if finding.item is None:
        return draft
    item = draft.lines[finding.item].item
    fields: dict[str, Any] = {}
    if finding.action is not None and finding.action.value == "scoring_text":
        fields = _scored(text=None)(item, scope) | {"stated_scoring": None}
    elif finding.code in OF_THE_LINE:
        fields = OF_THE_LINE[finding.code](item, scope)
    elif finding.code in FROM_CATALOGUE and item.indicator in scope.catalogue.indicators:
        known = line(scope.catalogue.indicators[item.indicator], item.weight)
        fields = {name: getattr(known, name) for name in FROM_CATALOGUE[finding.code] if _said(getattr(known, name))}
    changed = {name: value for name, value in fields.items() if value != getattr(item, name)}
    return draft.update(finding.item, (finding.code,), **changed) if changed else draft


def _said(value: object) -> bool:
    """Tell whether the catalogue's word is better than none, or than the assessed person's."""
    return bool(value) and value is not Party.SELF


def _longer(item: ScorecardItem, scope: Scope) -> dict[str, Any]:
    """Lengthen a period until it holds a whole sale, or to a year."""
    cycle = min(scope.card.context.cycle_months or 0, Period.YEAR.months)
    return {"period": next(period for period in Period if period.months >= cycle)}


def _scored(**fields: Any) -> Callable[[ScorecardItem, Scope], dict[str, Any]]:
    def change(item: ScorecardItem, scope: Scope) -> dict[str, Any]:
        return {"scoring": item.scoring.model_copy(update=fields)} if item.scoring else {}

    return change


def _pointed(item: ScorecardItem, scope: Scope) -> dict[str, Any]:
    stated = item.scoring is not None and item.scoring.points is not None
    return {"scoring": _with_points(item.scoring, item.points)} if item.scoring and stated else {}


def _with_points(scoring: Scoring, weight: float) -> Scoring:
    return scoring.model_copy(update={"points": round(weight * (scoring.cap or 0) / 100, 4)})


OF_THE_LINE: dict[str, Callable[[ScorecardItem, Scope], dict[str, Any]]] = {
    "T002": _longer,
    # The form's own words would go on saying otherwise; the form then shows ours.
    "T004": _scored(cap=USUAL_CAP, bonus=None, text=None),
    "T005": _pointed,
    "T007": _scored(threshold=USUAL_THRESHOLD, text=None),
    "T009": _scored(method=ScoringMethod.TIERS),
}


def keeping_points(draft: Draft, scope: Scope) -> Draft:
    """Let the points that a form states follow the weight they agreed with."""
    for place, one in enumerate(draft.lines):
        given = scope.card.items[one.origin] if one.origin is not None else None
        scoring = one.item.scoring
        if given is None or given.points == one.item.points or scoring is None or given.scoring != scoring:
            continue
        if scoring.points == given.points:
            said = scoring.model_copy(update={"points": float(one.item.points)})
            draft = draft.update(place, ("T005",), scoring=said)
        elif scoring.cap is not None and scoring.points == given.points * scoring.cap / 100:
            draft = draft.update(place, ("T005",), scoring=_with_points(scoring, one.item.points))
    return draft
