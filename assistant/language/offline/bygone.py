"""References to versions of the card: "go back to the first version", "撤销两步", "compare with the previous one"."""

import re

from assistant.actions import Compare, Restore, Undo
from assistant.language.offline.ordinals import place_of
from assistant.language.offline.patterns import spoken

MOST_STEPS = 1000
# A version by its number or as the first: 第二版, 最初那个方案, "the original draft", "version 3".
_VERSION = spoken(
    r"第\s*(?P<zh>[一二两三四五六七八九十]|\d+)\s*(?:个)?(?:版本|版|稿|次)",
    r"(?P<first>最初|最早|最开始|一开始|原来|最原始|原始|初始|起初|开头)"
    r"(?:的)?(?:那)?(?:个)?(?:版本|版|稿|方案|样子|草案|表|那张)?",
    r"\b(?:the\s+|your\s+)?(?P<en>first|second|third|fourth|fifth|original|initial)\s+"
    r"(?:version|draft|one|card|proposal|scorecard|suggestion)\b",
    r"(?<![a-z])(?:version|draft|v)\s*(?P<n>\d+)(?![\da-z])",
)
# That a version named is wanted again: 回到第一版, "go back to the first version".
_BACK = spoken(
    r"回到|退回|恢复|还原|换回|改回|用回|返回|回退|要回|还是(?:用|要)?|用第",
    r"\b(?:go|going|take|bring|get|switch|change|roll|jump|move|put) (?:us |me |it )?back\b",
    r"\brestore\b|\brevert\b|\breturn to\b|\bback to\b",
    r"\buse the\b|\bwant the\b|\bbring up\b",
)
# That the last change is to go, whatever it was: 撤销, 刚才的修改不要了, "scratch that".
_UNDO = spoken(
    r"撤销|撤消|撤回|回退|退回|上一版|上个版本|前一版|恢复上|还原",
    r"刚才(?:那步|那个修改|的修改|的改动)?(?:不要了?|不算|取消|作废)",
    r"取消刚才|改回去|改回来|退一步|换回去|变回去|刚才的不要",
    r"\bundo\b|\brevert\b|\bgo back\b|\bprevious (?:version|card|one)\b",
    r"\btake (?:that|the last change|that last change|it all) back\b|\blast change\b",
    r"\bscrap that\b|\bnever ?mind that\b|\bundo the\b|\bone step back\b|\bscratch that\b",
    r"\bput it back\b|\bchange it back\b|\bback one\b|\bas it was\b|\broll (?:it |that )?back\b",
)
# How far back: 两步, "2 steps", "twice".
_STEPS = spoken(
    r"(?P<n>[一二两三四五六七八九十]|\d+)\s*(?:步|次)",
    r"\b(?P<en>\d+|two|three|twice)\s*(?:steps?|times?|changes?|versions?)?\b",
)
# That versions are to stand side by side: 对比, "what differs".
_PAIR = spoken(
    r"对比|比较|区别|差别|不同|不一样|差在哪|差哪|[跟和与同].{1,12}比", r"\bcompare\b|\bdiffer\w*\b|\bversus\b|\bvs\b"
)
# The version before this one: 上一版, "before the change".
_PREVIOUS = spoken(
    r"上一版|上个版本|前一版|之前的版本|刚才那版",
    r"\bprevious (?:version|draft|card|one)\b|\bbefore the change\b|\blast version\b",
)
# What the last change did: "what changed?", "which did you drop?".
_WHAT_CHANGED = spoken(
    r"^\W*(?:and |so |ok,? )?what(?:'s| has| is| did you| have you)? (?:changed?|different)(?: now| then| there)?\W*$",
    r"\b(?:which|what)(?: \w+)? (?:did|have) you (?:just )?"
    r"(?:dropp?(?:ed)?|removed?|add(?:ed)?|changed?|take(?:n)? (?:out|off))\b",
    r"^(?:改了什么|改了哪些|改了哪里|变了什么|有什么变化|哪里变了|哪些变了|变化在哪)(?:呢|啊|了)?[?？。]?$",
)
# The same since a version: "what changed since the first version?", 和最初比改了哪些.
_SINCE = spoken(
    r"\bwhat\b.{0,20}\b(?:chang|differ|new)\w*\b.{0,20}\b(?:since|from|against)\b", r"(?:相?比|以来).{0,6}(?:改了|变了)"
)
_FIRST = {"original": 1, "initial": 1}
_TIMES = {"two": 2, "twice": 2, "three": 3}


def past_in(message: str, made: int) -> Undo | Restore | Compare | None:
    """Return what a message asks of earlier versions, ``None`` where it asks nothing."""
    named = [_number(match) for match in _VERSION.finditer(message)]
    if _PAIR.search(message) and (named or _PREVIOUS.search(message)):
        versions = tuple(named) or (made - 1,)
        return Compare(versions=versions if len(versions) > 1 else (*versions, made))
    if made > 1 and named and _SINCE.search(message):
        return Compare(versions=(named[0], made))
    if made > 1 and _WHAT_CHANGED.search(message):
        return Compare(versions=(made - 1, made))
    if named and _BACK.search(message):
        return Restore(version=named[-1])
    if _UNDO.search(message):
        return Undo(steps=_steps(message))
    return None


def _number(match: re.Match[str]) -> int:
    if match["first"]:
        return 1
    word = (match["zh"] or match["en"] or match["n"]).lower()
    return _FIRST[word] if word in _FIRST else place_of(word)


def _steps(message: str) -> int:
    match = _STEPS.search(message)
    if match is None:
        return 1
    word = (match["n"] or match["en"]).lower()
    return max(1, min(MOST_STEPS, _TIMES[word] if word in _TIMES else place_of(word)))
