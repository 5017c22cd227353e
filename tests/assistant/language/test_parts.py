"""Messages that hold several requests are taken apart, and those that only look so are not."""

import pytest

from assistant.advisor import Advisor
from assistant.language.offline.parts import parted
from assistant.language.offline.talk import Talk

BESIDE_A_CARD = {
    "去掉客户拜访量，然后导出Excel": ["去掉客户拜访量", "导出Excel"],
    "drop visits, then export it to Excel": ["drop visits", "export it to Excel"],
    "drop visits, undo that": ["drop visits", "undo that"],
    "把回款率提到25，检查一下": ["把回款率提到25", "检查一下"],
    "check it and repair it": ["check it", "repair it"],
    "drop visits and add NPS": ["drop visits and add NPS"],
    "export to Word, thanks": ["export to Word, thanks"],
    "检查一下，岗位是销售代表": ["检查一下，岗位是销售代表"],
    "score it with revenue 90%, NPS 80%": ["score it with revenue 90%, NPS 80%"],
}
WITHOUT_ONE = {
    "check it and repair it": ["check it", "repair it"],
    "drop visits, then export it to Excel": ["drop visits, then export it to Excel"],
    "把回款率提到25，检查一下": ["把回款率提到25，检查一下"],
}


@pytest.mark.parametrize("message", BESIDE_A_CARD)
def test_requests_beside_a_card(message: str, advisor: Advisor) -> None:
    assert parted(message, advisor.reader, Talk(advisor.catalogue), shown=True) == BESIDE_A_CARD[message]


@pytest.mark.parametrize("message", WITHOUT_ONE)
def test_requests_without_a_card(message: str, advisor: Advisor) -> None:
    assert parted(message, advisor.reader, Talk(advisor.catalogue), shown=False) == WITHOUT_ONE[message]
