"""How a line is scored, in words: the rule as it was understood, for comparison with the form."""

from assistant.models import Deduction, ScoreBand
from assistant.scoring.methods import HOUSE_RANGE, HOUSE_STEPS
from assistant.scoring.terms import FULL, Terms
from assistant.wording import phrase_text, plain_number
from knowledge.models import Text
from knowledge.terms import Polarity, ScoringMethod

_METHODS = {
    ScoringMethod.RATIO: "scoring.rule.ratio",
    ScoringMethod.MILESTONE: "scoring.rule.milestone",
    ScoringMethod.YES_NO: "scoring.rule.yes_no",
    ScoringMethod.ANCHORED: "scoring.rule.anchored",
}


def rule(terms: Terms) -> Text:
    """Say how a line is scored."""
    parts = [*_method(terms), *_bonus(terms), *_threshold(terms), *_limits(terms)]
    return Text(zh="；".join(part.zh for part in parts), en="; ".join(part.en for part in parts))


def _method(terms: Terms) -> list[Text]:
    full = terms.scoring.full
    worth = [phrase_text("scoring.rule.full", points=full)] if full != FULL else []
    if terms.method is ScoringMethod.TIERS:
        return worth + _tiers(terms)
    if terms.deduction is not None:
        event = terms.deduction.per == "event"
        key = "scoring.rule.deduction_event" if event else "scoring.rule.deduction"
        return [*worth, _step(key, terms.deduction, terms)]
    if terms.earned:
        return worth
    if terms.deviation is not None and terms.method is ScoringMethod.RATIO:
        return [*worth, phrase_text("scoring.rule.deviation", band=terms.deviation)]
    return [*worth, phrase_text(_METHODS[terms.method])]


def _tiers(terms: Terms) -> list[Text]:
    if terms.scoring.bands:
        return [_band(band, terms) for band in sorted(terms.scoring.bands, key=lambda band: -band.at_least)]
    if terms.staged:
        return [_staged(terms)]
    steps = HOUSE_RANGE if terms.polarity is Polarity.RANGE else HOUSE_STEPS
    return [_band(ScoreBand(at_least=at, points=score), terms) for at, score in reversed(steps)]


def _staged(terms: Terms) -> Text:
    if terms.polarity is Polarity.RANGE:
        return phrase_text("scoring.rule.range")
    return phrase_text("scoring.rule.staged")


def _band(band: ScoreBand, terms: Terms) -> Text:
    figures = terms.scoring.figures
    sign = "" if figures and not terms.rate else "%"
    keys = (
        ("scoring.rule.band", "scoring.rule.band_above"),
        ("scoring.rule.figure_band", "scoring.rule.figure_band_above"),
    )
    return phrase_text(
        keys[figures][band.above], at=f"{plain_number(band.at_least)}{sign}", points=plain_number(band.points)
    )


def _bonus(terms: Terms) -> list[Text]:
    if terms.bonus is None:
        return []
    return [_step("scoring.rule.earned" if terms.earned else "scoring.rule.bonus", terms.bonus, terms)]


def _step(key: str, deduction: Deduction, terms: Terms) -> Text:
    counted = {"event": "scoring.step.event", "percent": "scoring.step.share", "figure": "scoring.step.unit"}
    name = "scoring.step.rate" if deduction.per == "percent" and terms.rate else counted[deduction.per]
    return phrase_text(key, step=phrase_text(name, step=deduction.step), points=deduction.points)


def _threshold(terms: Terms) -> list[Text]:
    limit = terms.scoring.threshold
    if limit is None:
        return []
    if not terms.scoring.figures:
        return [phrase_text("scoring.rule.threshold", limit=float(limit))]
    sign = "%" if terms.rate else ""
    lower = terms.polarity is Polarity.LOWER
    key = "scoring.rule.threshold_over" if lower else "scoring.rule.threshold_under"
    return [phrase_text(key, limit=f"{plain_number(limit)}{sign}")]


def _limits(terms: Terms) -> list[Text]:
    cap, floor = terms.scoring.cap, terms.scoring.floor
    said = [phrase_text("scoring.rule.uncapped") if cap is None else phrase_text("scoring.rule.cap", cap=cap)]
    return said + ([phrase_text("scoring.rule.floor", floor=floor)] if floor else [])
