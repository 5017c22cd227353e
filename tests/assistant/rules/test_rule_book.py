"""The rule book as a whole, and what holds of every check."""

import re
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.advisor import Advisor
from assistant.errors import UnknownName
from assistant.models import (
    Adjustment,
    Context,
    Ignored,
    Interim,
    Monitor,
    Scorecard,
    ScorecardItem,
    Scoring,
    Tiers,
    Veto,
)
from assistant.requests import Request
from assistant.rules import RULES, check
from knowledge import shipped
from knowledge.models import Catalogue, Language, RaterShare, Text
from knowledge.terms import (
    Basis,
    BusinessModel,
    Dimension,
    Kind,
    Level,
    Nature,
    Party,
    Period,
    Polarity,
    ScoringMethod,
    Severity,
    Tenure,
    Unit,
)

FAMILIES = "WCRSDGKT"
CODES = [rule.code for rule in RULES]
VARIABLE = re.compile(r"\$\{?([a-z_]+)")


def own(name: str, weight: float | None = 10) -> ScorecardItem:
    return ScorecardItem(name=Text(zh=name, en=name), weight=weight)


def bare(**fields: object) -> Scorecard:
    """A card with flaws of all severities."""
    return Scorecard.model_validate({"items": (own("罚款"), own("拜访次数"), own("拜访率", 7))} | fields)


def codes(card: Scorecard, catalogue: Catalogue) -> set[str]:
    return {finding.code for finding in check(card, catalogue, "en")}


def test_codes_are_unique_and_in_the_order_of_the_families() -> None:
    assert len(set(CODES)) == len(CODES)
    assert sorted(CODES, key=lambda code: (FAMILIES.index(code[0]), code)) == CODES


def test_families_are_numbered_without_gaps() -> None:
    for family, found in groupby(CODES, key=lambda code: code[0]):
        numbers = [int(code[1:]) for code in found]
        assert numbers == list(range(1, len(numbers) + 1)), family


def test_there_are_at_least_forty_rules_in_all_eight_families() -> None:
    assert len(CODES) >= 40
    assert {code[0] for code in CODES} == set(FAMILIES)


def test_every_rule_has_its_text_and_every_text_its_rule(catalogue: Catalogue) -> None:
    assert list(catalogue.rules) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_message_has_the_same_variables_in_both_languages(code: str, catalogue: Catalogue) -> None:
    message = catalogue.rules[code].message
    assert set(VARIABLE.findall(message.zh)) == set(VARIABLE.findall(message.en))


@pytest.mark.parametrize("code", CODES)
def test_titles_and_reasons_have_no_variables(code: str, catalogue: Catalogue) -> None:
    rule = catalogue.rules[code]
    assert "$" not in f"{rule.title.zh}{rule.title.en}{rule.reason.zh}{rule.reason.en}"


def test_ignoring_needs_a_reason() -> None:
    with pytest.raises(ValidationError):
        Ignored(code="C011", reason="")


def test_an_ignored_rule_is_not_reported(catalogue: Catalogue) -> None:
    before = codes(bare(), catalogue)
    ignored = bare(ignored=(Ignored(code="C011", reason="agreed with HR"),))
    assert "C011" in before
    assert codes(ignored, catalogue) == before - {"C011"}


def test_without_a_role_its_families_are_skipped(catalogue: Catalogue) -> None:
    assert {code[0] for code in codes(bare(role="sales_representative"), catalogue)} >= {"R", "S"}
    assert not {code[0] for code in codes(bare(), catalogue)} & {"R", "S"}


def test_a_profile_overrides_severities(catalogue: Catalogue) -> None:
    strict = catalogue.profiles["appraisal"].model_copy(update={"severities": {"W006": Severity.ERROR}})
    found = check(bare(), catalogue, "en", strict)
    assert {finding.severity for finding in found if finding.code == "W006"} == {Severity.ERROR}


