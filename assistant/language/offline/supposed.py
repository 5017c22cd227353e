"""Actuals that a message supposes for a dry run: "if revenue reaches 92 %, the rest 100 %, what is the score?"."""

import re

from assistant.intake.cells.figures import SCALE
from assistant.language.offline.letters import has_han
from assistant.language.offline.lexicon import plain
from assistant.language.offline.numbers import numbers
from assistant.language.offline.patterns import either, spoken

REST = "*"
"""Stands for every line that a dry run does not name."""
# Up to the command itself: 帮我试算一下：, "please simulate with".
_LEAD_IN = re.compile(
    r"^.*?(?:试算|算一下得分|模拟得分|算算分|算分|dry[- ]run|simulate|score (?:it|this)(?: with)?)"
    r"\s*(?:一下|for me|with|if)?\s*[:：,，]?\s*",
    re.IGNORECASE,
)
# From the question on: ，那他能得多少分？, ", how much would that be".
_QUESTION = spoken(
    r"[,，]?\s*(?:一共|总共|大概|那|他|最后|总分|综合)*(?:能|可以|会)?(?:得|是|拿)?(?:多少|几)分.*$",
    r"[,，]?\s*(?:what|how many|how much).*$",
)
_WHAT_IF = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|now)[, ]+)?what (?:if|happens if|would happen if)\s+", re.IGNORECASE
)
# "what would a rep with 80% on revenue get?": the results stand in the middle.
_WOULD_GET = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|now)[, ]+)?what (?:would|will|does|do"
    r"|score would)\s+.{0,40}?\bwith\s+(?P<told>.*\d.*?)"
    r"\s+(?:get|score|earn|end up with)\W*$",
    re.IGNORECASE,
)
_SUPPOSE = re.compile(r"^\s*(?:如果|假如|假设|要是|若|比如|if|suppose|say|with|and|assuming|assume)\s*", re.IGNORECASE)
# A name and its figure: 销售额完成92%, "visits at 45/50", "margin = 1.2万".
_ACTUAL = re.compile(
    r"^(?P<name>.*?[^\d\s=:：])\s*"
    r"(?:实际)?(?:(?:完成了?|达到|达成|做到|是|为|只有|到|=|:|：|reaches|reached|comes in|came in|had been"
    r"|would be|were|was|is|are|at|of|hits|hit|lands at|landed at|ends up|ended up|drops to|falls to)\s*)*"
    rf"\s*(?P<value>\d[\d,.]*\s*(?:{SCALE})?\s*%?(?:\s*(?:/|(?:out )?of)\s*\d[\d,.]*\s*(?:{SCALE})?)?)\s*\D{{0,4}}$",
    re.IGNORECASE,
)
# What only says of what a share is one: "92% of the plan".
_OF_TARGET = re.compile(
    r"(?<=%)\s*(?:of|to) (?:the |its |his |her )?(?:target|plan|quota|goal|budget)\b", re.IGNORECASE
)
# The share before its name: "John did 110% on revenue", "80% on collection".
_SHARE_OF = re.compile(
    r"^(?:[a-z' ]+\s)??(?P<value>\d[\d.]*\s*%)\s+(?:on|in|for|of)\s+(?:the |her |his |their )?"
    r"(?P<name>[a-z][a-z /&-]+)$",
    re.IGNORECASE,
)
# What leads up to results: "Here are Anna's results:", "she brought in 12 new customers".
_RESULTS = re.compile(
    r"^.*\b(?:results?|actuals|figures|numbers)\b[^:]{0,24}:\s*"
    r"|^(?:[a-z]+\s+)?(?:brought in|won|did|closed|made|got|landed)\s+(?=\d)",
    re.IGNORECASE,
)
# The same in Chinese: 张三这个月签了3个新客户.
_COUNTED_ZH = re.compile(
    r"^.*?(?:签下?|开发|拿下|新增|完成|谈下|做|有|到)了?\s*(?P<value>\d[\d.]*)\s*[个家单]\s*(?P<name>[^\d\s]{2,10})$"
)
# Whose results they are, set off by a space: 王芳 销售额完成110%.
_WHOSE = re.compile(r"^[^\d\s%％]{1,8}\s+(?=[^\d\s]{2,}.*\d)|^那么?|^换成")
# The figure first: "7 new customers against a target of 10", "12 new customers".
_COUNTED = re.compile(
    r"^(?P<value>\d[\d,.]*)\s+(?P<name>[a-z][a-z /&-]+?)(?:\s+(?:against|versus|vs\.?|out of|on|for)\s+(?:a |the )?"
    r"(?:target |plan |goal )?(?:of )?(?P<target>\d[\d,.]*))?$",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"\s*(?:out )?of\s*", re.IGNORECASE)
_FIGURE = re.compile(r"\d|[一二三四五六七八九]成")
_OTHERS = either(
    r"每一?[项条个]|所有(?:指标|项)?|全部(?:指标)?|各项|其他|其它|其余|别的|剩下的",
    r"everything else|everything|all others|all the others|the rest|the others",
    r"all lines|every line|every kpi|all kpis",
)
# One figure for all other lines: 其余都正好做到100%, "the rest at 100%".
_ALL = re.compile(
    rf"^(?:{_OTHERS})\s*(?:都|均|全|也|都只|只)*(?:正好|刚好|恰好|只)?"
    r"(?:做到|完成|达到|是|为|at|=|are|is|reach(?:es)?|：|:)*\s*(?P<value>\d+\s*%?|[一二三四五六七八九]成[半]?)",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(r"[,，、;；\n](?!\d{3}\b)|\b[Aa]nd\b|(?<=[%％\d个家单])\s+(?=[\u3400-\u9fff])")


def asks_result(message: str) -> bool:
    """Tell whether a message asks what somebody with certain results would get."""
    return _WOULD_GET.match(message) is not None


def actuals_of(message: str) -> str:
    """Return what a question supposes as ``name=value`` pairs separated by commas."""
    whole = _WOULD_GET.sub(r"\g<told>", _WHAT_IF.sub("", message.strip())).rstrip("?？。.")
    led = _LEAD_IN.sub("", whole)
    said = _QUESTION.sub("", led if _FIGURE.search(led) else whole)
    parts = [_SUPPOSE.sub("", part).strip() for part in _BETWEEN_PARTS.split(said)]
    return ", ".join(filter(None, map(_actual, filter(None, parts))))


def _actual(part: str) -> str:
    """Return one actual as ``name=value``, empty where a part states none."""
    part = _RESULTS.sub("", _OF_TARGET.sub("", part).strip())
    if has_han(part):
        part = _WHOSE.sub("", part)
        if signed := _COUNTED_ZH.match(part):
            return f"{signed['name']}={signed['value']}"
    if share := _SHARE_OF.match(part):
        return f"{share['name'].strip()}={share['value']}"
    if rest := _ALL.match(part):
        shares = numbers(plain(rest["value"]))
        return f"{REST}={shares[0].value:g}%" if shares else ""
    if counted := _COUNTED.match(part):
        target = f"/{counted['target']}" if counted["target"] else ""
        return f"{counted['name'].strip()}={counted['value']}{target}"
    match = _ACTUAL.match(part)
    return f"{match['name'].strip()}={_OUT_OF.sub('/', match['value'].strip())}" if match else ""
