"""How an actual is read against its line: as a figure, as an attainment of the target, or as done or not."""

from assistant.errors import BadInput
from assistant.scoring.methods import attainment, mirrored
from assistant.scoring.models import Actual, Reading
from assistant.scoring.terms import FULL, Terms
from assistant.wording import phrase_text, plain_number
from knowledge.models import Text
from knowledge.terms import Polarity, ScoringMethod

# Ratings up to here are on a scale of five, those above on one of a hundred.
FIVE = 5.0
# Past this, actual and target are hardly in one unit.
UNLIKELY = 1000.0
# A deviation past both, in per cent and in bands, is hardly one.
FAR_OFF = 50.0
FAR_OFF_BANDS = 3.0


def read(terms: Terms, actual: Actual) -> Reading:
    """Read an actual as its line takes it; what the line cannot take is refused with the way out."""
    if terms.counted:
        reading = _count(terms, actual)
    elif terms.method is ScoringMethod.ANCHORED:
        reading = _rating(terms, actual)
    elif terms.deviation is not None:
        reading = _deviation(terms, actual)
    else:
        reading = _read(terms, actual)
    if reading.attainment is not None and abs(reading.attainment) > UNLIKELY:
        raise _refused("error.actual_scale", terms, actual)
    return reading


def _deviation(terms: Terms, actual: Actual) -> Reading:
    """Read how far off plan an actual lies, either way; within the band of the target all of it is reached."""
    off, band = _off_plan(terms, actual), terms.target or 0.0
    if off is None:
        raise _refused("error.actual_deviation", terms, actual)
    reached = FULL if off <= band else mirrored(FULL * off / band, Polarity.LOWER)
    said = phrase_text("scoring.read.deviation", off=off, band=band)
    return Reading(figure=off, attainment=max(0.0, reached), target=band, said=said)


def _off_plan(terms: Terms, actual: Actual) -> float | None:
    """Return the deviation; a figure near 100 is an attainment or an accuracy, and no deviation."""
    if actual.form == "share":
        return abs(actual.value - FULL)
    if actual.form == "pair":
        return abs(FULL * actual.value / actual.target - FULL) if actual.target and actual.target > 0 else None
    if actual.form == "yes":
        return 0.0
    far = max(FAR_OFF, FAR_OFF_BANDS * (terms.target or 0.0))
    return abs(actual.value) if actual.form != "no" and abs(actual.value) <= far else None


def _read(terms: Terms, actual: Actual) -> Reading:
    match actual.form:
        case "yes" | "no":
            return _done(terms, actual)
        case "share":
            return _share(terms, actual.value, phrase_text("scoring.read.share", share=_percent(actual.value)))
        case "pair":
            return _pair(terms, actual)
        case "percent":
            return _per_cent(terms, actual)
        case _:
            return _number(terms, actual)


def _done(terms: Terms, actual: Actual) -> Reading:
    """Read done as the target reached; not done says something only where nothing lies between."""
    whole = terms.method in {ScoringMethod.YES_NO, ScoringMethod.MILESTONE}
    if actual.form == "no" and not whole:
        raise _refused("error.actual_not_done", terms, actual)
    if actual.form == "no":
        return Reading(attainment=0.0, said=phrase_text("scoring.read.not_done"))
    return Reading(figure=terms.target, attainment=FULL, target=terms.target, said=phrase_text("scoring.read.done"))


def _share(terms: Terms, share: float, said: Text) -> Reading:
    """Read a per cent of the target; of a lower-is-better target, more is worse."""
    if terms.method is ScoringMethod.MILESTONE:
        return _stages(share)
    target = terms.target if terms.target and terms.target > 0 else None
    figure = target * share / FULL if target is not None else None
    return Reading(figure=figure, attainment=mirrored(share, terms.polarity), target=target, said=said)


def _stages(share: float) -> Reading:
    return Reading(attainment=share, said=phrase_text("scoring.read.stages", share=_percent(share)))