def test_a_given_profile_stands_for_the_one_that_the_card_names(catalogue: Catalogue) -> None:
    found = check(bare(profile="of_the_company"), catalogue, "en", catalogue.profiles["appraisal"])
    assert found == check(bare(), catalogue, "en")


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("role", "astronaut", "role"),
        ("profile", "apraisal", "profile"),
        ("themes", ("world_peace",), "theme"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_unknown_names_are_refused_in_words(
    field: str, value: object, kind: str, language: Language, catalogue: Catalogue
) -> None:
    with pytest.raises(UnknownName) as refused:
        check(bare(**{field: value}), catalogue, language)
    assert refused.value.kind == kind
    assert "$" not in refused.value.say(language)


def test_findings_come_worst_first(catalogue: Catalogue) -> None:
    found = [finding.severity for finding in check(bare(role="sales_representative"), catalogue, "en")]
    assert set(found) == set(Severity)
    assert found == sorted(found, key=list(Severity).index)


@pytest.mark.parametrize("profile", list(shipped.load().profiles))
@pytest.mark.parametrize("role", list(shipped.load().roles))
def test_a_draft_of_ours_has_neither_errors_nor_warnings(role: str, profile: str, advisor: Advisor) -> None:
    found = advisor.suggest(Request(role=role, profile=profile, language="en")).findings
    assert [finding for finding in found if finding.severity is not Severity.ADVICE] == []


def maybe(values: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | values


KNOWN = shipped.load()
numbers = st.floats() | st.integers(-(10**18), 10**18)
names = st.sampled_from(["", "$", "月度", "MTD", "罚款", "${x}", "本月/全年", "\x00"]) | st.text(max_size=12)
texts = names.map(lambda name: Text(zh=f"{name}.", en=f"{name}."))
ids = st.sampled_from([*KNOWN.indicators, "no_such_indicator", "zz"])
formulas = st.sampled_from(["a / b", "a /", "本月回款 / 全年签单额", "/", "÷", "((((", "f(x)", "1", "\x00"]) | names

items = st.builds(
    ScorecardItem,
    indicator=maybe(ids),
    name=texts,
    kind=st.sampled_from(Kind),
    family=names,
    group=maybe(st.sampled_from(["sales", "cash", "new", "no_such_group"])),
    dimension=maybe(st.sampled_from(Dimension)),
    nature=maybe(st.sampled_from(Nature)),
    weight=maybe(numbers),
    definition=maybe(texts),
    formula=maybe(formulas),
    unit=maybe(st.sampled_from(Unit)),
    polarity=maybe(st.sampled_from(Polarity)),
    basis=maybe(st.sampled_from(Basis)),
    level=maybe(st.sampled_from(Level)),
    period=maybe(st.sampled_from(Period)),
    tiers=st.builds(Tiers, threshold=maybe(st.floats()), target=maybe(st.floats()), stretch=maybe(st.floats())),
    target_method=maybe(texts),
    interims=st.lists(st.builds(Interim, period=names, value=st.floats()), max_size=3).map(tuple),
    last_year=maybe(st.floats()),
    uplift=maybe(st.floats()),
    scoring=maybe(
        st.builds(
            Scoring,
            method=st.sampled_from(ScoringMethod),
            cap=maybe(st.integers(0, 10**18)),
            threshold=maybe(st.integers(0, 100)),
            points=maybe(st.floats()),
        )
    ),
    data_source=maybe(texts),
    provider=maybe(st.sampled_from(Party)),
    raters=st.lists(st.builds(RaterShare, rater=st.sampled_from(Party), share=st.integers(0, 100)), max_size=2).map(
        tuple
    ),
    subjective=st.booleans(),
    vanity=st.booleans(),
)

contexts = st.builds(
    Context,
    business_model=maybe(st.sampled_from(BusinessModel)),
    cycle_months=maybe(st.integers(0, 60)),
    stage=maybe(st.sampled_from(["launch", "no_such_stage"])),
    on_credit=maybe(st.booleans()),
    tenure=maybe(st.sampled_from(Tenure)),
    own_quota=maybe(st.integers(0, 100)),
    commission=maybe(st.booleans()),
)

cards = st.builds(
    Scorecard,
    role=maybe(st.sampled_from(list(KNOWN.roles))),
    profile=st.sampled_from(list(KNOWN.profiles)),
    themes=st.lists(st.sampled_from(list(KNOWN.themes)), max_size=5).map(tuple),
    context=contexts,
    items=st.lists(items, max_size=8).map(tuple),
    monitors=st.lists(st.builds(Monitor, indicator=ids, name=texts, reason=texts), max_size=2).map(tuple),
    adjustments=st.lists(
        st.builds(
            Adjustment,
            name=texts,
            indicator=maybe(ids),
            points=st.floats(),
            trigger=maybe(texts),
            evidence=maybe(texts),
        ),
        max_size=3,
    ).map(tuple),
    vetoes=st.lists(
        st.builds(Veto, trigger=maybe(texts), indicator=maybe(ids), protects=st.lists(ids, max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
    leader_target=maybe(st.floats()),
    members_target=maybe(st.floats()),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(card=cards)
def test_no_card_is_too_odd_to_check(card: Scorecard) -> None:
    for language in ("zh", "en"):
        for finding in check(card, KNOWN, language):
            assert finding.code in CODES
            assert finding.message
            assert finding.place
