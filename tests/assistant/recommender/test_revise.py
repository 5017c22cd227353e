"""Changing a card: what was asked for, and as little else as possible."""

import pytest

from assistant.advisor import Advisor
from assistant.models import Brief, Count, Exclusion, Pin

BRIEF = Brief(role="sales_representative", themes=("market_share",))


def changed(before: dict[str, int], after: dict[str, int]) -> int:
    return sum(abs(before.get(id, 0) - after.get(id, 0)) for id in before.keys() | after.keys())


REVISIONS = {
    # The points that must change at least: what the wish itself moves, and as much on the other side.
    "weight up": ({"pins": (Pin(indicator="collection_rate", at_least=15, at_most=15),)}, 10),
    "swap within a family": ({"pins": (Pin(indicator="nps"),)}, 20),
    "drop one": ({"exclusions": (Exclusion(indicator="opportunity_conversion"),)}, 20),
    "nothing new": ({}, 0),
}


@pytest.mark.parametrize(("wishes", "points"), REVISIONS.values(), ids=REVISIONS.keys())
def test_revision_changes_no_more_than_it_must(wishes: dict[str, object], points: int, advisor: Advisor) -> None:
    before = advisor.recommender.choose(BRIEF).weights
    after = advisor.recommender.revise(before, BRIEF.model_copy(update=wishes)).weights
    assert sum(after.values()) == 100
    assert changed(before, after) == points


def test_fewer_items_keep_what_is_left(advisor: Advisor) -> None:
    before = advisor.recommender.choose(BRIEF).weights
    after = advisor.recommender.revise(before, BRIEF.model_copy(update={"count": Count(at_most=4)})).weights
    assert len(after) == 4
    assert after.keys() <= before.keys()


def test_revising_twice_is_the_same_as_once(advisor: Advisor) -> None:
    before = advisor.recommender.choose(BRIEF).weights
    wished = BRIEF.model_copy(update={"pins": (Pin(indicator="nps", at_least=15, at_most=15),)})
    once = advisor.recommender.revise(before, wished).weights
    assert advisor.recommender.revise(once, wished).weights == once
