"""Messages that lean on what was said before are put in words that stand alone."""

from functools import cache

import pytest

from assistant.advisor import Advisor
from assistant.conversation import Conversation
from assistant.language.offline.referring import Referring
from knowledge import shipped
from knowledge.models import Language
from tests.talking import said

ADVISOR = Advisor(shipped.load())
DRAFTED: dict[Language, str] = {"zh": "销售代表，公司今年要提升市场占有率", "en": "AE, win new logos"}
# What was said on the card before, the message, and what it stands for.
EN = [
    ("", "the second one to 10", "Collection rate to 10"),
    ("", "drop the last line", "drop Effective customer visits"),
    ("", "lower it to 15", "lower it to 15"),
    ("", "line 40 to 10", "line 40 to 10"),
    ("raise collection to 25%", "lower it to 15", "lower Collection rate to 15"),
    ("raise collection to 25%", "too heavy, 15", "too heavy, Collection rate 15"),
    ("raise collection to 25%", "swap win rate for it", "swap win rate for Collection rate"),
    ("raise collection to 25%", "down to 10... no wait, 15", "Collection rate down to 15"),
    ("raise collection to 25%", "what does this position do", "what does this position do"),
]
ZH = [
    ("", "第二项去掉", "销售额增长率去掉"),
    ("", "倒数第一项去掉", "商机转化率去掉"),
    ("", "权重最大的那项降到20", "新客户开发数量降到20"),
    ("", "第九项去掉", "第九项去掉"),
    ("", "它降到15", "它降到15"),
    ("回款率提到25", "它降到15", "回款率降到15"),
    ("回款率提到25", "还是20吧", "回款率 还是20吧"),
    ("回款率提到25", "把新客户开发数量换成它", "把新客户开发数量换成回款率"),
    ("回款率提到25", "这个岗位怎么样", "这个岗位怎么样"),
    ("销售额增长率和回款率分别为什么这么高", "它们降到10", "销售额增长率和回款率各降到10"),
]


@cache
def after(language: Language, before: str) -> Conversation:
    """Return a conversation with a card in hand, and one message about it."""
    conversation = Conversation(language=language)
    for message in filter(None, (DRAFTED[language], before)):
        conversation, _ = said(conversation, message, ADVISOR)
    return conversation


@pytest.mark.parametrize(("before", "message", "meant"), EN)
def test_english_references(before: str, message: str, meant: str) -> None:
    assert Referring(ADVISOR.reader, after("en", before), "en").resolved(message) == meant


@pytest.mark.parametrize(("before", "message", "meant"), ZH)
def test_chinese_references(before: str, message: str, meant: str) -> None:
    assert Referring(ADVISOR.reader, after("zh", before), "zh").resolved(message) == meant


def test_without_a_card_nothing_is_referred_to() -> None:
    assert Referring(ADVISOR.reader, Conversation(language="zh"), "zh").resolved("第二项去掉") == "第二项去掉"
