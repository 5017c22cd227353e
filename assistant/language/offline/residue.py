"""What of a message nothing accounts for, once what was read and words that say nothing are taken away."""

import re
from collections.abc import Iterable

from assistant.language.offline.letters import HAN
from assistant.language.offline.lexicon import plain
from assistant.language.offline.patterns import either, spoken

Span = tuple[int, int]
_ENGLISH = either(
    r"please|could|can|would|you|your|we|our|us|i|me|my|it|its|the|a|an|this|that|these|those",
    r"for|of|to|in|on|at|and|or|but|with|by|from|as",
    r"is|are|was|were|be|been|do|does|did|have|has|had|will|shall|should|need|needs|want|wants|like",
    r"just|so|then|also|too|now|here|there|some|any|all|about|into|up|out|one|ones",
    r"company|business|team|people|year|quarter|month|card|scorecard|kpis?|indicators?|measures?|position|role",
    r"strategy|priority|goal|focus|main|mainly|sales|customers?|products?",
    r"they|them|their|he|she|his|her|give|get|make|let|lets|let's|i'd|we're|i'm|we've|it's|that's|what",
    r"percent|points?|okay|ok|hi|hello|thanks|thank",
)
# What a message can do without, the longer word first: courtesy, grammar, and what every message here is about.
_EMPTY = spoken(
    r"请问|请|麻烦您?|帮忙|帮我|帮|给我们|给我|我们公司|我们|咱们|我司|公司",
    r"今年|明年|本年度|年度|目前|现在|这个|那个|这张|那张|一张|一个|一下|一些|一点|一份|一套",
    r"我|你|您|他们|想要|想|需要|要求|要|希望|打算|准备|主要",
    r"是|的|了|吧|呢|吗|啊|呀|嘛|哦|和|与|及|以及|还有|也|都|就|再|又|还|把|将|对|为|在|有|这|那|来|做|给|用|按|让|从|到",
    r"所以|因为|但是|但|不过|然后|接着|另外|同时|并且|并|而且|如果|的话|可以|能|应该|觉得|感觉|其实|比较",
    r"岗位|职位|考核表|绩效表|考核|绩效|指标|权重|战略|重点|方面|部分|情况|时候|之后|以后|里面|里|上面|上|下|中",
    r"团队|部门|销售|业务|客户|产品|员工|人员|人|们|个|项|条|张|份|版|年|月|季度|占|分|点|百分之|左右|大概|大约|差不多",
    rf"\b(?:{_ENGLISH})\b",
)
# What is left of a word that may mean something; single characters and short words are mostly splinters.
_MEANT = re.compile(rf"[{HAN}]{{2,}}|[a-z][a-z'’-]{{2,}}|\d+", re.IGNORECASE)


def left(message: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the parts of a message outside ``spans``, places in its plain text, that may mean something."""
    letters = list(plain(message))
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    rest = _EMPTY.sub(" ", "".join(letters))
    return tuple(match.group() for match in _MEANT.finditer(rest))


# Clauses, a decimal point and a thousands' comma left alone.
_CLAUSE = re.compile(r"(?:[^，,。;；!！?？\n.]|(?<=\d)[.,](?=\d))+")
# Talk about the talk: an aside that asks for nothing.
_ASIDE = spoken(
    r"\b(?:pls|fine|hmm+|alright|right|well|good|great|nice|day|morning|afternoon|evening|sorry|oh|ah|yes|yeah|no|not"
    r"|really|actually|think|thing|things|know|see|look|more|same|again|still|already|though|anyway|otherwise|because"
    r"|thought|isn't|full stop|rubbish|nonsense|don't believe)\b",
    r"[嗯啊哦呃哎]|好吧|行吧|看看|试试|其实|反正|麻烦|辛苦|不好意思|重新|出表|老师",
)
_MANY_LETTERS = 5


def passed(message: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the clauses of a message that hold no place in ``spans`` and may well mean something."""
    whole, taken = plain(message), list(spans)
    return tuple(
        message[match.start() : match.end()].strip(" -–—\"'“”…")
        for match in _CLAUSE.finditer(whole)
        if not any(start < match.end() and end > match.start() for start, end in taken) and _means(match.group())
    )


def _means(clause: str) -> bool:
    """Tell whether the words of a clause are more than an aside."""
    rest = _ASIDE.sub(" ", _EMPTY.sub(" ", clause))
    words = [match.group() for match in _MEANT.finditer(rest)]
    return len("".join(words)) >= (_MANY_LETTERS if not re.search(f"[{HAN}]", clause) else _MANY_LETTERS - 2)
