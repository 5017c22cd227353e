"""Messages about a person: whose case is designed for, and what is asked of people that is not done here."""

import re

from assistant.language.offline.letters import HAN
from assistant.language.offline.lexicon import Hit
from assistant.language.offline.patterns import either, spoken

# The most common ones; a rare one costs no more than a question.
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_FOLLOWS_ZH = either(
    r"今年|去年|上半年|下半年|这个|上个|本季|本月|这季|这月|最近|连续|一直",
    r"只|才|完成|业绩|达成|没|表现|差|不行|垫底",
    r"的表|的考核|的绩效|的KPI|的kpi",
    r"能|该|是不是|这|打|评|和|，|,|$",
)
"""What stands behind a person's name, and hardly behind another word that begins like a surname."""
# A name, or somebody without one: 小王, 张伟今年只完成60%, 他的业绩, 有个销售.
_NAMED_ZH = re.compile(
    either(
        rf"(?:小|老|阿)[{_SURNAMES}](?=[^板师])",
        rf"(?:^|[，,。；;、\s对给帮把跟和为让是叫])[{_SURNAMES}][{HAN}]{{1,2}}?(?={_FOLLOWS_ZH})",
        r"[他她](?:只|才|今年|的业绩|的考核|的表|完成|没|最近|业绩)",
        r"(?:有个|有一个|有位|某个|一个|一名|这位|那位)(?:销售|员工|业务员|代表|同事|下属|经理|人|老员工|新人)",
    )
)
# Somebody without a name: "she only", "one of my reps", "this guy".
_NAMED_EN = re.compile(
    either(
        r"\b(?:he|she)\s+(?:only|has|is|just|hit|did|made|reached|missed|closed|can't|cannot|isn't)\b",
        r"\b(?:one|another) of (?:my|our|the) "
        r"(?:reps|sellers|people|team|salespeople|guys|AEs|account executives|sales reps|managers|SDRs)\b",
        r"\b(?:a|this|that|my) (?:rep|seller|guy|salesperson|employee|team member|AE|colleague)\b",
    )
)
_FOLLOWS_EN = either(
    r"only|has|is|hit|just|made|did|reached|missed|closed|from|at|deserve|deserves",
    r"finished|sold|was|delivered|keeps|isn't|never|or",
)
# A word with a capital before what people do: "Anna's", "Tom Baker only".
_FIRST_NAME = re.compile(
    r"(?:^|[\s,.;:'\"(])(?P<name>[A-Z][a-z]{2,11})"
    rf"(?='s\b|\s+(?:[A-Z][a-z]+\s+)?(?:{_FOLLOWS_EN})\b)"
)
# A name as an aside: "one of them, Marcus, has been at 55 %".
_ASIDE = re.compile(r"(?<=[a-z,] )(?P<name>[A-Z][a-z]{2,11})(?=,| who\b|\?)")
# Words at the beginning of a sentence, of the trade and of the calendar, which have a capital and are no names.
_NO_NAMES = frozenset(
    [
        "The", "This", "That", "What", "Which", "How", "Why", "When", "Where", "Who", "Our", "Your", "Their", "His",
        "Her", "Its", "There", "Here", "It", "He", "She", "They", "We", "You", "Please", "Everyone", "Everything",
        "Nothing", "Something", "Nobody", "Someone", "And", "But", "Also", "Now", "Then", "Yes", "Not",
        "Sales", "Revenue", "Collection", "Cash", "Margin", "Team", "Card", "Target", "Quota", "Weight", "Pipeline",
        "Forecast", "Data", "Customer", "Customers", "Company", "Strategy", "Management", "Marketing", "Finance",
        "Growth", "Market", "Satisfaction", "Account", "Manager", "Director",
        "Last", "First", "Second", "One", "Half", "Today", "Tomorrow", "Yesterday",
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
        "January", "February", "March", "April", "June", "July", "August", "September", "October", "November",
        "December",
    ]
)  # fmt: skip
# That somebody does not reach the targets: 只完成60%, "hit only 60 %", "fell short".
_SHORT = spoken(
    r"只完成|才完成|只做了|只做到|只有\s*\d+\s*%|没完成|未完成|完不成|完成率(?:只有|才|是|为)?|不达标|没达标|达成率",
    r"业绩(?:很|太|较|比较|不|差|下滑|垫底|一般|只)|表现(?:不|很|太|一般|差)|垫底|跟不上|掉队",
    r"完成了?\s*\d+\s*%|做了\s*\d+\s*%",
    r"\b(?:only )?(?:hit|made|reached|achieved|closed|delivered|at|did|finished (?:at|on))\s+"
    r"(?:only\s+|just\s+|about\s+)?\d+\s*(?:%|percent)",
    r"\bmiss(?:ed|es|ing)\b|\bunderperform\w*|\bbehind (?:target|quota|plan)|\bstruggl\w+",
    r"\bbelow (?:target|quota|plan)|\bnot (?:hitting|reaching|making)|\bfell short|\bfalling short",
    r"\b\d+\s*(?:%|percent) of (?:target|quota|plan|goal)",
)
# That it is about a card or what to do with one: 指标怎么调, "adjust the targets".
_CARD = spoken(
    r"表|考核|指标|KPI|怎么调|怎么办|调整|权重|目标|方案|绩效",
    r"\b(?:card|scorecard|kpis?|targets?|weights?|adjust|change|set|do|design|plan|should)\b",
)
_THEIR_CARD = spoken(r"[他她]的?(?:考核)?表", r"\b(?:his|her) (?:card|scorecard|kpis?|targets?|weights?|form)\b")
# People spoken of in general, who can be rated too: "rank my team", 谁.
_PEOPLE = re.compile(r"[他她]|\b(?:him|her|them)\b|\bmy (?:team|reps|people)\b|大家|团队(?:成员|里)|哪个人|谁")
# A person's result and nothing else: 李四完成率70%.
_BARE_RESULT = re.compile(
    rf"^[{HAN}]{{2,4}}?的?(?:完成率?|达成率?|业绩|目标完成率?)(?:只有|才|是|为|了)?\s*\d+\s*[%％]\W*$"
)
# A line of a card is got rid of too: "get rid of it", "get rid of the second KPI".
_OF_A_LINE = re.compile(
    r"get(?:ting)? rid of (?:(?:it|that|this|that one|this one)\b"
    r"(?! (?:rep|guy|man|woman|person|seller|manager|team|employee))"
    r"|(?:the |that |this )?(?:\w+ )?(?:kpi|line|item|measure|metric|indicator|one)\b)",
    re.IGNORECASE,
)
# Asked for a sum of money, not for how to design.
_SUM = spoken(
    r"多少|几个点|算",
    r"\bhow much\b|\bwhat bonus\b|\bcalculate\b|\bshould (?:i|we) pay\b|\bwork out\b|\bcompute\b",
)
# Asked whether the law lets one do it: 劳动法, "is it legal".
_LAWFUL = spoken(
    r"合法|违法|法律|合规|劳动法|劳动合同|补偿",
    r"\b(?:legal|lawful|law|illegal|allowed)\b",
)
# Figures to be made up: 目标值随便填, "invent some targets".
_INVENTED = spoken(
    r"(?:编|虚构|瞎写|随便写|随便填|随便定|凭空)[^。；]{0,12}(?:目标|数|数字)",
    r"目标[^。；]{0,6}(?:随便|编一个|编个|你看着填)",
    r"\b(?:make up|invent|fabricate|dream up|guess)\b[^.;]{0,30}\b(?:targets?|quota|figures?|numbers?)\b",
)
# A forced distribution by its shares: 前20%后10%, 2:7:1, "the top 20 and the bottom 10".
_CURVE = spoken(
    r"\btop \d+.{0,30}\bbottom \d+",
    r"前\s*\d+\s*[%％].{0,16}(?:后|末)\s*\d+\s*[%％]",
    r"[271]{1,2}[:：-]7?0?7?[:：-]1",
)
# A ranking or a distribution asked for, not asked about.
_TO_BE_DONE = spoken(
    r"做个|做一个|搞个|搞一个|帮我|给我|排一?个|按分数",
    r"\b(?:tell me how to|push|do a|make a|give me a|help me|rank them|put)\b",
)


