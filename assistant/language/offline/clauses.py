"""Clauses of a message with the cues, indicators and numbers that stand in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.offline.numbers import Number
from assistant.language.offline.patterns import either, spoken
from assistant.language.reading import Mention

_END = re.compile(r"[，,。；;！!？?\n]|(?<!\d)\.(?!\d)")
# Points that move: "take 5 from visits and give them to margin", 从拜访量挪5分给毛利率, 把拜访量的5分匀给毛利率.
_FROM_TO = re.compile(
    either(
        r"\b(?:take|move|shift|transfer|pull)\b[^.;]*?\bfrom\b[^.;]*?\b(?:to|onto|into|give)\b",
        r"从[^。；]{1,20}?(?:拿|挪|匀|抽|调|减|扣|移)[^。；]{0,12}?(?:给|到)",
        r"把[^。；]{1,20}?(?:挪|匀|转|移|调剂)[^。；]{0,8}?(?:给|到)",
    )
)
# No data, with the indicator in between: 没有满意度数据, "no NPS data".
_NO_DATA = re.compile(
    r"(?:没有|没|缺少|缺|拿不到|取不到|\bno |\black )([^，,。；;！!？?\n]{1,16}?)(?:的?数据|的数|\bdata\b)"
)
# What stands about a name that we do not know and is no part of it: 掉…吧, "it … please".
_PARTICLE = spoken(
    r"^[吧了呢啊呀嘛的掉它 ]+",
    r"[吧了呢啊呀嘛]+$",
    r"^(?:it|that|this|them|one|please|then|too|also|again|now|altogether)\b[ .]*",
)
_STOP = re.compile(r"[，,。.;；!！?？]")
_VERBS = frozenset({"include", "exclude"})
_KEEPING = frozenset({"keep", "保留"})


@dataclass(frozen=True, slots=True)
class Token:
    """A cue, an indicator or a number in its place in the text."""

    start: int
    end: int
    kind: str
    mention: Mention | None = None
    number: Number | None = None

    @property
    def percent(self) -> bool:
        """Whether it is a number that the text itself says is a weight."""
        return self.number is not None and self.number.percent


def clauses(text: str, tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """Return the end of each clause with its tokens, in order.

    A clause that holds a weight or a verb and no indicator goes on about the one before: "margin is missing, give
    it 10".
    """
    start = 0
    held: tuple[int, list[Token]] | None = None
    for end in _ends(text):
        clause = sorted((token for token in tokens if start <= token.start < end), key=lambda token: token.start)
        if held is not None and (not clause or _goes_on(held[1], clause)):
            held = (end, [*held[1], *clause])
        else:
            if held is not None:
                yield held
            held = (end, clause)
        start = end
    if held is not None:
        yield held


def _ends(text: str) -> list[int]:
    """Return where clauses end; points that move from one indicator to another hold two clauses together."""
    spans = [match.span() for match in _FROM_TO.finditer(text)]
    ends = [match.start() for match in _END.finditer(text)] + [len(text)]
    return [end for end in ends if not any(low < end < high for low, high in spans)]


def _goes_on(before: list[Token], clause: list[Token]) -> bool:
    kinds, earlier = {token.kind for token in clause}, [token.kind for token in before]
    if kinds & {"indicator", "items"} or "indicator" not in earlier:
        return False
    figure = "number" in kinds and "number" not in earlier
    if earlier.count("indicator") > 1:
        return "each" in kinds and figure
    if "no_data" in kinds:
        return set(earlier).isdisjoint({"number", "include"})
    verb = bool(kinds & {*_VERBS, "put_on", "put_off_card"}) and _VERBS.isdisjoint(earlier)
    return figure or (verb and "number" not in earlier)


def unnamed(clause: list[Token], text: str, end: int) -> str | None:
    """Return what a clause asks to put on or leave off where that is no indicator we know."""
    kinds = {token.kind for token in clause}
    named = [token for token in clause if token.kind == "indicator"]
    figures = [token for token in clause if token.kind == "number"]
    if named and len(figures) > len(named) and "items" not in kinds:
        return text[figures[len(named) - 1].end : end].strip()
    verb = next((token for token in clause if token.kind in _VERBS), None)
    # "Keep the other limits" asks for nothing that is not there.
    if verb is None or kinds & {"indicator", "items", "number"} or text[verb.start : verb.end] in _KEEPING:
        return None
    rest = _PARTICLE.sub("", _STOP.split(text[verb.end : end])[0].strip()).strip()
    return rest if len(rest) > 1 else None


def transfers(text: str) -> Iterator[Token]:
    """Return the places that take points from one indicator and give them to another."""
    for match in _FROM_TO.finditer(text):
        yield Token(match.start(), match.start() + 1, "from_to")


def no_data_words(text: str) -> Iterator[Token]:
    """Return the places that say there is no data with the indicator in between."""
    for match in _NO_DATA.finditer(text):
        yield Token(match.start(), match.start(1), "no_data")
