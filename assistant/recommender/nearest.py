"""The nearest card that meets new wishes: least change, no new lines, few changed, and each by little."""

from dataclasses import replace

from assistant.recommender.candidates import Candidate
from assistant.recommender.program import Builder, Task, Weights, odd

# Each outweighs all that stands below it at the sizes that occur: 100 points, 20 lines, values up to 1,000 in all.
POINT_COST = 10.0
LINE_COST = 0.5
LARGEST_COST = 4e-3
# A line that nobody asked for comes on only where the limits need one: points that are freed go to the lines there are.
NEW_LINE_COST = 4.0
# Where an item must come in, the more valuable one does; then the one earlier in the catalogue.
VALUE_GAIN = 1e-6
TIE_BREAK = 1e-4
# Limits still outweigh any change.
LIMIT_FACTOR = 10.0


def nearest(task: Task, current: Weights) -> Weights | None:
    """Return weights near ``current``; soft limits that the wishes break are missed by as little as can be."""

    def closeness(candidate: Candidate, weight: int) -> float:
        before = current.get(candidate.id, 0)
        # The weight that an absent item loses is counted once for all: a constant in the objective.
        change = abs(weight - before) - before
        line = LINE_COST * ((weight != before) - (before > 0))
        new = NEW_LINE_COST * (before == 0)
        unusual = LIMIT_FACTOR * odd(weight, task.profile)
        return -POINT_COST * change - line - new - unusual + VALUE_GAIN * candidate.value

    limits = [replace(limit, unit=LIMIT_FACTOR * limit.unit) for limit in task.limits]
    builder = Builder(replace(task, limits=limits, strict=False, room=False, move=None), closeness, TIE_BREAK)
    builder.add_limits()
    _add_largest_change(builder, current)
    return builder.solve()


def _add_largest_change(builder: Builder, current: Weights) -> None:
    largest = builder.program.column(-LARGEST_COST, upper=100, integer=False)
    for id, places in builder.columns.items():
        before = current.get(id, 0)
        # ``before`` when the item leaves, the difference when it stays with another weight.
        terms = [(column, float(abs(weight - before) - before)) for column, weight in places]
        builder.program.row([*terms, (largest, -1.0)], upper=-float(before))