def _pair(terms: Terms, actual: Actual) -> Reading:
    """Read actual over target; the target stated with the actual stands for the card's."""
    target = actual.target or 0.0
    if terms.method is ScoringMethod.MILESTONE and target > 0:
        return _stages(FULL * actual.value / target)
    reached = attainment(actual.value, target, terms.polarity)
    if reached is None:
        raise _refused("error.actual_no_target", terms, actual)
    replaced = terms.item.tiers.target not in {None, target}
    notes = (phrase_text("scoring.note.replaced", target=terms.target, stated=target),) if replaced else ()
    said = phrase_text("scoring.read.pair", figure=actual.value, target=target)
    return Reading(figure=actual.value, attainment=reached, target=target, said=said, notes=notes)


def _per_cent(terms: Terms, actual: Actual) -> Reading:
    """Read a per cent: of a rate with a target it is the figure itself, of anything else a share of the target."""
    if terms.method is ScoringMethod.MILESTONE:
        return _stages(actual.value)
    if terms.rate and (terms.target is not None or terms.scoring.figures):
        return _figure(terms, actual)
    if terms.rate and terms.polarity is not Polarity.HIGHER:
        raise _refused("error.actual_needs_target", terms, actual)
    key = "scoring.read.share_without_target" if terms.rate else "scoring.read.share"
    return _share(terms, actual.value, phrase_text(key, share=_percent(actual.value)))


def _number(terms: Terms, actual: Actual) -> Reading:
    if terms.method is ScoringMethod.MILESTONE:
        return _stages(actual.value)
    if terms.target is not None or terms.scoring.figures:
        return _figure(terms, actual)
    if terms.method is ScoringMethod.YES_NO and actual.value in {0, 1}:
        return _done(terms, actual.model_copy(update={"form": "yes" if actual.value else "no"}))
    if terms.rate and terms.polarity is Polarity.HIGHER:
        said = phrase_text("scoring.read.share_without_target", share=_percent(actual.value))
        return _share(terms, actual.value, said)
    raise _refused("error.actual_needs_target", terms, actual)


def _figure(terms: Terms, actual: Actual) -> Reading:
    """Read a figure in the unit of the KPI against the card's target."""
    sign = "%" if terms.rate else ""
    figure, target = f"{plain_number(actual.value)}{sign}", terms.target
    if target is None:
        return Reading(figure=actual.value, said=phrase_text("scoring.read.figure", figure=figure))
    said = phrase_text("scoring.read.against", figure=figure, target=f"{plain_number(target)}{sign}")
    reached = attainment(actual.value, target, terms.polarity)
    return Reading(figure=actual.value, attainment=reached, target=target, said=said)


def _count(terms: Terms, actual: Actual) -> Reading:
    """Read the number of occurrences by which a line is scored."""
    if actual.form not in {"figure", "pair"} or actual.value < 0:
        raise _refused("error.actual_count", terms, actual)
    return Reading(figure=actual.value, said=phrase_text("scoring.read.count", count=actual.value))


def _rating(terms: Terms, actual: Actual) -> Reading:
    """Read a rating on the form's scale, on the one stated with it, or on that of 5 or 100 which it fits."""
    if actual.form in {"yes", "no", "share"}:
        raise _refused("error.actual_rating", terms, actual)
    scale = _scale(terms, actual)
    if not 0 <= actual.value <= scale:
        raise _refused("error.actual_rating", terms, actual)
    said = phrase_text("scoring.read.rating", figure=actual.value, scale=scale)
    return Reading(figure=actual.value, attainment=FULL * actual.value / scale, target=scale, said=said)


def _scale(terms: Terms, actual: Actual) -> float:
    if actual.form == "pair":
        return actual.target or 0.0
    if terms.scoring.full != FULL and actual.form == "figure":
        return terms.scoring.full
    return FIVE if actual.form == "figure" and actual.value <= FIVE else FULL


def _percent(value: float) -> str:
    return f"{plain_number(value)}%"


def _refused(key: str, terms: Terms, actual: Actual) -> BadInput:
    # The name is a text in both languages, said in the reader's.
    return BadInput(key, name=terms.item.name, value=actual.words or plain_number(actual.value))