def names_someone(message: str) -> bool:
    """Tell whether a message is about one person rather than a position."""
    if _NAMED_ZH.search(message) or _NAMED_EN.search(message):
        return True
    return any(_is_name(match) for pattern in (_ASIDE, _FIRST_NAME) for match in pattern.finditer(message))


def _is_name(match: re.Match[str]) -> bool:
    return match["name"] not in _NO_NAMES


def is_of_their_card(message: str) -> bool:
    """Tell whether a message is about the card of somebody who was spoken of before."""
    return _THEIR_CARD.search(message) is not None


def is_case(message: str) -> bool:
    """Tell whether a message asks what to do about the card of a person who does not reach the targets."""
    if not names_someone(message):
        return False
    return bool(_THEIR_CARD.search(message) or _BARE_RESULT.match(message.strip())) or bool(
        _SHORT.search(message) and _CARD.search(message)
    )


def declined(message: str, hits: dict[str, list[Hit]], *, asking: bool) -> str | None:
    """Return why a message is not answered, as ``Decline`` names reasons; ``None`` where it is."""
    if "secret" in hits:
        return "secret"
    if _on_person(message, hits):
        return "person"
    if {"border", "rate_person"} & hits.keys() and _TO_BE_DONE.search(message):
        return "distribution"
    if _INVENTED.search(message):
        return "targets"
    if _CURVE.search(message):
        return "distribution"
    if "pay_talk" in hits and (not asking or _SUM.search(message)):
        return "pay"
    return "topic" if "off_topic" in hits and not _CARD.search(message) else None


def _on_person(message: str, hits: dict[str, list[Hit]]) -> bool:
    """Tell whether a message asks for a verdict on people: to be rid of them, or to rate them."""
    removing = [hit for hit in hits.get("remove_person", []) if not _OF_A_LINE.match(message, hit.start)]
    if removing and not _LAWFUL.search(message):
        return True
    return "rate_person" in hits and (names_someone(message) or _PEOPLE.search(message) is not None)
