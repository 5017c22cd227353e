"""Strict repair: warnings that a program can remove, family by family, and what it leaves alone."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.models import Adjustment, Brief, Context, Interim, Scorecard, Scoring, Tiers
from assistant.recommender.card import scorecard
from assistant.recommender.draft import Recommender
from assistant.repair import Repaired, repair
from assistant.rules import check
from knowledge.models import Language, RaterShare, Text
from knowledge.terms import Dimension, Party, Period, ScoringMethod, Severity, Unit
from tests.assistant.repair.forms import CATALOGUE, known, own, weights_of

RECOMMENDER = Recommender(CATALOGUE)
Edit = Callable[[Scorecard], Scorecard]


def draft(role: str = "sales_representative", **fields: Any) -> Scorecard:
    return scorecard(RECOMMENDER.choose(Brief(role=role, **fields)), CATALOGUE)


def codes(card: Scorecard) -> set[str]:
    return {one.code for one in check(card, CATALOGUE, "en") if one.severity is not Severity.ADVICE}


def at(place: int, **fields: Any) -> Edit:
    def change(card: Scorecard) -> Scorecard:
        items = list(card.items)
        items[place] = items[place].model_copy(update=fields)
        return card.model_copy(update={"items": tuple(items)})

    return change


def without(indicator: str) -> Edit:
    """Take a line off and give its weight to the first of the rest."""

    def change(card: Scorecard) -> Scorecard:
        gone = card.item(indicator)
        rest = [item for item in card.items if item is not gone]
        rest[0] = rest[0].model_copy(update={"weight": rest[0].points + (gone.points if gone else 0)})
        return card.model_copy(update={"items": tuple(rest)})

    return change


def beside(*more: Any, **fields: Any) -> Edit:
    return lambda card: card.model_copy(update={"items": (*card.items, *more), **fields})


def bare(card: Scorecard) -> Scorecard:
    return card.model_copy(update={"vetoes": ()})


# A draft of ours, an edit that draws these warnings or errors, and none of them is left.
BROKEN: dict[str, tuple[Edit, set[str]]] = {
    "a weight above 40": (lambda card: at(0, weight=45)(at(1, weight=10)(card)), {"W004"}),
    "a weight below 5": (beside(own("甲", 3)), {"W005", "W001"}),
    "off the sum": (at(0, weight=38), {"W001"}),
    "no collection": (without("collection_rate"), {"R002", "R006"}),
    "appearance": (beside(own("仪容仪表", 10)), {"C012", "W001"}),
    "ranking people": (beside(own("末位淘汰", 10)), {"C013", "W001"}),
    "the same twice": (beside(known("collection_rate", 10)), {"K001", "W001"}),
    "two of a family": (beside(known("nps", 10), known("customer_satisfaction", 10)), {"K002"}),
    "a region's result": (beside(known("market_share", 10)), {"R001"}),
    "a bare count": (beside(known("call_volume", 10)), {"D003"}),
    "a bonus for what has weight": (
        beside(
            adjustments=(Adjustment(name=Text(zh="回款加分", en="Cash bonus"), indicator="collection_rate", points=5),)
        ),
        {"K006"},
    ),
    "no gates": (bare, {"G001"}),
    "data from the person": (at(0, provider=Party.SELF), {"D005"}),
    "rated by the person": (at(0, raters=(RaterShare(rater=Party.SELF),)), {"D007"}),
    "neither formula nor definition": (at(0, formula=None, definition=None), {"D001"}),
    "no cap": (at(0, scoring=Scoring(method=ScoringMethod.RATIO, cap=None)), {"T004"}),
    "a threshold that kills": (at(0, scoring=Scoring(method=ScoringMethod.RATIO, threshold=100)), {"T007"}),
    "points off the weight": (at(0, scoring=Scoring(method=ScoringMethod.RATIO, points=7)), {"T005"}),
    "shorter than the cycle": (
        lambda card: at(0, period=Period.MONTH)(card.model_copy(update={"context": Context(cycle_months=6)})),
        {"T002"},
    ),
}


@pytest.mark.parametrize(("edit", "drawn"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_draft_is_mended(edit: Edit, drawn: set[str]) -> None:
    card = edit(draft())
    assert drawn <= codes(card)
    repaired = repair(card, CATALOGUE, "en", strict=True)
    assert codes(repaired.scorecard) == set()
    assert repaired.left == ()
    served = {code for one in repaired.changes for code in one.rules}
    assert served & codes(card)


def test_lines_are_filled_in_from_the_catalogue() -> None:
    empty = {"raters": (), "data_source": None, "provider": None, "scoring": None, "target_method": None}
    card = at(0, **empty, formula=None, definition=None)(draft())
    repaired = repair(card, CATALOGUE, "zh", strict=True)
    fields = {one.field for one in repaired.changes if one.kind == "field"}
    assert fields == {"raters", "data_source", "scoring", "target_method", "formula", "definition"}
    assert repaired.scorecard == draft()


def test_a_small_count_is_scored_in_tiers() -> None:
    given = {"unit": Unit.COUNT, "tiers": Tiers(target=3), "scoring": Scoring(method=ScoringMethod.RATIO)}
    repaired = repair(at(0, **given)(draft()), CATALOGUE, "en", strict=True)
    scoring = repaired.scorecard.items[0].scoring
    assert scoring is not None
    assert scoring.method is ScoringMethod.TIERS


def test_opinions_give_way_to_records() -> None:
    items = [own("甲", 40, subjective=True), *(own(name, 15) for name in "乙丙丁戊")]
    repaired = repair(Scorecard(items=tuple(items)), CATALOGUE, "en", strict=True)
    assert repaired.scorecard.items[0].weight == 20
    assert sum(repaired.scorecard.items[place].points for place in range(5)) == 100
    assert any("C004" in one.rules for one in repaired.changes)


def test_cash_divided_by_signings_becomes_the_collection_rate() -> None:
    line = own("回款率", 10, formula="回款 / 签约金额", dimension=Dimension.FINANCIAL)
    card = at(0, weight=draft().items[0].points)(without("collection_rate")(draft()))
    card = card.model_copy(update={"items": (*card.items, line)})
    assert "D008" in codes(card)
    repaired = repair(card, CATALOGUE, "en", strict=True)
    assert repaired.scorecard.item("collection_rate") is not None
    assert any(one.kind == "replaced" and one.after == "collection_rate" for one in repaired.changes)


def test_incentive_guards_are_watched() -> None:
    card = draft(profile="incentive").model_copy(update={"monitors": ()})
    repaired = repair(card, CATALOGUE, "en", strict=True)
    assert codes(card)
    assert {one.kind for one in repaired.changes} == {"monitor"}
    assert codes(repaired.scorecard) == set()


def test_the_lighter_twin_leaves_its_weight_to_the_other() -> None:
    items = (own("甲", 30), own("乙", 20), own("丙", 15), own("丁", 15), own("甲", 5), own("戊", 15))
    repaired = repair(Scorecard(items=items), CATALOGUE, "en", strict=True)
    assert weights_of(repaired.scorecard) == [35, 20, 15, 15, 15]
    assert [(one.kind, one.rules) for one in repaired.changes] == [("weight", ("K001",)), ("dropped", ("K001",))]


def test_what_a_person_insists_on_stays() -> None:
    line = known("market_share", 10, pinned="董事长要求")
    card = beside(line)(at(0, weight=draft().items[0].points - 10)(draft()))
    repaired = repair(card, CATALOGUE, "en", strict=True)
    assert repaired.scorecard.item("market_share") is not None
    assert any(one.code == "R001" and "insisted" in (one.fix or "") for one in repaired.left)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"period": Period.YEAR, "tiers": Tiers(target=100)}, "T001"),
        ({"uplift": 20.0, "last_year": 100.0}, "T003"),
        ({"tiers": Tiers(threshold=90, target=80)}, "T010"),
        ({"unit": Unit.MONEY, "tiers": Tiers(target=9), "interims": (Interim(period="Q1", value=1),)}, "T011"),
    ],
)
def test_figures_are_never_made_up(fields: dict[str, Any], code: str) -> None:
    card = at(0, **fields)(draft())
    repaired = repair(card, CATALOGUE, "zh", strict=True)
    assert [one.code for one in repaired.left] == [code]
    assert all(one.fix for one in repaired.left)
    assert repaired == Repaired(scorecard=card, left=repaired.left)


# Mostly activity under names of the company's own, on a position that is judged on results too.
ACTIVITY = Scorecard(
    role="sdr",
    items=(
        known("call_volume", 20),
        own("Emails sent", 30),
        own("LinkedIn connections", 10),
        own("Webinar guests", 20),
        own("Podcasts", 20),
    ),
)
WORDS: dict[Language, tuple[str, str]] = {
    "zh": ("离合格的表太远", "review"),
    "en": ("too far from a sound one", "review"),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_card_far_from_sound_is_not_made_another_card(language: Language) -> None:
    repaired = repair(ACTIVITY, CATALOGUE, language, strict=True)
    assert weights_of(repaired.scorecard) == weights_of(ACTIVITY)
    assert {one.kind for one in repaired.changes} <= {"field", "gate", "monitor"}
    far = [one for one in repaired.left if all(word in (one.fix or "") for word in WORDS[language])]
    assert len(far) == 1
    assert repair(repaired.scorecard, CATALOGUE, language, strict=True).scorecard == repaired.scorecard


def test_points_go_to_lines_that_are_known_before_those_of_one_s_own() -> None:
    short = at(2, weight=draft().items[2].points - 15)(draft())
    card = beside(own("LinkedIn connections", 10))(short)
    repaired = repair(card, CATALOGUE, "en", strict=True).scorecard
    assert all(one.weight == 10 for one in repaired.items if one.indicator is None)
    assert sum(one.points for one in repaired.items) == 100


def test_lines_that_nothing_speaks_against_stay() -> None:
    lines = (
        known("sales_amount", 40),
        known("net_revenue_retention", 30),
        known("win_rate", 20),
        own("Multi-year", 10),
    )
    card = Scorecard(role="sales_representative", items=lines)
    repaired = repair(card, CATALOGUE, "en", strict=True)
    assert [one.kind for one in repaired.changes if one.kind in {"dropped", "replaced"}] == []
    assert {one.name.en for one in lines} <= {one.name.en for one in repaired.scorecard.items}


def test_a_change_says_what_was_filled_in() -> None:
    empty = at(0, data_source=None, provider=None, raters=())(draft())
    source, party = draft().items[0].data_source, draft().items[0].provider
    assert source is not None
    assert party is not None
    said: dict[Language, str] = {"zh": "补上数据来源：", "en": "data source added: "}
    for language, words in said.items():
        repaired = repair(empty, CATALOGUE, language, strict=True)
        told = next(one for one in repaired.changes if one.field == "data_source")
        name = CATALOGUE.terms["party"][party]
        assert all(part in told.text for part in (words, source.say(language), name.say(language), "D006"))
        assert {one.field for one in repaired.changes} == {"data_source", "raters"}
