"""The score of one line."""

from assistant.errors import BadInput
from assistant.models import ScorecardItem
from assistant.scoring.methods import Unscorable, graded
from assistant.scoring.models import Actual, ItemScore, Reading
from assistant.scoring.reading import read
from assistant.scoring.terms import Terms
from assistant.scoring.words import rule


def score(item: ScorecardItem, actual: Actual, line: int = 0) -> ItemScore:
    """Return what an actual scores on its line; what the line cannot take is refused with the way out."""
    terms = Terms(item)
    reading = read(terms, actual)
    reached = _graded(terms, reading, actual)
    return ItemScore(
        line=line,
        indicator=item.indicator,
        name=item.name,
        weight=item.points,
        read=reading.said,
        figure=reading.figure,
        attainment=None if terms.counted or reading.attainment is None else round(reading.attainment, 6),
        score=reached,
        points=terms.points(reached),
        at_most=terms.at_most,
        rule=rule(terms),
        house=bool(terms.house),
        notes=(*reading.notes, *terms.house, *terms.notes),
    )


def _graded(terms: Terms, reading: Reading, actual: Actual) -> float:
    try:
        return graded(terms, reading)
    except Unscorable as lacking:
        key = "error.actual_figure" if lacking.needs == "figure" else "error.actual_needs_target"
        raise BadInput(key, name=terms.item.name, value=actual.words) from None
