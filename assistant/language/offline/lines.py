"""Lines of the card in hand named by place, by weight or by a part of the name: "the second one", 最重的那项."""

import re
from dataclasses import dataclass

from assistant.conversation import Conversation
from assistant.language.offline.letters import pairs, stems
from assistant.language.offline.ordinals import place_of
from assistant.language.offline.patterns import spoken
from assistant.models import ScorecardItem
from knowledge.models import Language

# 第二个指标, 倒数第一项, 最后一条.
_NTH_ZH = re.compile(
    r"(?:倒数)?第\s*(?P<n>[一二两三四五六七八九十\d]+)\s*(?:个指标|项指标|条指标|个|项|条|行|点)"
    r"|最后(?:一)?(?:个|项|条|行)(?:指标)?"
)
# "the second line", "the last one", "item 3"; "line 3 %" says a weight.
_NTH_EN = spoken(
    r"\b(?:the\s+)?(?P<n>first|second|third|fourth|fifth|sixth|seventh|eighth|last|\d(?:st|nd|rd|th))\s+"
    r"(?:one|line|item|kpi|indicator|measure|metric|row|entry)\b",
    r"\b(?:line|item|kpi|no\.|number|#)\s*(?P<m>\d)\b(?!\s*%)",
    r"\bthe\s+(?P<o>first|second|third|fourth|fifth|sixth|seventh|eighth|last)(?=\s+(?:and|with|is|to|by|for|out|off|seems|looks)\b"
    r"|\s*[,.?!]|\s*$)",
)
# 权重最大的那项, 最轻的那个, "the heaviest one".
_EXTREME = spoken(
    r"权重最(?P<zh>大|高|重|低|小|轻)的(?:那)?(?:个|项|条)?(?:指标)?",
    r"最(?P<zh2>重|轻)的(?:那)?(?:个|项|条)",
    r"\bthe\s+(?P<en>heaviest|lightest|biggest|smallest)\s+(?:one|line|item|kpi|weight)\b"
    r"(?!\s+(?:you|one|we|i|allowed|possible|permitted|a line|for|that))",
)
# Several at once: 最后两项, 前三个指标, 权重最低的两个.
_SEVERAL_ZH = re.compile(
    r"(?:权重?)?(?P<which>最后|后面|末尾|前面?|(?:权重)?最?(?P<how>大|高|重|低|小|轻)的)(?:那)?"
    r"(?P<n>[两二三四2-4])(?:个|项|条)(?:指标)?(?=.{0,6}(?:去掉|删|砍|拿掉|不要|撤|换掉|取消|为什么|为啥))"
)
_MOST = frozenset({"大", "高", "重", "heaviest", "biggest"})
# Parts of so many names that they tell none.
_COMMON = frozenset(
    [
        "销售", "客户", "指标", "权重", "团队", "数量", "比例", "达成", "完成", "时率", "占比", "及时", "准确",
        "sale", "rate", "share", "customer", "team", "time",
        "with", "that", "this", "from", "card", "weight", "down", "make",
    ]
)  # fmt: skip


def displayed(conversation: Conversation) -> tuple[ScorecardItem, ...]:
    """Return the lines of the card in hand in the order they are shown; none without a card."""
    version = conversation.in_hand
    if version is None:
        return ()
    return version.card.items if version.kind == "form" else version.suggestion.scorecard.displayed()


@dataclass(frozen=True)
class Lines:
    """The lines of a card as they are called in one language."""

    items: tuple[ScorecardItem, ...]
    language: Language

    def named(self, text: str) -> str:
        """Return a text with lines named by their place, or as the heaviest, replaced by their names."""
        if not self.items:
            return text
        if self.language == "zh":
            text = _SEVERAL_ZH.sub(self._several, text)
        text = (_NTH_ZH if self.language == "zh" else _NTH_EN).sub(self._nth, text)
        return _EXTREME.sub(self._extreme, text)

    def meant(self, text: str) -> str | None:
        """Return the name of the line that a text names by a word no other line has; ``None`` without one."""
        names = [self._name(item) for item in self.items]
        if any(name.lower() in text.lower() for name in names):
            return None
        alike = [(len(self._shared(text, name)), name) for name in names]
        best = max((score for score, _ in alike), default=0)
        chosen = [name for score, name in alike if score == best]
        return chosen[0] if best and len(chosen) == 1 else None

    def _name(self, item: ScorecardItem) -> str:
        return item.name.say(self.language)

    def _nth(self, match: re.Match[str]) -> str:
        place = _place(match)
        if not place or abs(place) > len(self.items):
            return match.group()
        return self._name(self.items[place - 1 if place > 0 else place])

    def _several(self, match: re.Match[str]) -> str:
        many, how = place_of(match["n"]), match["how"]
        items = list(self.items)
        if how:
            items.sort(key=lambda item: item.points, reverse=how in _MOST)
        chosen = items[:many] if how or match["which"].startswith("前") else items[-many:]
        return "和".join(self._name(item) for item in chosen) if many < len(items) else match.group()

    def _extreme(self, match: re.Match[str]) -> str:
        word = match["zh"] or match["zh2"] or match["en"].lower()
        chosen = max if word in _MOST else min
        return self._name(chosen(self.items, key=lambda item: item.points))

    def _shared(self, text: str, name: str) -> set[str]:
        """Return the words that a message and a name share; pairs of characters in Chinese."""
        if self.language == "zh":
            return {pair for pair in pairs(text) if pair in name} - _COMMON
        return (stems(text) & stems(name)) - _COMMON


def _place(match: re.Match[str]) -> int:
    """Return which line a match names, from 1; from the end where negative, 0 for none."""
    said = match.groupdict()
    word = (said.get("n") or said.get("m") or said.get("o") or "").lower()
    if word in {"", "last"}:
        return -1  # 最后一项 has no number
    place = place_of(re.sub(r"\D", "", word) or word)
    return -place if match.group().startswith("倒数") else place
