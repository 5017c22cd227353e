"""Cards to export: drafts of ours and a company's own form with holes."""

import pytest

from assistant.models import (
    Adjustment,
    Brief,
    Deduction,
    Ignored,
    Interim,
    ScoreBand,
    Scorecard,
    ScorecardItem,
    Scoring,
    Tiers,
    Veto,
)
from assistant.recommender.card import scorecard
from assistant.recommender.draft import Recommender
from knowledge.models import Catalogue, RaterShare, Text
from knowledge.terms import Dimension, Kind, Party, Polarity, ScoringMethod, Unit

BRIEFS = {
    "representative": Brief(role="sales_representative", themes=("market_share",)),
    "director": Brief(role="sales_director", themes=("cash", "market_share")),
    "incentive": Brief(role="sales_representative", themes=("market_share",), profile="incentive"),
}


def same(words: str) -> Text:
    return Text(zh=words, en=words)


@pytest.fixture(scope="session")
def drafts(catalogue: Catalogue) -> dict[str, Scorecard]:
    recommender = Recommender(catalogue)
    return {name: scorecard(recommender.choose(brief), catalogue) for name, brief in BRIEFS.items()}


@pytest.fixture(scope="session")
def draft(drafts: dict[str, Scorecard]) -> Scorecard:
    return drafts["representative"]


@pytest.fixture(scope="session")
def own() -> Scorecard:
    """A form as a company brings it: weights missing, with fractions and in words, dimensions here and there."""
    return Scorecard(
        position="大区经理",
        items=(
            ScorecardItem(
                name=same("销售收入达标率"),
                weight=33.33,
                dimension=Dimension.FINANCIAL,
                formula="实际销售收入/计划销售收入",
                unit=Unit.PERCENT,
                tiers=Tiers(threshold=80, target=100, stretch=120.5),
                scoring=Scoring(method=ScoringMethod.RATIO, text="完成得20分，每低1%扣1分", full=20, points=25),
                interims=(Interim(period="Q1", value=20), Interim(period="Q2", value=45)),
                last_year=93.5,
                uplift=7,
            ),
            ScorecardItem(
                name=same("应收账款回收"),
                weight=12.5,
                unit=Unit.MONEY,
                tiers=Tiers(target=1_250_000),
                raters=(RaterShare(rater=Party.LINE_MANAGER, share=60), RaterShare(rater=Party.CUSTOMER, share=40)),
                scoring=Scoring(
                    method=ScoringMethod.TIERS,
                    full=20,
                    bands=(ScoreBand(at_least=90, points=16), ScoreBand(at_least=100, points=20)),
                ),
            ),
            ScorecardItem(name=same("客户投诉次数"), dimension=Dimension.CUSTOMER, polarity=Polarity.LOWER),
            ScorecardItem(
                name=same("投标文件及时率"),
                dimension=Dimension.CUSTOMER,
                weight=5,
                unit=Unit.PERCENT,
                scoring=Scoring(
                    method=ScoringMethod.DEDUCTION, cap=None, full=50, deduction=Deduction(step=2, points=5)
                ),
            ),
            ScorecardItem(name=same("协作"), kind=Kind.BEHAVIOUR, stated_weight="另行通知"),
            ScorecardItem(name=same("费用率"), dimension=Dimension.FINANCIAL, weight=0),
        ),
        adjustments=(
            Adjustment(name=same("年度表彰"), points=5, trigger=same("获公司级表彰"), evidence=same("表彰文件")),
            Adjustment(name=same("有效投诉"), points=-3.5),
        ),
        vetoes=(Veto(trigger=same("重大合规事故"), effect=same("当期绩效为D")),),
        leader_target=5_000_000,
        ignored=(Ignored(code="W005", reason="公司要求"),),
    )
