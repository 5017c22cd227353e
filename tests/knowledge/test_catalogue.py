"""The catalogue that ships: complete, consistent, in both languages, and no older than its sources."""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from knowledge import build, documents, formula, guides, loader, terms
from knowledge.models import Catalogue, GroupWeight, Language, Phrases, Role, Text

ROLES = {
    "channel_manager",
    "channel_specialist",
    "customer_success",
    "key_account_manager",
    "presales_engineer",
    "sales_director",
    "sales_manager",
    "sales_operations",
    "sales_representative",
    "sales_support",
    "sdr",
    "technical_sales_engineer",
}
# What Chinese speakers write in Latin letters.
ACRONYMS = re.compile(
    "AE|AM|ARPA|ARPU|ARR|ATV|BDR?|B2B|CAC|CPQ|CRM|CSAT|CSM|CVR|DSO|FAE|FCR|FYP|GM|GMV|GRR|KAM?|KPI|LTV|MQL|MRR|NDR|NPS|NRR|"
    "OSA|OTD|OTIF|POC|QBR|ROAS|ROI|SA|SAL|SaaS|SAO|SDR|SE|SKU|SLA|SQL|UPT|VIP|coverage|focus|pipeline"
)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Chinese characters and the punctuation that goes with them.
NOT_ENGLISH = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
SOURCES = sorted(loader.SOURCES.rglob("*.yaml"))
VOCABULARIES = [
    value for value in vars(terms).values() if isinstance(value, type) and issubclass(value, StrEnum) and list(value)
]


def walk(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Return everything inside a model with the place where it stands."""
    yield place, value
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, tuple | list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, f"{place}.{key}")


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@pytest.fixture(scope="module")
def texts(catalogue: Catalogue) -> list[tuple[str, Text]]:
    return [(place, value) for place, value in walk(catalogue) if isinstance(value, Text)]


@pytest.fixture(scope="module")
def phrases(catalogue: Catalogue) -> list[tuple[str, Phrases]]:
    return [(place, value) for place, value in walk(catalogue) if isinstance(value, Phrases)]


def test_generated_files_are_up_to_date() -> None:
    sources = loader.read_sources()
    outputs = build.outputs(sources, guides.read_guidance(sources))
    assert build.stale(outputs) == [], "run python -m knowledge.build"


def test_the_shipped_catalogue_is_what_the_sources_say(catalogue: Catalogue) -> None:
    assert catalogue == loader.read_sources()


def test_it_is_as_large_as_promised(catalogue: Catalogue) -> None:
    assert len(catalogue.indicators) >= 110
    assert len(catalogue.themes) >= 20
    assert set(catalogue.roles) == ROLES
    assert set(catalogue.profiles) == {"appraisal", "incentive"}
    assert len(catalogue.rules) >= 40
    assert {code[0] for code in catalogue.rules} == set("WCRSDGKT")


def test_every_formula_uses_exactly_its_variables(catalogue: Catalogue) -> None:
    used = {one.id: formula.names(one.formula) for one in catalogue.indicators.values()}
    assert used == {one.id: set(one.variables) for one in catalogue.indicators.values()}


def test_what_can_be_gamed_names_what_keeps_it_honest(catalogue: Catalogue) -> None:
    gamed = [one for one in catalogue.indicators.values() if one.gaming]
    assert gamed
    for one in gamed:
        assert one.gaming
        assert one.gaming.guards or one.gaming.counts_when, one.id
        assert one.id not in one.gaming.guards
        assert set(one.gaming.guards) <= set(catalogue.indicators)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_core_duty_can_be_measured(catalogue: Catalogue, role: str) -> None:
    groups = {group.id: group for group in catalogue.roles[role].groups}
    for duty in catalogue.roles[role].duties:
        fillers = [item.indicator for id in duty.groups for item in groups[id].items]
        assert [id for id in fillers if not catalogue.indicators[id].vanity] or not duty.core, duty.id


def weightings(role: Role) -> Iterator[tuple[str, list[GroupWeight]]]:
    """Return the role's weights by group: the defaults, and those of each motion."""
    usual = {one.id: GroupWeight(weight=one.weight, low=one.low, high=one.high) for one in role.groups}
    yield "default", list(usual.values())
    for motion, weights in role.motions.items():
        yield motion.value, list((usual | weights).values())


@pytest.mark.parametrize("role", sorted(ROLES))
def test_group_weights_add_up_and_their_ranges_leave_room(catalogue: Catalogue, role: str) -> None:
    for name, groups in weightings(catalogue.roles[role]):
        assert sum(group.weight for group in groups) == 100, name
        assert sum(group.low for group in groups) <= 100 <= sum(group.high for group in groups), name
        step = catalogue.profiles["appraisal"].step
        assert all(group.weight % step == group.low % step == group.high % step == 0 for group in groups), name


def test_opposition_is_mutual(catalogue: Catalogue) -> None:
    pairs = {(one.id, other) for one in catalogue.themes.values() for other in one.opposes}
    assert pairs
    assert pairs == {(other, one) for one, other in pairs}


def test_every_priority_leads_somewhere(catalogue: Catalogue) -> None:
    assert [one.id for one in catalogue.themes.values() if not one.leads or not one.cues.zh or not one.cues.en] == []


def test_english_texts_hold_no_chinese(texts: list[tuple[str, Text]], phrases: list[tuple[str, Phrases]]) -> None:
    assert [place for place, text in texts if NOT_ENGLISH.search(text.en)] == []
    assert [word for _, words in phrases for word in words.en if NOT_ENGLISH.search(word)] == []


def test_chinese_texts_are_chinese(texts: list[tuple[str, Text]], phrases: list[tuple[str, Phrases]]) -> None:
    assert [place for place, text in texts if not CHINESE.search(text.zh) and not ACRONYMS.fullmatch(text.zh)] == []
    assert [
        word for _, words in phrases for word in words.zh if not CHINESE.search(word) and not ACRONYMS.fullmatch(word)
    ] == []


def test_both_languages_of_a_rule_speak_of_the_same_things(catalogue: Catalogue) -> None:
    variable = re.compile(r"\$\{?(\w+)")
    for rule in catalogue.rules.values():
        parts = [rule.title, rule.message, rule.reason, *([rule.fix] if rule.fix else [])]
        chinese, english = (
            {*variable.findall(" ".join(text.say(language) for text in parts))} for language in LANGUAGES
        )
        assert chinese == english, rule.code


@pytest.mark.parametrize("path", SOURCES, ids=[path.relative_to(loader.SOURCES).as_posix() for path in SOURCES])
def test_each_file_links_its_schema(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    link = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert link
    schema = (path.parent / link[1]).resolve()
    parts = path.relative_to(loader.SOURCES).parts
    assert schema.stem == Path(parts[0]).stem
    assert json.loads(schema.read_text(encoding="utf-8"))["type"] in {"array", "object"}


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=[one.__name__ for one in VOCABULARIES])
def test_every_term_has_a_word_in_both_languages(catalogue: Catalogue, vocabulary: type[StrEnum]) -> None:
    assert set(catalogue.terms[snake(vocabulary.__name__)]) == {one.value for one in vocabulary}


def test_every_vocabulary_is_still_one(catalogue: Catalogue) -> None:
    assert set(catalogue.terms) == {snake(one.__name__) for one in VOCABULARIES}


def test_no_source_repeats_a_key() -> None:
    assert [documents.read(path, path.name).file for path in SOURCES] == [path.name for path in SOURCES]
