"""What holds for every line and every actual."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.models import Deduction, ScoreBand, ScorecardItem, Scoring
from assistant.scoring.chart import BLOCKS, WIDTH, chart, marked, score_at
from assistant.scoring.curve import curve, marks
from assistant.scoring.item import score
from assistant.scoring.models import Actual
from knowledge.terms import Polarity, ScoringMethod, Unit
from tests.assistant.scoring.lines import line

PER = st.sampled_from(["figure", "percent"])
STEP = st.builds(Deduction, step=st.integers(1, 10).map(float), points=st.integers(0, 10).map(float), per=PER)


def rising(points: list[float]) -> tuple[ScoreBand, ...]:
    at = range(60, 60 + 10 * len(points), 10)
    return tuple(ScoreBand(at_least=one, points=worth) for one, worth in zip(at, sorted(points), strict=True))


BANDS = st.lists(st.integers(0, 120).map(float), min_size=1, max_size=6).map(rising)
SCORINGS = st.builds(
    Scoring,
    method=st.sampled_from([ScoringMethod.RATIO, ScoringMethod.TIERS, ScoringMethod.DEDUCTION]),
    cap=st.one_of(st.none(), st.integers(100, 150)),
    floor=st.integers(-50, 50),
    threshold=st.one_of(st.none(), st.integers(1, 100)),
    full=st.sampled_from([10.0, 15.0, 100.0]),
    bands=st.one_of(st.just(()), BANDS),
    deduction=st.one_of(st.none(), STEP),
    bonus=st.one_of(st.none(), STEP),
)
POLARITIES = st.sampled_from([Polarity.HIGHER, Polarity.LOWER])
UNITS = st.sampled_from([Unit.MONEY, Unit.PERCENT, Unit.COUNT])


@st.composite
def lines(draw: st.DrawFn, polarities: st.SearchStrategy[Polarity] = POLARITIES) -> ScorecardItem:
    """Return a line with a target; with a threshold and a stretch value on their proper sides, or without."""
    polarity, target = draw(polarities), float(draw(st.integers(1, 200)))
    sign = -1 if polarity is Polarity.LOWER else 1
    stages: dict[str, Any] = {"target": target}
    if draw(st.booleans()):
        stages |= {"threshold": target * (1 - sign * 0.2), "stretch": target * (1 + sign * 0.1)}
    weight = draw(st.integers(1, 60))
    return line(draw(SCORINGS), weight=weight, polarity=polarity, unit=draw(UNITS), **stages)


def figure(item: ScorecardItem, share: float) -> Actual:
    return Actual(line="x", form="figure", value=(item.tiers.target or 0) * share / 100)


SHARES = st.floats(0, 300)


@given(lines(), SHARES, SHARES)
def test_better_never_scores_less(item: ScorecardItem, one: float, other: float) -> None:
    low, high = sorted((one, other), reverse=item.polarity is Polarity.LOWER)
    assert score(item, figure(item, low)).score <= score(item, figure(item, high)).score + 1e-6


@given(lines(st.sampled_from(list(Polarity))), SHARES)
def test_points_stay_between_floor_and_cap(item: ScorecardItem, share: float) -> None:
    assert item.scoring is not None
    found = score(item, figure(item, share))
    assert found.points >= item.scoring.floor * item.points / 100 - 1e-6
    assert item.scoring.cap is None or found.points <= item.scoring.cap * item.points / 100 + 1e-6
    assert found.points == pytest.approx(found.score * item.points / 100, abs=1e-5)


@given(lines(st.sampled_from(list(Polarity))))
def test_the_points_of_a_curve_are_scores(item: ScorecardItem) -> None:
    points = curve(item)
    places = [point.at for point in points]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 150)
    for at in set(places):
        scores = [point.score for point in points if point.at == at]
        assert any(abs(score(item, share(item, at)).score - one) < 1e-3 for one in scores)


@given(lines(st.sampled_from(list(Polarity))), st.floats(0, 150))
def test_a_curve_runs_through_every_score(item: ScorecardItem, at: float) -> None:
    points = curve(item)
    assume(all(abs(point.at - at) > 1e-3 for point in points))
    assert score_at(points, at) == pytest.approx(score(item, share(item, at)).score, abs=2e-3)


ANY_TARGET = st.one_of(st.none(), st.sampled_from([0.0, -5.0, 0.5, 100.0, 1e9]))


@given(
    SCORINGS.flatmap(
        lambda one: st.sampled_from(list(ScoringMethod)).map(lambda way: one.model_copy(update={"method": way}))
    ),
    st.sampled_from(list(Polarity)),
    ANY_TARGET,
    UNITS,
    st.booleans(),
)
def test_every_line_has_a_sound_curve_or_none(
    scoring: Scoring, polarity: Polarity, target: float | None, unit: Unit, figures: bool
) -> None:
    scoring = scoring.model_copy(update={"figures": figures})
    points = curve(line(scoring, polarity=polarity, unit=unit, target=target))
    assert all(point.score >= scoring.floor for point in points)
    assert scoring.cap is None or all(point.score <= max(scoring.cap, scoring.floor) for point in points)
    assert not points or points[0].at == 0


def share(item: ScorecardItem, at: float) -> Actual:
    """Return the actual at a place of a curve: an attainment, of a range the share of its target."""
    turned = 200 - at if item.polarity is Polarity.LOWER else at
    return Actual(line="x", form="share", value=turned)


@pytest.mark.parametrize(
    "rule",
    [
        "每发生一次扣5分",
        "1%以下15分；1.5%以下10分；以上0分；5%以上-20分",
        "拜访一次5分最多100分",
        "3天以内10分，7天以内5分，超过7天0分",
    ],
)
@given(part=st.floats(0, 1))
def test_a_curve_over_figures_runs_through_every_score(rule: str, part: float) -> None:
    item = line(rule)
    points = curve(item)
    at = part * points[-1].at
    assume(all(abs(point.at - at) > 1e-3 for point in points))
    found = score(item, Actual(line="x", form="figure", value=at))
    assert score_at(points, at) == pytest.approx(found.score, abs=2e-3)


@given(lines(st.sampled_from(list(Polarity))))
def test_a_chart_fits_its_cell(item: ScorecardItem) -> None:
    points = curve(item)
    drawn = chart(points)
    assert len(drawn) == WIDTH
    assert set(drawn) <= set(BLOCKS)
    assert len(marked(marks(item, points), points)) <= WIDTH


def test_a_chart_shows_where_points_begin_and_end() -> None:
    item = line(Scoring(method=ScoringMethod.RATIO, cap=120, threshold=60), unit=Unit.MONEY)
    points = curve(item)
    assert chart(points)[:6].strip() == ""
    assert chart(points)[-3:] == "███"
    assert marked(marks(item, points), points) == "      t   T c"


def test_a_rule_that_needs_a_target_has_no_curve_before_it_is_set() -> None:
    points = curve(line("每少1家扣3分", unit=Unit.COUNT))
    assert points == ()
    assert chart(points) == ""
