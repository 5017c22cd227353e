"""How a line is scored, in words; points count 100 at target, which is the scale of the form."""

from api.export.layout import Number, capital, own, stacked, strung
from assistant.models import Deduction, ScorecardItem, Scoring
from assistant.scoring.terms import FULL, Terms
from assistant.scoring.words import rule
from assistant.wording import phrase_text
from knowledge.models import Text
from knowledge.terms import Polarity, ScoringMethod, Unit


def scoring_in_words(item: ScorecardItem) -> Text | None:
    """Return the rule of a line in the form's own words where it has any."""
    scoring = item.scoring
    if scoring is None:
        return own(item.stated_scoring)
    most = phrase_text("export.most", points=Number(scoring.points)) if scoring.points is not None else None
    written = own(scoring.text)
    if written:
        scale = phrase_text("export.own_scale", full=Number(scoring.full)) if scoring.full != FULL else None
        more = strung(most, scale)
        return stacked(written, capital(more) if more else None)
    if _beyond_ours(item, scoring):
        return strung(rule(Terms(item)), most)
    return strung(_rule(item, scoring), _threshold(scoring), _bounds(scoring), most)


def _beyond_ours(item: ScorecardItem, scoring: Scoring) -> bool:
    """Tell whether a rule counts what our standard words cannot say: bounds in figures, occurrences, a bonus."""
    lost = scoring.deduction
    other_step = lost is not None and (lost.per == "event" or (lost.per == "percent" and item.unit is not Unit.PERCENT))
    return scoring.figures or other_step or scoring.bonus is not None or any(band.above for band in scoring.bands)


def _rule(item: ScorecardItem, scoring: Scoring) -> Text:
    floor = Number(scoring.floor)
    match scoring.method:
        case ScoringMethod.RATIO:
            return _ratio(item.polarity)
        case ScoringMethod.TIERS:
            return _tiers(scoring)
        case ScoringMethod.DEDUCTION:
            return _deduction(scoring.deduction, item.unit, scoring.full)
        case ScoringMethod.MILESTONE:
            return phrase_text("export.milestone")
        case ScoringMethod.YES_NO:
            return phrase_text("export.yes_no", floor=floor)
        case ScoringMethod.ANCHORED:
            return phrase_text("export.anchored")


def _ratio(polarity: Polarity | None) -> Text:
    if polarity is Polarity.LOWER:
        return phrase_text("export.ratio_lower")
    return phrase_text("export.ratio_range" if polarity is Polarity.RANGE else "export.ratio")


def _tiers(scoring: Scoring) -> Text:
    floor = Number(scoring.floor)
    if not scoring.bands:
        if scoring.cap is None:
            return phrase_text("export.tiers_open", floor=floor)
        return phrase_text("export.tiers", cap=Number(scoring.cap), floor=floor)
    bands = sorted(scoring.bands, key=lambda band: -band.at_least)
    said = [
        phrase_text("export.band", at_least=Number(band.at_least), points=_scaled(band.points, scoring.full))
        for band in bands
    ]
    below = phrase_text("export.band_below", at_least=Number(bands[-1].at_least), floor=floor)
    return stacked(phrase_text("export.bands"), strung(*said, below)) or said[0]


def _deduction(deduction: Deduction | None, unit: Unit | None, full: float) -> Text:
    if deduction is None:
        return phrase_text("export.deduction")
    step = Number(deduction.step)
    keys = {Unit.PERCENT: "export.step_percent", Unit.DAYS: "export.step_days", Unit.HOURS: "export.step_hours"}
    words = phrase_text(keys.get(unit, "export.step_plain") if unit else "export.step_plain", step=step)
    return phrase_text("export.deduction_step", step=words, points=_scaled(deduction.points, full))


def _threshold(scoring: Scoring) -> Text | None:
    return phrase_text("export.none_below", threshold=scoring.threshold) if scoring.threshold else None


def _bounds(scoring: Scoring) -> Text | None:
    if scoring.method in {ScoringMethod.TIERS, ScoringMethod.YES_NO}:
        return None
    floor = Number(scoring.floor)
    if scoring.cap is None:
        return phrase_text("export.no_cap", floor=floor)
    return phrase_text("export.range_of_points", cap=Number(scoring.cap), floor=floor)


def _scaled(points: float, full: float) -> Number:
    return Number(points * FULL / full)
