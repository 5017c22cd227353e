"""What we write comes back: the same card in every format and language."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.export import TARGETS, export
from api.export.layout import capital
from api.export.safety import clean
from assistant.advisor import Advisor
from assistant.formulas import formula_in_words
from assistant.intake.sources import Source
from assistant.models import (
    Adjustment,
    Brief,
    Context,
    Deduction,
    Interim,
    Monitor,
    ScoreBand,
    Scorecard,
    ScorecardItem,
    Scoring,
    Tiers,
    Veto,
)
from assistant.recommender.card import line, scorecard
from knowledge import shipped
from knowledge.models import Catalogue, Mandatory, OwnLine, RaterShare, Text
from knowledge.terms import (
    Basis,
    BusinessModel,
    Dimension,
    Kind,
    Motion,
    Party,
    Period,
    Polarity,
    ScoringMethod,
    Tenure,
    Unit,
)
from tests.assistant.intake.forms import AWKWARD, one

CATALOGUE = shipped.load()
ADVISOR = Advisor(CATALOGUE)
LAYOUTS = ("zh", "en", "both")
FORMS = ("xlsx", "docx", "md", "csv")


def facts(card: Scorecard, layout: str, catalogue: Catalogue = CATALOGUE) -> dict[str, Any]:
    """Return everything that a form in a language states about a card."""

    def said(text: Text | None) -> Any:
        if text is None or layout == "both":
            return text
        return text.zh if layout == "zh" else text.en

    def item(one: ScorecardItem) -> dict[str, Any]:
        formula = formula_in_words(one, "en" if layout == "en" else "zh")
        return {
            "indicator": one.indicator,
            "name": said(one.name),
            "kind": one.kind,
            "dimension": one.dimension,
            "weight": (one.weight, type(one.weight), one.stated_weight),
            "definition": said(one.definition),
            "formula": (one.formula, one.variables) if one.variables else formula,
            "basis": one.basis,
            "tiers": one.tiers,
            "targets": (one.interims, one.last_year, one.uplift),
            "method": said(one.target_method) if one.tiers.target is None else None,
            "scoring": one.scoring,
            "source": said(one.data_source),
            "provider": one.provider,
            "raters": one.raters,
            "period": one.period,
            "parameters": one.parameters,
        }

    return {
        "brief": (card.role, card.position, card.profile, card.themes),
        "context": card.context,
        "items": [item(one) for one in card.items],
        "monitors": [(one.indicator, said(one.name), said(one.reason)) for one in card.monitors],
        "vetoes": [
            (said(one.trigger), said(one.effect and capital(one.effect)), one.decides, one.indicator, one.protects)
            for one in card.vetoes
        ],
        "adjustments": [
            (said(one.name), one.points, said(one.trigger), said(one.evidence)) for one in card.adjustments
        ],
        "targets": (card.leader_target, card.members_target),
    }


def back(card: Scorecard, target: str, layout: str, advisor: Advisor = ADVISOR) -> Scorecard:
    data = export(card, advisor.catalogue, target, layout)
    return one(advisor, Source(f"card.{target}", data)).card


def draft(brief: Brief, advisor: Advisor = ADVISOR) -> Scorecard:
    return scorecard(advisor.recommender.choose(brief), advisor.catalogue)


def in_sections(card: Scorecard) -> Scorecard:
    """Return a card with its lines as the form puts them: by dimension, in the order of the first of each."""
    order = list(dict.fromkeys(item.dimension for item in card.items))
    items = sorted(card.items, key=lambda item: order.index(item.dimension))
    return card.model_copy(update={"items": tuple(items)})


def same(words: str) -> Text:
    return Text(zh=words, en=words)


def known(id: str, weight: float, **fields: Any) -> ScorecardItem:
    """Return the catalogue's line with what a company set on it."""
    return line(CATALOGUE.indicators[id], weight).model_copy(update={"target_method": None, **fields})


