"""Lines of cards for the tests of scoring."""

from typing import Any

from assistant.intake.scoring.text import scoring_rule
from assistant.models import ScorecardItem, Scoring, Tiers
from knowledge.models import Text


def line(
    rule: str | Scoring | None = None, *, name: str = "指标", weight: float | None = 20, **fields: Any
) -> ScorecardItem:
    """Return a line scored by a rule in words or as typed; ``target``, ``threshold`` and ``stretch`` are its values."""
    values = {key: fields.pop(key) for key in ("threshold", "target", "stretch") if key in fields}
    scoring = scoring_rule(rule) if isinstance(rule, str) else rule
    return ScorecardItem(name=Text(zh=name, en=name), weight=weight, scoring=scoring, tiers=Tiers(**values), **fields)
