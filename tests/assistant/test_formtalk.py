"""A conversation over a card that people paste: checked, repaired, questioned, taken away, and drafted anew."""

import pytest

from assistant.advisor import Advisor
from assistant.conversation import Conversation, Reply
from tests.talking import replied as turn

ZH = "检查这张销售代表的表：\n销售额 40%\n回款率 20%\n拜访次数 30%\n服务态度 20%"
EN = "Please check this for an account executive:\nRevenue 50%\nCollection rate 20%\nCalls made 20%\nNPS 10%"
TABLE = "帮我看看\n| 指标 | 权重 | 数据来源 |\n|---|---|---|\n| 销售额 | 60% | 财务 |\n| 回款率 | 40% | 财务 |"
TABS = "指标\t权重\n销售额\t60\n回款率\t40"
SENTENCE = "检查一下：销售额40%、回款率20%、新客户20%，满意度20%"


def talk(advisor: Advisor, *messages: str) -> tuple[Conversation, list[Reply]]:
    conversation, replies = Conversation(), []
    for message in messages:
        conversation, reply = turn(conversation, message, advisor)
        replies.append(reply)
    return conversation, replies


@pytest.mark.parametrize(
    ("message", "weights"),
    [
        pytest.param(ZH, {"销售额": 40, "回款率": 20, "拜访次数": 30, "服务态度": 20}, id="zh lines"),
        pytest.param(EN, {"Revenue": 50, "Collection rate": 20, "Calls made": 20, "NPS": 10}, id="en lines"),
        pytest.param(TABLE, {"销售额": 60, "回款率": 40}, id="markdown table"),
        pytest.param(TABS, {"销售额": 60, "回款率": 40}, id="copied from a spreadsheet"),
        pytest.param(SENTENCE, {"销售额": 40, "回款率": 20, "新客户": 20, "满意度": 20}, id="sentence"),
        pytest.param(
            "销售额 50%\n回款率 30%\nNPS 20%", {"销售额": 50, "回款率": 30, "NPS": 20}, id="a list without a word"
        ),
    ],
)
def test_a_pasted_card_is_read_and_checked(advisor: Advisor, message: str, weights: dict[str, int]) -> None:
    conversation, (reply,) = talk(advisor, message)
    assert reply.kind == "checked"
    assert reply.checked is not None
    assert conversation.form is not None
    assert {item.name.zh: item.weight for item in conversation.form.card.items} == weights


@pytest.mark.parametrize(("message", "role"), [(ZH, "sales_representative"), (EN, "sales_representative")])
def test_the_words_around_a_card_say_its_position(advisor: Advisor, message: str, role: str) -> None:
    conversation, _ = talk(advisor, message)
    assert conversation.form is not None
    assert conversation.form.card.role == role


def test_the_words_around_a_card_say_its_strategy(advisor: Advisor) -> None:
    conversation, _ = talk(advisor, "检查销售代表的表，今年战略是提升市场占有率：\n销售额 60%\n回款率 40%")
    assert conversation.form is not None
    assert conversation.form.card.themes == ("market_share",)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("修一下", "repaired"),
        ("fix it", "repaired"),
        ("别人会怎么钻空子？", "gamed"),
        ("how could someone game this?", "gamed"),
        ("数据从哪来", "readiness"),
        ("what data do we need?", "readiness"),
        ("战略是提升市场占有率，哪些保留？", "reviewed"),
        ("our strategy is to win market share: what to keep?", "reviewed"),
        ("试算：销售额=92%，回款率=95%", "scored"),
        ("dry run: 销售额=92%", "scored"),
        ("如果销售额完成92%、回款率达到95%能得多少分", "scored"),
        ("导出 excel", "export"),
        ("export it as Word", "export"),
        ("再检查一次", "checked"),
    ],
)
def test_what_can_be_asked_of_a_pasted_card(advisor: Advisor, message: str, kind: str) -> None:
    _, replies = talk(advisor, ZH, message)
    assert replies[-1].kind == kind, replies[-1].said


@pytest.mark.parametrize("message", ["修一下", "怎么钻空子", "数据从哪来", "导出 excel", "check this", "检查"])
def test_the_same_can_be_asked_of_a_draft(advisor: Advisor, message: str) -> None:
    conversation, replies = talk(advisor, "销售代表，提升市场占有率", message)
    assert replies[-1].kind != "text", replies[-1].said
    assert conversation.current is not None


def test_a_repair_is_kept(advisor: Advisor) -> None:
    conversation, replies = talk(advisor, ZH, "修一下", "检查")
    assert conversation.form is not None
    assert sum(item.points for item in conversation.form.card.items) == 100
    assert replies[-1].checked is not None
    assert replies[-1].checked.sound


