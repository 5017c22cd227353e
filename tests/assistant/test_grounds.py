"""What every line of a card rests on is quoted from the guidance that ships."""

import pytest

from assistant import grounds
from assistant.advisor import Advisor
from assistant.citation import Citation
from assistant.models import Brief
from assistant.requests import Understanding
from assistant.retrieval.grounds import quoted
from knowledge import shipped
from knowledge.models import Catalogue, Text

GROUNDS, GUIDANCE = grounds.load(), shipped.guidance()
CITED = {
    f"{kind} {id}": one
    for kind, found in (("indicator", GROUNDS.indicators), ("theme", GROUNDS.themes), ("role", GROUNDS.roles))
    for id, one in found.items()
}


@pytest.mark.parametrize("cited", CITED.values(), ids=CITED)
def test_a_citation_says_what_its_page_says(cited: Citation) -> None:
    assert quoted(cited, GUIDANCE)


def test_everything_that_can_stand_on_a_card_rests_on_something(catalogue: Catalogue) -> None:
    assert GROUNDS.indicators.keys() == catalogue.indicators.keys()
    assert GROUNDS.themes.keys() == catalogue.themes.keys()
    assert GROUNDS.roles.keys() == catalogue.roles.keys()


def test_a_citation_that_its_page_does_not_hold_is_noticed() -> None:
    one = next(iter(GROUNDS.indicators.values()))
    assert not quoted(one.model_copy(update={"excerpt": Text(zh="没有这句话。", en="Nobody wrote this.")}), GUIDANCE)
    assert not quoted(one.model_copy(update={"source": "no-such-page"}), GUIDANCE)


def test_a_page_that_names_an_indicator_is_what_its_line_rests_on() -> None:
    named = {id for topic in GUIDANCE.topics.values() for id in topic.facts.indicators}
    for id in named:
        assert id in GUIDANCE.topics[GROUNDS.indicators[id].source].facts.indicators


@pytest.mark.parametrize("role", sorted(shipped.load().roles))
def test_every_drafted_line_carries_citations(advisor: Advisor, role: str) -> None:
    drafted = advisor.draft(Understanding(Brief(role=role, themes=("cash",)), (), (), "en"))
    for item in drafted.scorecard.items:
        assert item.citations and item.citations[0] == GROUNDS.indicators[item.indicator or ""]
        assert all(one.grade is not None and one.origin == "guidance" for one in item.citations)
