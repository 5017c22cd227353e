"""Scoring rules in words: what our standard words cannot say is said as it was understood."""

import pytest

from api.export.scoring import scoring_in_words
from assistant.models import Deduction, ScoreBand, ScorecardItem, Scoring
from knowledge.models import Text
from knowledge.terms import ScoringMethod, Unit

BANDS = (ScoreBand(at_least=3e6, points=75), ScoreBand(at_least=5e6, points=100))


@pytest.mark.parametrize(
    ("scoring", "said", "not_said"),
    [
        (Scoring(method=ScoringMethod.TIERS, bands=BANDS, figures=True), "figure of 5,000,000", "%:"),
        (
            Scoring(method=ScoringMethod.DEDUCTION, deduction=Deduction(points=2, per="percent")),
            "1% of target",
            "shortfall of 1",
        ),
        (
            Scoring(method=ScoringMethod.DEDUCTION, deduction=Deduction(points=5, per="event")),
            "occurrence",
            "shortfall",
        ),
        (Scoring(method=ScoringMethod.DEDUCTION, deduction=Deduction(points=2)), "shortfall of 1", "% of target"),
    ],
    ids=["bounds in figures", "per cent of money", "by occurrence", "our own words"],
)
def test_a_rule_keeps_its_unit(scoring: Scoring, said: str, not_said: str) -> None:
    item = ScorecardItem(name=Text(zh="销售额", en="Sales"), weight=20, unit=Unit.MONEY, scoring=scoring)
    words = scoring_in_words(item)
    assert words is not None
    assert said in words.en
    assert not_said not in words.en
