"""Answers are sentences that stand in what is cited, in the reader's language, or none."""

import pytest

from assistant.advisor import Advisor
from assistant.citation import Answer
from assistant.retrieval.guidance import of_page
from assistant.retrieval.prose import prose
from knowledge.models import Language

# A question, the page that answers it, and words that its answer holds.
ASKED: tuple[tuple[Language, str, str, str], ...] = (
    ("zh", "回款率和回款完成率有什么区别？", "collection-kpis", "到期应收"),
    ("zh", "一张考核表放几个指标合适", "number-of-items", "5到8项"),
    ("en", "What is a sensible number of KPIs for a scorecard?", "number-of-items", "5 to 8"),
    ("en", "how should a new hire's quota ramp up", "ramp-and-probation", "100%"),
    ("zh", "能不能把产假期间的业绩算进扣分", "fairness", "产假"),
)


@pytest.mark.parametrize(("language", "question", "page", "words"), ASKED, ids=[one[1] for one in ASKED])
def test_the_answer_comes_from_the_page_that_has_it(
    advisor: Advisor, language: Language, question: str, page: str, words: str
) -> None:
    answer = advisor.ask(question, language)
    assert page in {one.source for one in answer.citations}
    assert words in " ".join(one.text for one in answer.statements)
    assert_quoted(answer, advisor)


def test_a_question_in_one_language_is_answered_in_the_readers(advisor: Advisor) -> None:
    answer = advisor.ask("how many KPIs belong on one card?", "zh")
    assert answer.covered and all(any("\u4e00" <= sign <= "\u9fff" for sign in one.text) for one in answer.statements)
    assert_quoted(answer, advisor)


@pytest.mark.parametrize("question", ["年假没休完能折现吗？", "how do I reset my CRM password", "红烧肉怎么做"])
def test_what_is_not_covered_is_not_answered(advisor: Advisor, question: str) -> None:
    answer = advisor.ask(question, "en")
    assert not answer.covered and answer.citations == ()


def test_the_same_question_gets_the_same_answer(advisor: Advisor) -> None:
    assert advisor.ask("权重怎么定", "zh") == advisor.ask("权重怎么定", "zh")


def assert_quoted(answer: Answer, advisor: Advisor) -> None:
    """Every sentence stands, word for word, in the section of the citation whose number it carries."""
    assert sorted({number for one in answer.statements for number in one.cites}) == [
        *range(1, len(answer.citations) + 1)
    ]
    for one in answer.statements:
        cited = answer.citations[one.cites[0] - 1]
        page = of_page(advisor.library.guidance.topics[cited.source], answer.language)
        section = cited.section.say(answer.language) if cited.section else ""
        assert one.text in [said for chunk in page if chunk.section == section for said in prose(chunk.text)]
