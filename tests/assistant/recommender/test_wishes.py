"""What people insist on: it is kept, or what collides is named."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.advisor import Advisor
from assistant.errors import WishConflict
from assistant.models import Brief, Count, Exclusion, Finding, Pin
from assistant.recommender.card import scorecard
from assistant.rules import check
from knowledge import shipped
from knowledge.terms import Severity

CATALOGUE = shipped.load()
ADVISOR = Advisor(CATALOGUE)
REP = Brief(role="sales_representative", themes=("cash",))


def warnings(brief: Brief) -> tuple[Finding, ...]:
    card = scorecard(ADVISOR.recommender.choose(brief), CATALOGUE)
    return tuple(one for one in check(card, CATALOGUE, "en") if one.severity is not Severity.ADVICE)


def test_pins_and_exclusions_are_kept() -> None:
    brief = REP.model_copy(
        update={
            "pins": (Pin(indicator="nps", at_least=10, at_most=10), Pin(indicator="collection_rate", at_least=25)),
            "exclusions": (Exclusion(indicator="opportunity_conversion"), Exclusion(indicator="effective_visits")),
        }
    )
    weights = ADVISOR.recommender.choose(brief).weights
    assert weights["nps"] == 10
    assert weights["collection_rate"] >= 25
    assert weights.keys().isdisjoint({"opportunity_conversion", "effective_visits"})


@pytest.mark.parametrize("count", [3, 4, 5, 7, 8, 9, 10])
def test_count_is_kept(count: int) -> None:
    weights = ADVISOR.recommender.choose(REP.model_copy(update={"count": Count(at_least=count, at_most=count)})).weights
    assert len(weights) == count
    assert sum(weights.values()) == 100


def test_make_it_three_gives_three_with_the_count_warning() -> None:
    found = warnings(REP.model_copy(update={"count": Count(at_least=3, at_most=3)}))
    assert "C001" in {one.code for one in found}


def test_an_odd_weight_is_kept_and_only_it_and_the_rest_are_off_step() -> None:
    brief = REP.model_copy(update={"pins": (Pin(indicator="nps", at_least=33, at_most=33),)})
    weights = ADVISOR.recommender.choose(brief).weights
    assert weights["nps"] == 33
    assert sum(weights.values()) == 100
    assert sum(weight % 5 > 0 for weight in weights.values()) == 2


CONFLICTS = {
    "too heavy": ({"pins": (Pin(indicator="nps", at_least=70),)}, 1),
    "two halves and more": (
        {"pins": (Pin(indicator="nps", at_least=55), Pin(indicator="collection_rate", at_least=55))},
        2,
    ),
    "pinned and excluded": (
        {"pins": (Pin(indicator="nps"),), "exclusions": (Exclusion(indicator="nps"),)},
        2,
    ),
    "too few": ({"count": Count(at_least=2, at_most=2)}, 1),
    "more pins than places": (
        {
            "pins": tuple(Pin(indicator=id) for id in ("nps", "sales_amount", "new_customers", "collection_rate")),
            "count": Count(at_most=3),
        },
        5,
    ),
}


@pytest.mark.parametrize(("wishes", "size"), CONFLICTS.values(), ids=CONFLICTS.keys())
def test_conflicts_are_irreducible(wishes: dict[str, object], size: int) -> None:
    with pytest.raises(WishConflict) as refused:
        ADVISOR.recommender.choose(REP.model_copy(update=wishes))
    error = refused.value
    assert len(error.wishes) == size
    assert set(error.drop) <= set(error.wishes)
    assert len(error.drop) == 1
    for language in ("zh", "en"):
        assert all(wish.say(language) in error.say(language) for wish in error.wishes)


def without(brief: Brief, wish: object) -> Brief:
    return brief.model_copy(
        update={
            "pins": tuple(pin for pin in brief.pins if pin is not wish),
            "exclusions": tuple(out for out in brief.exclusions if out is not wish),
            "count": None if brief.count is wish else brief.count,
        }
    )


def only(brief: Brief, wishes: list[object]) -> Brief:
    """Keep just some of a brief's wishes; exclusions of other indicators stay, since they collide with nothing."""
    kept = brief
    pinned = {pin.indicator for pin in brief.pins}
    contested = [out for out in brief.exclusions if out.indicator in pinned]
    for wish in [*brief.pins, *contested, *([brief.count] if brief.count else [])]:
        if wish not in wishes:
            kept = without(kept, wish)
    return kept


@st.composite
def wished_briefs(draw: st.DrawFn) -> Brief:
    role = draw(st.sampled_from(list(CATALOGUE.roles)))
    ids = [item.indicator for group in CATALOGUE.roles[role].groups for item in group.items]
    pins = [
        Pin(indicator=id, at_least=low, at_most=low and draw(st.sampled_from([low, min(100, low + 20), None])))
        for id in draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
        for low in [draw(st.sampled_from([None, None, 5, 10, 20, 25, 33, 40, 60, 70]))]
    ]
    off = draw(st.lists(st.sampled_from(ids), unique=True, max_size=3))
    count = draw(st.sampled_from([None, None, None, 2, 3, 5, 8, 9, 11]))
    return Brief(
        role=role,
        profile=draw(st.sampled_from(["appraisal", "incentive"])),
        themes=tuple(draw(st.lists(st.sampled_from(list(CATALOGUE.themes)), unique=True, max_size=2))),
        pins=tuple(pins),
        exclusions=tuple(Exclusion(indicator=id) for id in off),
        count=Count(at_least=count, at_most=count) if count else None,
    )


@settings(max_examples=60, deadline=None)
@given(wished_briefs())
def test_wishes_are_met_or_the_conflict_is_explained(brief: Brief) -> None:
    try:
        choice = ADVISOR.recommender.choose(brief)
    except WishConflict as error:
        assert_irreducible(brief, [wish.source for wish in error.wishes])
        return
    weights = choice.weights
    assert sum(weights.values()) == 100
    assert all(pin.indicator in weights for pin in brief.pins)
    for pin in brief.pins:
        assert (pin.at_least or 1) <= weights[pin.indicator] <= (pin.at_most or 100)
    pinned = {pin.indicator for pin in brief.pins}
    assert all(out.indicator not in weights for out in brief.exclusions if out.indicator not in pinned)
    assert brief.count is None or len(weights) == brief.count.at_least


def assert_irreducible(brief: Brief, wishes: list[object]) -> None:
    colliding = only(brief, wishes)
    with pytest.raises(WishConflict):
        ADVISOR.recommender.choose(colliding)
    for wish in wishes:
        ADVISOR.recommender.choose(without(colliding, wish))


@settings(max_examples=40, deadline=None)
@given(wished_briefs())
def test_findings_of_a_draft_follow_from_its_wishes(brief: Brief) -> None:
    """Without its wishes the same brief has no finding above advice, bar priorities that oppose each other."""
    free = brief.model_copy(update={"pins": (), "exclusions": (), "count": None})
    opposed = any(b in CATALOGUE.themes[a].opposes for a, b in combinations(brief.themes, 2))
    assert {one.code for one in warnings(free)} <= ({"S002"} if opposed else set())


def test_an_empty_card_is_never_drafted() -> None:
    role = CATALOGUE.roles["sdr"]
    everything = tuple(Exclusion(indicator=item.indicator) for group in role.groups for item in group.items)
    with pytest.raises(WishConflict):
        ADVISOR.recommender.choose(Brief(role="sdr", exclusions=everything))