def test_a_strict_repair_removes_warnings_too(advisor: Advisor) -> None:
    _, replies = talk(advisor, ZH, "修一下，警告也消除")
    assert replies[-1].repaired is not None
    assert len(replies[-1].repaired.changes) > 3


@pytest.mark.parametrize(
    ("message", "words"), [("检查", "粘贴"), ("check this", "paste"), ("修一下", "粘贴"), ("导出 excel", "粘贴")]
)
def test_without_a_card_it_says_how_to_bring_one(advisor: Advisor, message: str, words: str) -> None:
    _, (reply,) = talk(advisor, message)
    assert reply.kind == "text"
    assert words in reply.said[0]


def test_a_new_draft_takes_the_place_of_the_form(advisor: Advisor) -> None:
    conversation, replies = talk(advisor, ZH, "给销售助理做一张表")
    assert replies[-1].kind == "card"
    assert conversation.form is None


def test_wishes_in_one_line_are_no_card(advisor: Advisor) -> None:
    _, (reply,) = talk(advisor, "销售代表，提升市场占有率，回款率25%，新客户30%")
    assert reply.kind == "card"


def test_unknown_actuals_name_the_lines(advisor: Advisor) -> None:
    _, replies = talk(advisor, ZH, "试算：利润=3")
    assert any("拜访次数" in said for said in replies[-1].said)


def test_the_export_says_which_format_and_language(advisor: Advisor) -> None:
    _, replies = talk(advisor, ZH, "导出成双语的word")
    assert (replies[-1].target, replies[-1].form_language) == ("docx", "both")


NO_ROLE = "检查：\n销售额 50%\n回款率 20%\n新客户 20%\n工作态度 10%"


@pytest.mark.parametrize(
    ("message", "name", "weight"),
    [
        ("把工作态度改成5%", "工作态度", 5),
        ("回款率调到30", "回款率", 30),
        ("make 销售额 40%", "销售额", 40),
        ("销售额的权重降到40%", "销售额", 40),
    ],
)
def test_a_line_of_a_form_gets_another_weight(advisor: Advisor, message: str, name: str, weight: int) -> None:
    conversation, replies = talk(advisor, NO_ROLE, message)
    assert replies[-1].kind == "repaired", replies[-1].said
    assert conversation.form is not None
    weights = {item.name.zh: item.weight for item in conversation.form.card.items}
    assert weights[name] == weight
    assert sum(weights.values()) == 100


def test_a_line_of_a_form_is_taken_off_and_put_back(advisor: Advisor) -> None:
    conversation, _ = talk(advisor, NO_ROLE, "去掉工作态度")
    assert conversation.form is not None
    assert "工作态度" not in {item.name.zh for item in conversation.form.card.items}
    conversation, replies = talk(advisor, NO_ROLE, "去掉工作态度", "撤销")
    assert conversation.form is not None
    assert "工作态度" in {item.name.zh for item in conversation.form.card.items}
    assert replies[-1].kind == "checked"


def test_an_unknown_line_is_answered_with_those_there_are(advisor: Advisor) -> None:
    conversation, replies = talk(advisor, NO_ROLE, "把市场份额改成20%")
    assert "回款率" in replies[-1].said[0]
    assert conversation.form is not None
    assert len(conversation.form.card.items) == 4


def test_the_position_can_be_told_afterwards(advisor: Advisor) -> None:
    conversation, replies = talk(advisor, NO_ROLE, "这是销售代表的表")
    assert replies[-1].checked is not None
    assert replies[-1].checked.skipped == ()
    assert conversation.form is not None
    assert conversation.form.card.role == "sales_representative"


def test_a_check_can_be_told_another_rule_set(advisor: Advisor) -> None:
    conversation, _ = talk(advisor, NO_ROLE, "按激励方案再检查一次")
    assert conversation.form is not None
    assert conversation.form.card.profile == "incentive"


@pytest.mark.parametrize("message", ["试算 销售额=92%, 新客户=3/4", "score it: 销售额=90%, 回款率=95%"])
def test_a_dry_run_is_no_new_card(advisor: Advisor, message: str) -> None:
    conversation, replies = talk(advisor, NO_ROLE, message)
    assert replies[-1].kind == "scored", replies[-1].said
    assert conversation.form is not None
    assert len(conversation.form.card.items) == 4


def test_a_repair_with_nothing_to_do_offers_the_strict_one(advisor: Advisor) -> None:
    _, replies = talk(advisor, NO_ROLE, "修一下", "彻底修")
    assert "彻底修" in replies[1].said[0]
    assert replies[2].repaired is not None
    assert replies[2].repaired.changes


def test_a_review_takes_the_position_of_the_form(advisor: Advisor) -> None:
    _, replies = talk(advisor, ZH, "按今年的战略“提升市场占有率”评审一下")
    assert replies[-1].review is not None
    assert replies[-1].review.role == "sales_representative"
