"""Short answers to a question that waits: by number, by name, in a word."""

import pytest

from assistant.actions import Draft, Revise
from assistant.advisor import Advisor
from assistant.conversation import Choice, Pending
from assistant.language.offline.replying import completed
from assistant.language.offline.talk import Talk

POSITION = Pending(
    action=Draft(themes=("cash",)),
    about="role",
    words="销售经理",
    choices=(Choice(id="sales_manager", label="区域销售经理"), Choice(id="sales_representative", label="销售代表")),
)
DIRECTION = Pending(
    action=Revise(direction="open"),
    about="direction",
    choices=tuple(Choice(id=id, label=id) for id in ("cash_safe", "stretch", "balanced")),
)
POSITIONS = {
    "1": "sales_manager",
    "第二个": "sales_representative",
    "last": "sales_representative",
    "the first one": "sales_manager",
    "销售代表": "sales_representative",
    "带团队的": "sales_manager",
    "不带团队": "sales_representative",
    "9": None,
    "第三个吧": None,
    "nothing like that": None,
    "为什么问这个问题呢，我只是想看看你们支持哪些岗位和哪些指标啊对不对嘛好吧": None,
}
DIRECTIONS = {
    "2": "stretch",
    "collections": "cash_safe",
    "fewer changes": "balanced",
    "targets and collections": None,
    "no idea": None,
}


@pytest.mark.parametrize("answer", POSITIONS)
def test_a_position_is_chosen(answer: str, advisor: Advisor) -> None:
    action = completed(POSITION, answer, advisor.reader, Talk(advisor.catalogue))
    assert getattr(action, "role", None) == POSITIONS[answer]
    assert action is None or (isinstance(action, Draft) and action.themes == ("cash",))


@pytest.mark.parametrize("answer", DIRECTIONS)
def test_a_direction_is_chosen(answer: str, advisor: Advisor) -> None:
    action = completed(DIRECTION, answer, advisor.reader, Talk(advisor.catalogue))
    assert getattr(action, "direction", None) == DIRECTIONS[answer]