KNOWN = Context(
    motion=Motion.HUNTER,
    business_model=BusinessModel.SAAS,
    cycle_months=6,
    stage="peak_season",
    on_credit=False,
    tenure=Tenure.RAMPING,
    own_quota=20,
    commission=True,
)
FULL = Scorecard(
    position="华东一区负责人（代）",
    profile="appraisal",
    items=(
        known(
            "sales_amount",
            30,
            tiers=Tiers(threshold=800_000, target=1_000_000.5, stretch=1_200_000),
            interims=(Interim(period="Q1", value=250_000), Interim(period="Q2", value=750_000.5)),
            last_year=900_000,
            uplift=11.1,
        ),
        known(
            "collection_rate",
            12.5,
            tiers=Tiers(target=95, text="≥95%"),
            period=Period.YEAR,
            provider=Party.SALES_OPERATIONS,
            raters=(RaterShare(rater=Party.LINE_MANAGER, share=60), RaterShare(rater=Party.FINANCE, share=40)),
            scoring=Scoring(method=ScoringMethod.RATIO, cap=150, floor=10, threshold=72.5),
        ),
        ScorecardItem(
            name=Text(zh="鹿鸣计划", en="Project Deer"),
            kind=Kind.KEY_TASK,
            dimension=Dimension.PEOPLE,
            weight=20,
            definition=Text(zh="按计划完成，\n且通过验收", en="Done as planned\nand accepted"),
            scoring=Scoring(method=ScoringMethod.MILESTONE, cap=100),
            target_method=Text(zh="期初另行约定", en="Agreed at the start"),
        ),
        ScorecardItem(
            name=same("青云协同（Q&A）"),
            kind=Kind.BEHAVIOUR,
            dimension=Dimension.PEOPLE,
            weight=17.5,
            data_source=same("360评议"),
            scoring=Scoring(
                method=ScoringMethod.ANCHORED, cap=100, points=5.0, full=5.0, text="优5良3一般1差0\n由上级评定"
            ),
        ),
        ScorecardItem(
            name=same("Blue river index"),
            weight=20,
            formula="(a + b) / c",
            polarity=Polarity.LOWER,
            basis=Basis.SIGNED,
            scoring=Scoring(
                method=ScoringMethod.TIERS,
                cap=110,
                bands=(ScoreBand(at_least=80, points=60), ScoreBand(at_least=100, points=110)),
            ),
        ),
        ScorecardItem(
            name=same("橙塔指数"),
            stated_weight="另行通知",
            unit=Unit.DAYS,
            scoring=Scoring(method=ScoringMethod.DEDUCTION, cap=100, deduction=Deduction(step=2, points=5)),
        ),
    ),
    monitors=(
        Monitor(indicator="nps", name=CATALOGUE.indicators["nps"].name, reason=Text(zh="看趋势", en="For the trend")),
    ),
    adjustments=(
        Adjustment(name=same("年度表彰"), points=5, trigger=same("获公司级表彰"), evidence=same("表彰文件")),
        Adjustment(name=Text(zh="审批延误", en="Late approval"), points=-3.5),
    ),
    vetoes=(
        Veto(trigger=same("橙色预警"), effect=Text(zh="当期绩效为D", en="rated D"), decides=Party.LEGAL),
        Veto(trigger=same("紫色预警")),
    ),
    leader_target=5_000_000,
    members_target=1_250.5,
)
CARDS = {
    "representative": draft(Brief(role="sales_representative", themes=("market_share",))),
    "director, two priorities": draft(Brief(role="sales_director", themes=("cash", "market_share"))),
    "incentive pay": draft(Brief(role="sales_representative", themes=("market_share",), profile="incentive")),
    "support": draft(Brief(role="sales_support")),
    "with all circumstances": draft(Brief(role="sales_manager", themes=("cash",), context=KNOWN)),
    "full of everything": FULL,
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", CARDS)
def test_a_card_comes_back(name: str, target: str, layout: str) -> None:
    card = CARDS[name]
    assert facts(back(card, target, layout), layout) == facts(card, layout)


@pytest.mark.parametrize("target", ["json", "yaml"])
def test_data_holds_the_card_whole(target: str) -> None:
    assert back(CARDS["representative"], target, "zh") == CARDS["representative"]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("target", FORMS)
@pytest.mark.parametrize("name", AWKWARD)
def test_what_was_read_from_a_persons_form_comes_back(name: str, target: str, layout: str) -> None:
    card = in_sections(one(ADVISOR, AWKWARD[name]).card)
    assert facts(back(card, target, layout), layout) == facts(card, layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("target", FORMS)
def test_a_companys_mandatory_line_stays_its_own(target: str, layout: str) -> None:
    """Its name is close to an indicator's of the catalogue."""
    own = OwnLine(
        name=Text(zh="客户投诉率（集团版）", en="Complaint rate, group edition"),
        definition=Text(zh="按集团口径统计的投诉", en="Complaints as the group counts them"),
        data_source=Text(zh="集团客服系统", en="The group's service desk"),
        dimension=Dimension.CUSTOMER,
        scoring=ScoringMethod.DEDUCTION,
        raters=(RaterShare(rater=Party.HR),),
    )
    profile = CATALOGUE.profiles["appraisal"].model_copy(update={"mandatory": (Mandatory(own=own, weight=5),)})
    catalogue = CATALOGUE.model_copy(update={"profiles": {**CATALOGUE.profiles, "appraisal": profile}})
    advisor = Advisor(catalogue)
    card = draft(Brief(role="sales_representative"), advisor)
    assert own.name in [item.name for item in card.items]
    assert facts(back(card, target, layout, advisor), layout) == facts(card, layout)


@pytest.mark.parametrize("target", FORMS)
def test_a_definition_that_a_company_changed_comes_back_as_changed(target: str) -> None:
    card = CARDS["representative"]
    item = next(item for item in card.items if item.parameters)
    first, *rest = item.parameters
    changed = (first.model_copy(update={"default": same("按公司2026年规定")}), *rest)
    items = tuple(one.model_copy(update={"parameters": changed}) if one is item else one for one in card.items)
    read = back(card.model_copy(update={"items": items}), target, "zh")
    assert next(one for one in read.items if one.indicator == item.indicator).parameters == changed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_our_own_form_is_read_without_a_word_of_doubt(layout: str) -> None:
    data = export(CARDS["representative"], CATALOGUE, "xlsx", layout)
    assert one(ADVISOR, Source("card.xlsx", data)).notes == ()


def optional(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from((None, *values))


CONTEXTS = st.builds(
    Context,
    motion=optional(*Motion),
    business_model=optional(*BusinessModel),
    cycle_months=optional(0, 3, 12, 60),
    stage=optional(*CATALOGUE.stages),
    on_credit=optional(True, False),
    tenure=optional(*Tenure),
    own_quota=optional(10, 20),
    commission=optional(True, False),
)
BRIEFS = st.builds(
    Brief,
    role=st.sampled_from(list(CATALOGUE.roles)),
    themes=st.lists(st.sampled_from(list(CATALOGUE.themes)), max_size=3, unique=True).map(tuple),
    profile=st.sampled_from(list(CATALOGUE.profiles)),
    context=CONTEXTS,
)


@settings(max_examples=40, deadline=None)
@given(BRIEFS, st.sampled_from(FORMS), st.sampled_from(LAYOUTS))
def test_any_draft_comes_back(brief: Brief, target: str, layout: str) -> None:
    card = draft(brief)
    assert facts(back(card, target, layout), layout) == facts(card, layout)


SIGNS = '=+-@/()（）【】“”"|*_#&<>%.,;:：、；·~`\\^$!?0123456789 '


def names(letters: str) -> st.SearchStrategy[str]:
    """Return names as people might write them: blanks only single and inside, as every cell shows them."""
    words = st.text(alphabet=letters + SIGNS, min_size=1, max_size=16).map(lambda text: " ".join(text.split()))
    return words.filter(lambda text: bool(text) and clean(text) == text)


WEIGHTS = st.none() | st.integers(0, 100) | st.integers(0, 1000).map(lambda tenths: tenths / 10)
OWN_LINES = st.tuples(
    names("青蓝橙紫鹿鹤云岭溪岸桥塔灯笛鼓琴竹梅兰菊") | names("abcdefgXYZ"),
    WEIGHTS,
    st.sampled_from((None, *Dimension)),
    st.sampled_from(Kind),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(OWN_LINES, min_size=1, max_size=6), st.sampled_from(TARGETS), st.sampled_from(LAYOUTS))
def test_a_companys_own_lines_come_back_with_their_names_and_weights(
    lines: list[Any], target: str, layout: str
) -> None:
    items = [ScorecardItem(name=same(name), weight=weight, dimension=at, kind=kind) for name, weight, at, kind in lines]
    card = in_sections(Scorecard(items=tuple(items)))
    read = back(card, target, layout)
    assert [(one.name, one.weight, one.kind) for one in read.items] == [
        (one.name, one.weight, one.kind) for one in card.items
    ]
