"""Cards as people write them: lines by their names, each taken for what its name means."""

from typing import Any

from assistant.advisor import Advisor
from assistant.models import Scorecard, ScorecardItem

# What a line of a form has from the indicator that its name means; the rest is what the form says.
FACTS = ("family", "nature", "dimension", "level", "unit", "polarity", "subjective", "vanity")
USUAL = ("definition", "formula", "variables")


def card(advisor: Advisor, lines: list[Any], **fields: Any) -> Scorecard:
    """Return a card from lines: a list of name and weight, or a mapping with more of the line."""
    items = tuple(line(advisor, **_mapping(one)) for one in lines)
    return Scorecard.model_validate(fields | {"items": items})


def line(advisor: Advisor, name: str, target: float | None = None, target_text: str | None = None, **said: Any) -> Any:
    """Return a line as a reader of forms gives it: the company's words beside what they mean."""
    indicator = advisor.catalogue.indicators.get(advisor.reader.indicators.meaning(name).id or "")
    meant: dict[str, Any] = {"indicator": indicator.id} if indicator else {}
    meant |= {field: getattr(indicator, field) for field in FACTS if indicator}
    if indicator and "formula" not in said:
        meant |= {field: getattr(indicator, field) for field in USUAL}
    if bands := said.get("scoring", {}).get("bands"):
        said["scoring"] |= {"bands": [{"at_least": low, "points": points} for low, points in bands]}
    tiers = {"target": target, "text": target_text}
    return ScorecardItem.model_validate(meant | said | {"name": {"zh": name, "en": name}, "tiers": tiers})


def both(value: Any) -> Any:
    """Say the texts of what stands outside the 100 alike in both languages."""
    texts = {"name", "trigger", "effect", "evidence"}
    return {key: {"zh": one, "en": one} if key in texts else one for key, one in value.items()}


def _mapping(one: Any) -> dict[str, Any]:
    return dict(one) if isinstance(one, dict) else dict(zip(("name", "weight"), one, strict=False))
