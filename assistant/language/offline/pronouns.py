"""Words that stand for a line spoken of before: "lower it", 这个指标, "in its place"."""

import re

from assistant.language.offline.patterns import spoken

_IT_ZH = re.compile(
    r"它们|这两项|这两个|它|这个指标|那个指标|这项指标|那项指标|该指标|这一项|那一项|这项|那项|这条|那条"
    r"|刚才那个|刚才那项|刚加的(?:那个|那项|指标)?|刚才说的(?:那个|那项)?|这个|那个"
)
# Only behind a verb that is said of lines, or before a figure: elsewhere "it" and "that" mean anything.
_IT_EN = spoken(
    r"\b(?:why (?:is|did|was|does)|lower|reduce|raise|increase|cut|bump|drop|remove|delete|take|bring|put|add|set"
    r"|keep|move|push|lift|get rid of|get|leave|give|strike|lose|ditch|axe|kill|what does|how is|what is|trim|shave"
    r"|boost|swap|replace|cross|include|exclude|halve|double|triple)"
    r"\s+(?P<it>it|them|these|those|that one|this one|that|this)\b"
    r"(?!\s+(?:look|card|scorecard|form|to (?:excel|word|csv|json|markdown|yaml)|last|change|version|position|role"
    r"|as a))",
    r"\bmake\s+(?P<made>it|that|this)\b(?=\s+(?:\d+\s*(?:%|percent|points?)|heavier|lighter|less|more))",
    r"(?P<one>\bthat one\b|\bthis one\b|\b(?:that|this) (?:kpi|line|measure|indicator|metric)\b"
    r"|\bits weight\b|\bout with it\b)",
    r"(?:\bcan't|\bcannot|\bdon't|\bdo not|\bnobody|\bno one|\bunable to) (?:\w+ )?(?:measures?|tracks?|records?"
    r"|collects?)"
    r"\s+(?P<measured>it|that one|that|this)\b",
    r"\b\d+\s*(?:%|percent)?\s+(?:for|on|to)\s+(?P<figure>it|that one|that|this)\b",
    r"^(?P<head>it|that|this)(?= (?:is|should|needs|must|could|can|has|seems|looks|goes|'s)\b)",
)
# The same words for something else than a line: 这个岗位, 那个版本, "give it to".
_NO_LINE = re.compile(
    r"give it to"
    r"|这个岗位|那个岗位|这个表|那个表|这个方案|那个方案|这个版本|那个版本|这个季度|这个月|这个人|那个人"
    r"|这个战略|这个公司|这个团队|这个问题|那个问题|这个客户|这个区域|这个职位|这个重点"
)
# Asked for advice: nothing is to be set.
_HOW_TO = re.compile(
    r"\bhow (?:do|should|would|can|could) (?:i|we|you|one) (?:set|put|make|add|raise|lower)\b(?!.*\d)", re.IGNORECASE
)
# The reference beside a name: "swap visits for it", 把拜访量换成它.
_FOR_IT = spoken(
    r"(?P<verb>换成|改成|改用|换为|替换成|\bfor |\bwith |\bby )"
    r"(?:它|这个|那个|刚才那个|it\b|that one\b|that\b|this one\b)"
)
_PUT = spoken(
    r"^\W*(?:i'd rather have|i would rather have|we want|let's have|put|use|have|take|want|add)\b|^\W*(?:用|放|加上|加)"
)
_IN_ITS_PLACE = spoken(
    r"\bin its place\b|\binstead of (?:it|that)\b", r"(?:来)?(?:代替|替换|顶替|替)(?:掉)?(?:它|这个|那个)"
)
_THEM = spoken(r"\b(?:them|these|those|both)\b", r"它们|这两个|这两项|这几个|这几项")


def is_plural(clause: str) -> bool:
    """Tell whether a clause refers to several lines."""
    return _THEM.search(clause) is not None


def is_of_no_line(clause: str) -> bool:
    """Tell whether a clause refers to something other than a line, as in 这个岗位, or asks how things are done."""
    return (_NO_LINE.search(clause) or _HOW_TO.search(clause)) is not None


def named_for_it(clause: str, name: str) -> str | None:
    """Return a clause with its pronoun replaced by a name; ``None`` where it has none."""
    found = _IT_ZH.search(clause) or _IT_EN.search(clause)
    if found is None:
        return None
    group = next((group for group, value in found.groupdict().items() if value), 0)
    return f"{clause[: found.start(group)]}{name}{clause[found.end(group) :]}"


def named_beside(clause: str, name: str, *, chinese: bool) -> str:
    """Return a clause that names an indicator with what it is to change places with named too."""
    if _IN_ITS_PLACE.search(clause):
        rest = _PUT.sub("", _IN_ITS_PLACE.sub("", clause)).strip()
        return f"把{name}换成{rest}" if chinese else f"swap {name} for {rest}"
    return _FOR_IT.sub(lambda match: f"{match['verb']}{name}", clause, count=1)
