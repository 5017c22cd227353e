"""Sentences of a model held against the facts: good ones pass, each kind of bad one is stopped for its own reason."""

from collections.abc import Iterator

import pytest

from assistant.advisor import Advisor
from assistant.conversation import Conversation
from assistant.language.guards import Facts, Guard, facts, released
from assistant.language.guards.numerals import figures
from assistant.language.guards.release import MOST_SENTENCES
from assistant.language.guards.sentences import split
from assistant.language.narrator import prompt
from tests.talking import said

FENCE = "0123456789ab"
MESSAGE = "rate Tom and John please, and push John Smith out"
TALKS = {
    "zh": ("销售代表，提升市场占有率",),
    "en": ("account executive, we want to win new logos and collect cash faster",),
    "changed": ("销售代表，提升市场占有率", "回款率提高到25%"),
    "checked": ("Check this card:\n- Revenue 50%\n- Collection rate 20%\n- Calls made 20%\n- NPS 10%",),
    "columns": ("销售代表，提升市场占有率", "换个方案"),
    "scored": ("检查一下：销售额40%、回款率20%、新客户20%，满意度20%", "试算：销售额=92%"),
}


@pytest.fixture(scope="module")
def known(advisor: Advisor) -> dict[str, Facts]:
    found = {}
    for name, messages in TALKS.items():
        conversation = Conversation()
        for message in messages:
            conversation, replies = said(conversation, message, advisor)
        found[name] = facts(replies, advisor.catalogue, advisor.reader.indicators)
    return found


def flaw(known: Facts, sentence: str) -> str | None:
    return Guard(known, prompt(known.language), MESSAGE, FENCE).flaw(sentence)


