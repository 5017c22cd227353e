"""Every role under every priority and every pair, in both profiles: valid, within bounds, moved as far as it should."""

from itertools import combinations

import pytest

from assistant.advisor import Advisor
from assistant.models import Brief
from assistant.recommender.candidates import influences, reachable
from assistant.recommender.card import scorecard
from assistant.recommender.draft import Choice, Recommender
from assistant.recommender.explain import parts
from assistant.rules import check
from knowledge import shipped
from knowledge.models import Catalogue
from knowledge.terms import Severity

CATALOGUE = shipped.load()
PROFILES = ("appraisal", "incentive")
BRIEFS = [(role, profile) for role in CATALOGUE.roles for profile in PROFILES]


def moved(choice: Choice) -> int:
    return sum(max(0, weight - choice.neutral.get(id, 0)) for id, weight in choice.weights.items())


def above_advice(choice: Choice, catalogue: Catalogue) -> set[str]:
    """Return the codes of warnings and errors; a card for opposed priorities says that they are opposed."""
    found = check(scorecard(choice, catalogue), catalogue, "en")
    codes = {one.code for one in found if one.severity is not Severity.ADVICE}
    opposed = any(second in catalogue.themes[first].opposes for first, second in combinations(choice.brief.themes, 2))
    return codes - {"S002"} if opposed else codes


def assert_sound(choice: Choice, catalogue: Catalogue) -> None:
    assert sum(choice.weights.values()) == 100
    assert above_advice(choice, catalogue) == set()
    for id, pieces in parts(choice).items():
        assert sum(piece.tenths for piece in pieces) == 10 * choice.weights[id]


@pytest.mark.parametrize(("role", "profile"), BRIEFS)
def test_single_priorities(role: str, profile: str, advisor: Advisor) -> None:
    recommender, catalogue = advisor.recommender, advisor.catalogue
    for theme in catalogue.themes:
        brief = Brief(role=role, profile=profile, themes=(theme,))
        choice = recommender.choose(brief)
        assert_sound(choice, catalogue)
        if influences(catalogue.themes[theme], reachable(brief, catalogue)):
            assert 10 <= moved(choice) <= 20, (theme, moved(choice))
        else:
            assert choice.weights == choice.neutral, theme


@pytest.mark.parametrize(("role", "profile"), BRIEFS)
def test_pairs_of_priorities(role: str, profile: str, advisor: Advisor) -> None:
    recommender, catalogue = advisor.recommender, advisor.catalogue
    for pair in combinations(catalogue.themes, 2):
        choice = recommender.choose(Brief(role=role, profile=profile, themes=pair))
        assert_sound(choice, catalogue)
        assert moved(choice) <= 30, (pair, moved(choice))


@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_neutral_card_is_the_table_of_typical_weights(role: str, advisor: Advisor) -> None:
    choice = advisor.recommender.choose(Brief(role=role))
    weights = {group.id: 0 for group in advisor.catalogue.roles[role].groups}
    for id, weight in choice.weights.items():
        weights[choice.pool[id].group or ""] += weight
    assert weights == {group.id: group.weight for group in advisor.catalogue.roles[role].groups}


@pytest.mark.parametrize("stage", CATALOGUE.stages)
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_stages_keep_the_rules(role: str, stage: str, advisor: Advisor) -> None:
    brief = Brief.model_validate({"role": role, "context": {"stage": stage}})
    choice = advisor.recommender.choose(brief)
    assert_sound(choice, advisor.catalogue)
    assert moved(choice) <= 20


CONTEXTS = [
    *({"motion": motion} for motion in ("hunter", "farmer", "mixed")),
    *({"business_model": model} for model in ("fmcg", "project", "saas", "export", "retail", "insurance", "property")),
    {"on_credit": False},
    {"commission": True},
    {"cycle_months": 9},
    {"tenure": "ramping"},
]


@pytest.mark.parametrize("context", CONTEXTS, ids=str)
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_contexts_keep_the_rules(role: str, context: dict[str, object], advisor: Advisor) -> None:
    for themes in ((), ("cash",), ("new_customers",), ("margin", "retention")):
        choice = advisor.recommender.choose(Brief.model_validate({"role": role, "themes": themes, "context": context}))
        assert_sound(choice, advisor.catalogue)


SAMPLE = [
    Brief(role="sales_representative", themes=("market_share",)),
    Brief(role="sales_manager", themes=("cash", "team_building")),
    Brief(role="channel_specialist", themes=("channel_health",), profile="incentive"),
    Brief(role="sales_support"),
]


@pytest.mark.parametrize("brief", SAMPLE, ids=lambda brief: brief.role)
def test_same_answer_from_a_new_start_and_a_shuffled_catalogue(brief: Brief, advisor: Advisor) -> None:
    catalogue = advisor.catalogue
    weights = advisor.recommender.choose(brief).weights
    assert Recommender(catalogue).choose(brief).weights == weights
    role = catalogue.roles[brief.role]
    turned = role.model_copy(
        update={
            "groups": tuple(
                group.model_copy(update={"items": tuple(reversed(group.items))}) for group in reversed(role.groups)
            )
        }
    )
    other = catalogue.model_copy(update={"roles": catalogue.roles | {role.id: turned}})
    assert Recommender(other).choose(brief).weights == weights


@pytest.mark.parametrize("stance", CATALOGUE.stances)
@pytest.mark.parametrize("role", CATALOGUE.roles)
def test_alternatives_are_sound(role: str, stance: str, advisor: Advisor) -> None:
    brief = Brief(role=role, themes=("cash",))
    choice = advisor.recommender.choose(brief, advisor.catalogue.stances[stance])
    assert_sound(choice, advisor.catalogue)
