"""Messages about a person are told from those about a position, and what is not done here is named."""

import pytest

from assistant.language.offline.people import declined, is_case, names_someone
from assistant.language.offline.talk import Talk
from knowledge.models import Catalogue

SOMEONE = {
    "小王今年只完成60%，考核表怎么调": True,
    "张伟业绩垫底，该怎么办": True,
    "one of my reps keeps missing": True,
    "One of them, Marcus, has been at 55%": True,
    "高端客户占比提高": False,
    "业务员的考核表": False,
    "老板要我们多收钱": False,
    "Revenue is too heavy": False,
    "Half the team was late": False,
    "Monday is the deadline": False,
}
CASES = {
    "小王今年只完成60%，考核表怎么调": True,
    "Anna only hit 60% of quota, how should we adjust her card?": True,
    "one of my reps keeps missing": False,
    "Only 60% of the quota, how should we adjust the card?": False,
    "业务员的考核表": False,
}
DECLINED = {
    "帮我把小王开除": "person",
    "他该打几分": "person",
    "Rank my team for me": "person",
    "what bonus should I pay Tom": "pay",
    "目标值你看着填": "targets",
    "前20%后10%分开": "distribution",
    "写一首诗": "topic",
    "is it legal to dismiss him?": None,
    "collection rate to 25": None,
    "What is a forced ranking?": None,
}


@pytest.mark.parametrize("message", SOMEONE)
def test_a_person_is_told_from_a_position(message: str) -> None:
    assert names_someone(message) is SOMEONE[message]


@pytest.mark.parametrize("message", CASES)
def test_a_case_is_a_person_behind_the_targets_and_a_card(message: str) -> None:
    assert is_case(message) is CASES[message]


@pytest.mark.parametrize("message", DECLINED)
def test_what_is_not_done_here_has_its_reason(message: str, catalogue: Catalogue) -> None:
    hits = Talk(catalogue).hits(message)
    assert declined(message, hits, asking="?" in message) == DECLINED[message]