GOOD = [
    ("zh", "这张表以新客户开发数量为重，占25%，因为公司要提升市场份额。"),
    ("zh", "销售额占20%，销售额增长率占15%，两者同属财务业绩，该维度合计55%。"),
    ("zh", "回款率和客户满意度各占10%，前者守住现金，后者照顾老客户。"),
    ("zh", "整张表共7项指标，合计100%。"),
    ("zh", "新客户开发数量权重最高，为25%。"),
    ("zh", "百分之二十五的权重给了新客户开发数量。"),
    ("zh", "接下来需要一个人来确认数据来源。"),
    ("zh", "如果销售额已另有提成，它的权重建议不超过30%。"),
    ("zh", "新客户开发数量占２５％。"),
    ("en", "New-customer sales carries the most weight at 25%, followed by New customers won at 20%."),
    ("en", "Collection attainment and On-time collection rate each carry 5%, raised by Collect cash faster."),
    ("en", "The card has 8 KPIs and adds up to 100%."),
    ("en", "The card adds up to 100%, with New-customer sales as the heaviest KPI."),
    ("en", "20% goes to Sales revenue and 5% to Collection attainment."),
    ("en", "One of the next steps is to agree the targets with sales operations."),
    ("en", "Effective customer visits at 15% covers the daily work, e.g. visits with decision makers."),
    ("en", "Thirty-five percent sits with Financial results."),
    ("changed", "回款率由10%提高到25%，新客户开发数量由25%降到10%。"),
    ("checked", "Revenue at 50% is above the usual limit of 30%."),
    ("checked", "The card has 4 lines, while 5 to 8 is usual."),
    ("columns", "这里并列比较3张表，回款率的权重都一样。"),
    ("scored", "销售额得36.8分，满40分。"),
]
BAD = [
    ("zh", "number", "权重合计可以是140%。"),
    ("zh", "number", "新客户开发数量占２５％，销售额占５０％。"),
    ("zh", "number", "回款率占一半。"),
    ("zh", "number", "只有一百二十个客户。"),
    ("zh", "script", "这张表可以在②个月内用起来，先看销售额。"),
    ("en", "number", "Gross margin carries ninety-five percent."),
    ("en", "number", "Sales revenue has doubled its share of the card."),
    ("en", "number", "Two thirds of the card is Sales revenue."),
    ("zh", "beyond", "权重之和可以超过100%。"),
    ("zh", "pair", "销售额占35%。"),
    ("zh", "pair", "销售额占三成五。"),
    ("zh", "pair", "新客户开发数量占20%，销售额占25%。"),
    ("zh", "pair", "回款率由20%提高到10%。"),
    ("en", "pair", "Sales revenue carries thirty-five percent."),
    ("en", "pair", "New customers won carries 25% and New-customer sales 20%."),
    ("en", "pair", "Customer satisfaction carries 100%."),
    ("en", "pair", "100% is carried by Customer satisfaction."),
    ("changed", "move", "回款率由25%降到10%。"),
    ("zh", "heaviest", "销售额权重最高。"),
    ("en", "heaviest", "Sales revenue is the heaviest KPI."),
    ("en", "indicator", "Churn rate is the main concern of this card."),
    ("zh", "indicator", "流失率是这张表的重点。"),
    ("zh", "other", "这张表也适合大客户经理使用，权重一样。"),
    ("en", "other", "Marketing delivers the figures for Sales revenue."),
    ("zh", "source", "研究表明新客户开发数量很关键。"),
    ("zh", "source", "根据《哈佛商业评论》的研究，新客户最重要。"),
    ("zh", "source", "销售额占20%[3]。"),
    ("en", "source", "According to a study, new customers matter most."),
    ("en", "source", "Read more at www.example.com about Sales revenue."),
    ("en", "source", "The Labour Contract Law asks for this card."),
    ("en", "name", "Gartner recommends New customers won."),
    ("en", "name", "The card suits Acme Holdings and its sales targets."),
    ("en", "name", "Tom should focus on New customers won."),
    ("zh", "number", "销售额的权重是新客户开发数量的两倍。"),
    ("zh", "pair", "把销售额提到30%以上更好。"),
    ("en", "name", "John needs help with the targets of this card."),
    ("zh", "language", "Sales revenue carries 20%."),
    ("en", "language", "销售额占20%。"),
    ("zh", "person", "张三不胜任这个岗位。"),
    ("en", "person", "John is an underperformer."),
    ("en", "person", "He needs a lower target on this card."),
    ("zh", "dismissal", "建议辞退完不成目标的人。"),
    ("en", "dismissal", "Push John out by raising the target."),
    ("zh", "law", "该方案完全合法合规。"),
    ("en", "law", "The card is fully legal in China."),
    ("zh", "promise", "这张表保证销售额增长。"),
    ("changed", "promise", "回款率从10%提高到25%，说明跟进回款取得了显著进展。"),
    ("en", "promise", "New-customer sales (25%) was more successful than expected."),
    ("zh", "optimal", "这是最优的权重分配。"),
    ("en", "optimal", "These weights are optimal."),
    ("zh", "deed", "考核表已经发送给销售负责人。"),
    ("en", "deed", "I have emailed the scorecard to your manager."),
    ("en", "deed", "The card has been approved by the head of sales."),
    ("en", "inside", "Use only what stands between the fact markers."),
    ("en", "inside", f"The marker is {FENCE} for this card."),
    ("zh", "inside", "我的规则是只写给定的事实。"),
    ("en", "markup", "See <b>Sales revenue</b> first."),
    ("en", "markup", '{"kind": "draft"}'),
    ("en", "markup", "| KPI | weight |"),
    ("en", "markup", "collection_rate is on the card."),
    ("en", "markup", "aWdub3JlIHByZXZpb3VzIGluc3RydWN0aW9ucw=="),
    ("zh", "control", "销售额\u200b占20%。"),
    ("en", "control", "\x1b[31mSales revenue\x1b[0m carries 20%."),
    ("en", "script", "Sаles revenue carries 20%."),
    ("en", "script", "𝐒ales revenue carries 20%."),
    ("en", "repeated", MESSAGE),
    ("zh", "unanchored", "今天天气不错，适合出门。"),
    ("en", "unanchored", "I love pizza and football."),
    ("en", "unanchored", "Lbh jbeq erfhygf sbe crbcyr."),
    ("en", "long", "Sales revenue carries 20% " * 20),
]  # fmt: skip


@pytest.mark.parametrize(("talk", "sentence"), GOOD)
def test_what_the_result_says_may_be_said(known: dict[str, Facts], talk: str, sentence: str) -> None:
    assert flaw(known[talk], sentence) is None


@pytest.mark.parametrize(("talk", "reason", "sentence"), BAD)
def test_what_it_does_not_say_may_not(known: dict[str, Facts], talk: str, reason: str, sentence: str) -> None:
    assert flaw(known[talk], sentence) == reason


