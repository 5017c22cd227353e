"""What a sentence names or rests on, held against the result; each function tells whether something is wrong."""

import re

from assistant.language.guards.said import HAN, Said, content
from assistant.language.offline.people import names_someone

_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]s?|[A-Z]")
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z'’]+")
_SOURCE = re.compile(
    r"\baccording to\b|\bas (?:stated|shown|described|reported|noted) (?:in|by)\b"
    r"|\b(?:stud(?:y|ies)|surveys?|researchers?|experts?|professors?|scientists?|analysts?|consultants?)\b"
    r"|\bresearch (?:shows?|suggests?|finds?|found|says)"
    r"|\b(?:industry|market) (?:average|benchmark|data|standard|norm|statistic)s?|\bbenchmarks?\b|\bstatistics\b"
    r"|\bevidence shows\b|\bet al\b"
    r"|据(?:.{0,12})(?:统计|报告|研究|调查|报道|透露|了解)|(?:研究|调查|数据|报告|实验|文献|统计)(?:表明|显示|发现|证明|指出)|专家|学者|教授"
    r"|(?:行业|业界|市场)(?:平均|基准|标杆|惯例|水平|数据|普遍)|麦肯锡|德勤|哈佛|盖洛普"
)
_LAW = re.compile(
    r"\b(?:[Ll]abou?r [Cc]ontract|[Ll]abou?r [Ll]aw|GDPR|AI Act|[Ee]mployment [Aa]ct|[Cc]ivil [Cc]ode)\b"
    r"|劳动(?:合同)?法"
    r"|民法典|个人信息保护法|公司法|第[一二三四五六七八九十百\d]+条"
)
_TITLE = re.compile(r"《([^》]{1,60})》?")
_LINK = re.compile(
    r"https?:|www\.|\b[\w-]+\.(?:com|cn|org|net|io|ai|gov|edu|co)\b|\S@\S+\.\w|[\[【［]\s*\d+\s*[\]】］]|[\[\]【】［］]",
    re.IGNORECASE,
)
_SURNAMED = re.compile(r"(?=((?:[小老阿])?[\u4e00-\u9fff]{2,3}))")
_COMMON = re.compile(
    r"the|a|an|this|that|these|those|it|its|in|on|at|for|with|by|from|as|to|of|and|or|but|so|because|since|"
    r"while|when|where|if|both|each|all|most|more|less|next|first|second|third|finally|overall|together|also|"
    r"then|here|there|their|your|our|you|we|they|what|which|how|set|check|ask|agree|confirm|decide|fill|keep|"
    r"use|weights|weight|kpi|kpis|no|not|only|one|two|three|four|five|six|seven|eight|nothing|sales|card|"
    r"scorecard|role|position|strategy|targets|target|before|after|without|within|still|please|consider|"
    r"review|make|let|another|other|others"
)
_SPEAKING = re.compile(
    r"(?: [A-Z][\w.]+)* (?:recommend|say|said|suggest|f[io]u?nd|report|note|argue|show|advise|state|claim|require"
    r"|think|believe)\w*\b"
)
NEAR = 0.5
"""Share of what a sentence is about that has to stand in the documents it words."""


def indicator(said: Said) -> bool:
    """Every KPI named is one that the result names."""
    return any(not said.facts.known.intersection(one.keys) for one in said.mentions)


def other(said: Said) -> bool:
    """Positions, priorities and departments are those of the result."""
    named = [*said.facts.naming.others(said.plain), *said.facts.parties.findall(said.plain)]
    return any(name not in said.facts.text for name in named)


def source(said: Said) -> bool:
    """Nothing is said to come from a source, a law or a link that the result does not show."""
    if _LINK.search(said.text):
        return True
    cues = [*_SOURCE.finditer(said.plain), *_LAW.finditer(said.text)]
    if any(match.group().casefold() not in said.facts.text for match in cues):
        return True
    return any(title.casefold() not in said.facts.text for title in _TITLE.findall(said.text))


def name(said: Said) -> bool:
    """No person, company or product is named that the result does not name."""
    capitals = list(_CAPITAL.finditer(said.text))
    return any(_proper(match, said) for match in capitals) or _someone(said)


def _proper(match: re.Match[str], said: Said) -> bool:
    word = match.group().removesuffix("'s").removesuffix("’s")
    known = said.facts.words
    if word.casefold() in known or word.casefold().removesuffix("s") in known or _COMMON.fullmatch(word.casefold()):
        return False
    if _ACRONYM.fullmatch(word):
        return True
    starts = not said.text[: match.start()].strip(" \"'“‘(（")
    speaks = _SPEAKING.match(said.text[match.end() :])
    return (
        not starts
        or bool(speaks)
        or bool(re.search(rf"\b{re.escape(word)}\b", said.message))
        or names_someone(said.text)
    )


def _someone(said: Said) -> bool:
    """Tell whether a name of the message, where it is about a person, comes back."""
    if not HAN.search(said.text) or not names_someone(said.message):
        return False
    shared = (match[1] for match in _SURNAMED.finditer(said.bare) if match[1] in said.message)
    return any(part not in said.facts.text for part in shared)


def language(said: Said) -> bool:
    """It is written in the reader's language, apart from names."""
    han = len(HAN.findall(said.bare))
    words = len(re.findall(r"[a-z]+", said.bare))
    if said.facts.language == "en":
        return han > 0
    return words > han or (not han and not said.mentions)


def anchored(said: Said) -> bool:
    """It is about the result: it names something of it, or shares its words."""
    if any(said.facts.known.intersection(one.keys) for one in said.mentions):
        return False
    shared = said.words & content(said.facts.text)
    return len(shared) < 2


def supported(said: Said) -> bool:
    """Where documents are worded, most of what a sentence is about stands there."""
    if not said.facts.quoting or not said.words:
        return said.facts.quoting
    return len(said.words & content(said.facts.text)) < NEAR * len(said.words)
