"""The two ways to the nearest weights, over sums and by the program, agree on how near those are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.recommender.limits import ITEM_UNIT, Limit
from assistant.recommender.own import own_candidate
from assistant.repair.adding import only_sums, summed
from assistant.repair.closest import Asked, Entry, closest
from assistant.repair.scope import Scope
from tests.assistant.repair.forms import CATALOGUE, form


def asked(weights: list[int], low: int, high: int) -> Asked:
    card = form(weights)
    scope = Scope(card, CATALOGUE, "en", strict=False)
    entries = tuple(
        Entry(own_candidate(f"own:{place}", item, 1.0, place), float(max(item.points, 0)), tuple(range(5, 41)))
        for place, item in enumerate(card.items)
    )
    count = Limit("count", frozenset(entry.id for entry in entries), low, high, counts_items=True, unit=ITEM_UNIT)
    return Asked(entries, (count,), 100, scope.worse)


def nearness(wanted: Asked, found: dict[str, int] | None) -> tuple[float, int, float, int] | None:
    """Return points changed, lines changed, the largest change and the lines left, in the order that counts."""
    if found is None:
        return None
    moves = [abs(found.get(entry.id, 0) - (entry.before or 0)) for entry in wanted.entries]
    gone = [entry for entry in wanted.entries if entry.id not in found and not entry.before]
    return sum(moves), sum(move > 0 for move in moves) + len(gone), max(moves), len(found)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=6), st.integers(1, 3), st.integers(4, 5))
def test_sums_and_the_program_agree(weights: list[int], low: int, high: int) -> None:
    wanted = asked(weights, low, high)
    assert only_sums(wanted)
    assert nearness(wanted, summed(wanted)) == nearness(wanted, closest(wanted))
