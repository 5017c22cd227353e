"""What holds for every card: sound, least changed, the same twice and in any order."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.models import Brief, Scorecard, ScorecardItem
from assistant.recommender.card import scorecard
from assistant.recommender.draft import Recommender
from assistant.repair import Repaired, repair
from assistant.repair.scope import Scope
from assistant.rules import check
from knowledge.models import Catalogue
from knowledge.terms import Severity
from tests.assistant.repair.forms import CATALOGUE, change, form, known, own, weights_of

WEIGHTS = st.one_of(
    st.integers(-5, 70),
    st.sampled_from([5, 10, 15, 20, 25, 30]),
    st.floats(0, 50).map(lambda weight: round(weight, 2)),
    st.none(),
)
PROFILES = st.sampled_from(["appraisal", "incentive"])
INDICATORS = sorted(CATALOGUE.indicators)


@st.composite
def forms(draw: st.DrawFn) -> Scorecard:
    """Return forms of a company's own lines and known ones, now and then with a position."""
    count = draw(st.integers(0, 12))
    items: list[ScorecardItem] = []
    for place in range(count):
        weight = draw(WEIGHTS)
        if draw(st.booleans()):
            items.append(known(draw(st.sampled_from(INDICATORS)), weight))
        else:
            items.append(own(f"甲{place}", weight))
    role = draw(st.sampled_from([None, "sales_representative", "sales_manager", "sales_support"]))
    return Scorecard(items=tuple(items), role=role, profile=draw(PROFILES))


def counted(card: Scorecard, catalogue: Catalogue, severity: Severity) -> int:
    return sum(one.severity is severity for one in check(card, catalogue, "en"))


def said(repaired: Repaired) -> Counter[tuple[object, ...]]:
    return Counter((one.kind, one.line, one.before, one.after) for one in repaired.changes if one.kind != "field")


@settings(max_examples=30, deadline=None)
@given(forms())
def test_errors_go_or_are_left_with_what_to_do(card: Scorecard) -> None:
    repaired = repair(card, CATALOGUE, "en")
    left = [one for one in check(repaired.scorecard, CATALOGUE, "en") if one.severity is Severity.ERROR]
    assert [one.code for one in left] == [one.code for one in repaired.left]
    assert all(one.fix for one in repaired.left)
    if card.role is not None and card.profile == "appraisal":
        assert left == []
    assert None not in weights_of(repaired.scorecard)


@settings(max_examples=25, deadline=None)
@given(forms(), st.booleans())
def test_repairing_twice_is_repairing_once(card: Scorecard, strict: bool) -> None:
    once = repair(card, CATALOGUE, "en", strict=strict).scorecard
    twice = repair(once, CATALOGUE, "en", strict=strict)
    assert [one.text for one in twice.changes] == []
    assert twice.scorecard == once


@settings(max_examples=30, deadline=None)
@given(forms())
def test_a_card_without_errors_and_gaps_comes_back_as_it_is(card: Scorecard) -> None:
    sound = repair(card, CATALOGUE, "en").scorecard
    assume(counted(sound, CATALOGUE, Severity.ERROR) == 0)
    again = repair(sound, CATALOGUE, "en")
    assert again.scorecard == sound
    assert again.changes == again.left == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(WEIGHTS, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(weights: list[float | None], random: object) -> None:
    card = form(weights)
    items = list(card.items)
    random.shuffle(items)  # type: ignore[attr-defined]
    other = card.model_copy(update={"items": tuple(items)})
    assert said(repair(card, CATALOGUE, "en")) == said(repair(other, CATALOGUE, "en"))


@settings(max_examples=15, deadline=None)
@given(forms())
def test_strict_repair_ends_with_no_error_more_and_no_warning_more(card: Scorecard) -> None:
    strict = repair(card, CATALOGUE, "en", strict=True)
    plain = repair(card, CATALOGUE, "en").scorecard
    assert counted(strict.scorecard, CATALOGUE, Severity.ERROR) <= counted(plain, CATALOGUE, Severity.ERROR)
    if counted(card, CATALOGUE, Severity.ERROR) == 0:
        before, after = (counted(one, CATALOGUE, Severity.WARNING) for one in (card, strict.scorecard))
        assert after <= before


def small(total: int, most: int, step_error: bool) -> Catalogue:
    """Return the catalogue with a rule set small enough to try every weighting."""
    severities = {"W006": Severity.ERROR} if step_error else {}
    bands = [{"low": 6, "high": most, "severity": "advice"}, {"low": 0, "high": 2, "severity": "warning"}]
    fields = {
        "total": total,
        "step": 2 if step_error else 1,
        "count_fine": [2, 3],
        "count_bands": [],
        "weight_fine": [2, 6],
        "weight_bands": bands,
        "severities": severities,
    }
    profile = CATALOGUE.profiles["appraisal"]
    profile = type(profile).model_validate({**profile.model_dump(), **fields})
    return CATALOGUE.model_copy(update={"profiles": {"appraisal": profile}})


SMALL = {"plain": small(20, 12, False), "stepped": small(20, 12, True)}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.lists(st.integers(0, 14), min_size=2, max_size=4))
def test_no_valid_weighting_is_nearer(name: str, weights: list[int]) -> None:
    catalogue = SMALL[name]
    scope = Scope(form(weights), catalogue, "en", strict=False)
    card = form(weights)
    assume(counted(card, catalogue, Severity.ERROR) > 0)
    repaired = repair(card, catalogue, "en")
    tried = [
        tuple(abs(before - after) for before, after in zip(weights, after_all, strict=True))
        for after_all in product((0, *scope.weights), repeat=len(weights))
        if sum(after_all) == 20 and scope.sound_count(sum(after > 0 for after in after_all))
    ]
    assert repaired.left == ()
    assert change(card, repaired.scorecard) == min(sum(moves) for moves in tried)


@pytest.mark.parametrize("strict", [False, True])
def test_drafts_of_ours_need_no_repair(strict: bool) -> None:
    recommender = Recommender(CATALOGUE)
    for role in CATALOGUE.roles:
        card = scorecard(recommender.choose(Brief(role=role)), CATALOGUE)
        assert repair(card, CATALOGUE, "en", strict=strict) == Repaired(scorecard=card)