@pytest.mark.parametrize("talk", TALKS)
def test_every_weight_of_a_card_can_be_said_and_no_other(known: dict[str, Facts], talk: str) -> None:
    one = known[talk]
    for key, weight in one.weights.items():
        name = key.removeprefix("own:")
        if key.startswith("own:"):
            for value in range(1, 100):
                text = f"“{name}”占{value}%。" if one.language == "zh" else f"{name} carries {value}%."
                assert (flaw(one, text) is None) == (value in one.figures[key]), text
            assert weight in one.figures[key]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("占百分之三十五", [35]),
        ("三成五", [35]),
        ("三分之一", [33.3333]),
        ("一半", [50]),
        ("十五六个", [None]),
        ("一个指标，统一口径，第一步，两方面，进一步", []),
        ("只有一个指标", [1]),
        ("one of the first, each one, no one", []),
        ("one hundred and forty percent", [140]),
        ("half of it and a quarter of that", [50, 25]),
        ("each quarter, half-year, every third order", []),
        ("12.5% and 1200", [12.5, 1200]),
        ("十分重要", []),
        ("占十分", [10]),
        ("完成、成本、成长", []),
    ],
)
def test_figures_are_read_however_they_are_written(text: str, values: list[float | None]) -> None:
    assert [one.value for one in figures(text)] == values


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("销售额占20%。回款率占10%！好吗？", ["销售额占20%。", "回款率占10%！", "好吗？"]),
        ("It carries 12.5% today. The rest follows.", ["It carries 12.5% today.", "The rest follows."]),
        ("Visits, e.g. calls, count. Next.", ["Visits, e.g. calls, count.", "Next."]),
        ("- First one.\n- Second one.\n", ["First one.", "Second one."]),
        ("1. 第一句。\n2. 第二句。", ["第一句。", "第二句。"]),
        ("他说：“好。”然后。", ["他说：“好。”", "然后。"]),
        ("No end", ["No end"]),
    ],
)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_pieces_become_sentences(text: str, sentences: list[str], size: int) -> None:
    pieces = [text[place : place + size] for place in range(0, len(text), size)]
    assert list(split(pieces, 300)) == sentences


def test_a_sentence_is_given_as_soon_as_its_end_is_certain() -> None:
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("销售额", "占20%。", "回款率", "占10%。"):
            taken.append(piece)
            yield piece

    assert next(split(pieces(), 300)) == "销售额占20%。"
    assert len(taken) == 3


def test_the_first_bad_sentence_ends_the_prose_and_the_stream(known: dict[str, Facts]) -> None:
    ended: list[bool] = []
    reasons: list[str] = []

    def pieces() -> Iterator[str]:
        try:
            yield from ("销售额占20%。", "回款率占90%。", "客户满意度占10%。", "新客户开发数量占25%。")
        finally:
            ended.append(True)

    guard = Guard(known["zh"])
    assert list(released(pieces(), guard, lambda _, reason: reasons.append(reason))) == ["销售额占20%。"]
    assert (reasons, ended) == (["number"], [True])


def test_a_reader_who_leaves_ends_the_stream(known: dict[str, Facts]) -> None:
    ended: list[bool] = []

    def pieces() -> Iterator[str]:
        try:
            yield from ("销售额占20%。", "回款率占10%。", "客户满意度占10%。")
        finally:
            ended.append(True)

    prose = released(pieces(), Guard(known["zh"]))
    next(prose)
    prose.close()  # type: ignore[attr-defined]
    assert ended == [True]


def test_prose_ends_where_it_repeats_itself_or_goes_on(known: dict[str, Facts]) -> None:
    assert list(released(["销售额占20%。"] * 5, Guard(known["zh"]))) == ["销售额占20%。"]
    many = [
        f"“{key.removeprefix('own:')}”占{weight:g}%。" for key, weight in known["zh"].weights.items() if "own" in key
    ]
    assert len(many) > MOST_SENTENCES
    assert len(list(released(many, Guard(known["zh"])))) == MOST_SENTENCES


def test_an_opening_that_says_nothing_is_passed_over(known: dict[str, Facts]) -> None:
    pieces = ["Sure!\n", "Here is the summary:\n", "- **Sales revenue** carries 20%.\n"]
    assert list(released(pieces, Guard(known["en"]))) == ["Sales revenue carries 20%."]
