"""What is left unanswered: out of scope it should be, in scope it should not."""

from collections.abc import Mapping, Sequence

from bench.retrieval.questions import Part, Question
from bench.retrieval.systems import Ranked
from bench.retrieval.tables import share, table

MOST_REFUSED = 0.05
"""Share of the questions in scope that a baseline's threshold may refuse on the tuning half."""
HEAD = ("", "out: zh", "en", "neighbour", "far", "all", "in: zh", "en", "all")


def refusals(
    questions: Sequence[Question], tuning: Sequence[Question], runs: Mapping[str, Mapping[str, Ranked]], part: Part
) -> None:
    rows = []
    for name, found in runs.items():
        least = 0.0 if name.startswith("ours") else threshold(tuning, found)
        refused = {one.id for one in questions if not found[one.id] or found[one.id][0][1] < least}
        rows.append([name, *cells(questions, refused)])
    table(f"unanswered, {part}", HEAD, rows)
    print(f"  baselines below a score that refuses at most {MOST_REFUSED:.0%} in scope on the tuning half")


def threshold(tuning: Sequence[Question], found: Mapping[str, Ranked]) -> float:
    """Return the highest score of the best page under which few enough of the questions in scope lie."""
    best = sorted(found[one.id][0][1] if found[one.id] else float("-inf") for one in tuning if one.covered)
    return best[int(MOST_REFUSED * len(best))]


def cells(questions: Sequence[Question], refused: set[str]) -> list[str]:
    outside = [one for one in questions if not one.covered]
    covered = [one for one in questions if one.covered]
    groups = [
        *([one for one in outside if one.language == language] for language in ("zh", "en")),
        *([one for one in outside if one.kind == kind] for kind in ("neighbour", "far")),
        outside,
        *([one for one in covered if one.language == language] for language in ("zh", "en")),
        covered,
    ]
    return [share(sum(one.id in refused for one in group), len(group)) for group in groups]
