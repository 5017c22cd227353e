"""The guidance as a whole: both languages, lengths, what it covers, and what it may cite."""

import re
from collections.abc import Iterator

import pytest

from assistant.retrieval.chunks import MOST, size
from knowledge import shipped
from knowledge.guides import read_guidance
from knowledge.models import LANGUAGES, Catalogue, Language
from knowledge.pages import Page, SourceKind
from knowledge.terms import Grade

HAN = re.compile(r"[\u3400-\u9fff]")
NOT_ENGLISH = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
WORD = re.compile(r"[A-Za-z0-9]+(?:[.,'’/%-]*[A-Za-z0-9]+)*")
LENGTHS: dict[Language, tuple[int, int]] = {"zh": (300, 900), "en": (150, 450)}
WITHOUT_A_PAGE = {
    *("contract_compliance", "country_coverage", "hiring_completion", "joint_marketing", "sales_per_head"),
    *("unit_acquisition_cost", "visit_to_deal"),
}
NAMING_NO_SUCH_SOURCE = {"ratchet", "role-sdr"}
"""Their grade is that of studies, or of surveys that the register does not name one by one."""
UNFOUNDED = ("practice", "house")
"""Sources that say that there is none; the grades of the same names need one of them."""
GUIDANCE = shipped.guidance()
TOPICS = list(GUIDANCE.topics.values())


def texts(page: Page) -> Iterator[str]:
    yield page.title
    yield from page.questions
    for section in page.sections:
        yield from (section.heading, section.text)


def length(page: Page, language: Language) -> int:
    said = "\n".join(f"{section.heading}\n{section.text}" for section in page.sections)
    return len(HAN.findall(said)) if language == "zh" else len(WORD.findall(said))


def test_it_ships_as_it_is_written(catalogue: Catalogue) -> None:
    assert read_guidance(catalogue) == shipped.guidance()


def test_there_are_enough_topics() -> None:
    assert len(TOPICS) >= 70


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_neither_too_short_nor_too_long(language: Language) -> None:
    least, most = LENGTHS[language]
    found = {topic.facts.id: length(topic.page(language), language) for topic in TOPICS}
    assert {id: count for id, count in found.items() if not least <= count <= most} == {}


def test_english_pages_hold_no_chinese() -> None:
    found = {
        topic.facts.id: hit.group() for topic in TOPICS for text in texts(topic.en) if (hit := NOT_ENGLISH.search(text))
    }
    assert found == {}


def test_a_section_is_small_enough_to_be_read_at_once_by_the_model() -> None:
    found = {
        (topic.facts.id, language, section.heading): round(size(section.text))
        for topic in TOPICS
        for language in LANGUAGES
        for section in topic.page(language).sections
        if size(section.text) > MOST
    }
    assert found == {}


def test_titles_and_questions_are_each_their_own() -> None:
    for language in LANGUAGES:
        pages = [topic.page(language) for topic in TOPICS]
        titles = [page.title for page in pages]
        assert sorted(title for title in set(titles) if titles.count(title) > 1) == []
        asked = [question for page in pages for question in page.questions]
        assert sorted(one for one in set(asked) if asked.count(one) > 1) == []


def test_every_position_has_a_page(catalogue: Catalogue) -> None:
    assert set(catalogue.roles) - {role for topic in TOPICS for role in topic.facts.roles} == set()


def test_every_indicator_stands_on_a_page_but_for_those_known_to_stand_on_none(catalogue: Catalogue) -> None:
    assert set(catalogue.indicators) - {id for topic in TOPICS for id in topic.facts.indicators} == WITHOUT_A_PAGE


def test_every_priority_and_subject_has_a_page(catalogue: Catalogue) -> None:
    assert set(catalogue.themes) - {theme for topic in TOPICS for theme in topic.facts.themes} == set()
    assert set(GUIDANCE.subjects) - {subject for topic in TOPICS for subject in topic.facts.topics} == set()


def test_no_source_stands_in_the_register_for_nothing() -> None:
    assert set(GUIDANCE.sources) - {source for topic in TOPICS for source in topic.facts.sources} == set()


NEEDED: dict[Grade, set[SourceKind]] = {
    Grade.SOURCE: {"document"},
    Grade.SURVEY: {"survey", "standard", "law", "book"},
    Grade.FORM: {"form"},
    Grade.PRACTICE: {"practice", "article", "book"},
    Grade.LAW: {"law"},
    Grade.HOUSE: {"house"},
}


def test_a_grade_rests_on_a_source_of_its_kind_but_for_pages_known_to_name_none() -> None:
    found = {
        topic.facts.id
        for topic in TOPICS
        if not NEEDED[topic.facts.grade] & {GUIDANCE.sources[id].kind for id in topic.facts.sources}
    }
    assert found == NAMING_NO_SUCH_SOURCE


def test_the_source_document_goes_with_no_grade_of_a_survey() -> None:
    grades = {topic.facts.grade for topic in TOPICS if "source-document" in topic.facts.sources}
    assert grades <= {Grade.SOURCE, Grade.FORM, Grade.PRACTICE, Grade.HOUSE}


def test_what_was_read_says_what_it_says_and_where_it_stands() -> None:
    read = {id: source for id, source in GUIDANCE.sources.items() if source.kind not in UNFOUNDED}
    assert [id for id, source in read.items() if not source.says] == []
    nowhere = [id for id, source in read.items() if source.url is None and source.kind not in {"document", "law"}]
    assert nowhere == ["collected-forms"]


def test_the_source_document_is_cited_for_its_first_two_parts_only() -> None:
    assert "first two parts" in (GUIDANCE.sources["source-document"].says or "")
