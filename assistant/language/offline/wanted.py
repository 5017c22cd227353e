"""Wishes in a text: which indicators to put on, to leave off, and what they are to weigh."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.offline.numbers import Number
from assistant.language.reading import Ask, Mention, Wanted
from assistant.models import Count

_CLAUSE = re.compile(r"[，,。；;！!？?\n]|(?<!\d)\.(?!\d)")
_STRONG = (
    "include",
    "exclude",
    "no_data",
    "at_least",
    "at_most",
    "target_weight",
    "weight_word",
    "raise",
    "lower",
    "replace",
)
# No item may weigh more, so before there is a card a larger figure without the word weight is a target.
_MOST_WEIGHT = 60
_BOUNDS = ("at_least", "at_most")
_STEP = 5
_NO_DATA = re.compile(
    r"(?:没有|没|缺少|缺|拿不到|取不到|\bno |\black )([^，,。；;！!？?\n]{1,16}?)(?:的?数据|的数|\bdata\b)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A cue, an indicator or a number in its place in the text."""

    start: int
    end: int
    kind: str
    mention: Mention | None = None
    number: Number | None = None


def clauses(text: str, tokens: list[Token]) -> Iterator[tuple[int, list[Token]]]:
    """Return the end of each clause with its tokens, in order."""
    ends = [match.start() for match in _CLAUSE.finditer(text)] + [len(text)]
    start = 0
    for end in ends:
        yield end, sorted((token for token in tokens if start <= token.start < end), key=lambda token: token.start)
        start = end


def unnamed(clause: list[Token], text: str, end: int) -> str | None:
    """Return what a clause asks to put on or leave off where that is no indicator we know."""
    named = [token for token in clause if token.kind == "indicator"]
    figures = [token for token in clause if token.kind == "number"]
    if named and len(figures) > len(named) and all(token.kind != "items" for token in clause):
        return text[figures[len(named) - 1].end : end].strip()
    verb = next((token for token in clause if token.kind in {"include", "exclude"}), None)
    if verb is None or any(token.kind in {"indicator", "items", "number"} for token in clause):
        return None
    return text[verb.end : end].strip() or None


def wanted(clause: list[Token], revising: bool) -> list[Wanted]:
    """Return the wishes of one clause; a verb holds for the indicators after it until the next verb."""
    kinds = {token.kind for token in clause}
    mentions = [token for token in clause if token.kind == "indicator"]
    figures = [token for token in clause if _percent(token) or (revising and token.number is not None)]
    if not mentions or (kinds.isdisjoint(_STRONG) and not figures):
        return []
    if "target_talk" in kinds and "weight_word" not in kinds:
        return []
    if "no_data" in kinds:
        return [Wanted(ask="no_data", mention=_mention(token)) for token in mentions]
    if "replace" in kinds and len(mentions) == 2:
        return [
            Wanted(ask="exclude", mention=_mention(mentions[0])),
            Wanted(ask="include", mention=_mention(mentions[1])),
        ]
    return _walk(clause, mentions, revising)


def _walk(clause: list[Token], mentions: list[Token], revising: bool) -> list[Wanted]:
    # Before there is a card, a figure without a per cent sign is hardly ever a weight.
    said = revising or any(token.kind in {"weight_word", *_BOUNDS} for token in clause)
    numbers = [token for token in clause if token.kind == "number" and (said or _percent(token))]
    kinds = {token.kind for token in clause}
    most = 100 if revising or "weight_word" in kinds else _MOST_WEIGHT
    found = []
    for place, token in enumerate(mentions):
        verbs = [other.kind for other in clause if other.start < token.start and other.kind in {"include", "exclude"}]
        number = _own_number(token, mentions, place, numbers)
        if verbs and verbs[-1] == "exclude":
            found.append(Wanted(ask="exclude", mention=_mention(token)))
        elif number is not None and number.value <= most:
            found.append(_weighed(token, number, clause))
        elif verbs:
            found.append(Wanted(ask="include", mention=_mention(token)))
        elif "weight_word" in kinds and (moved := _direction(clause)):
            found.append(Wanted(ask="by", mention=_mention(token), value=moved * _STEP))
    return found


def _own_number(token: Token, mentions: list[Token], place: int, numbers: list[Token]) -> Number | None:
    """Return the number that belongs to an indicator: the next before another indicator, else the one before it."""
    until = mentions[place + 1].start if place + 1 < len(mentions) else float("inf")
    after = [one for one in numbers if token.end <= one.start < until]
    before = [one for one in numbers if one.end <= token.start] if len(mentions) == 1 else []
    chosen = after[0] if after else before[-1] if before else None
    return chosen.number if chosen else None


def _weighed(token: Token, number: Number, clause: list[Token]) -> Wanted:
    kinds = [other.kind for other in clause if other.kind in _STRONG]
    value, mention = int(number.value), _mention(token)
    bound = next((kind for kind in kinds if kind in _BOUNDS), None)
    if bound:
        return Wanted(ask="at_least" if bound == "at_least" else "at_most", mention=mention, value=value)
    relative = {"raise", "lower"}.intersection(kinds) and "target_weight" not in kinds
    ask: Ask = "by" if relative else "set"
    return Wanted(ask=ask, mention=mention, value=value * (_direction(clause) or 1) if relative else value)


def _direction(clause: list[Token]) -> int:
    for token in clause:
        if token.kind in {"raise", "lower"}:
            return 1 if token.kind == "raise" else -1
    return 0


def count(clause: list[Token], text: str, alone: bool) -> Count | None:
    """Return the wished number of items; ``alone`` says that the message names nothing else the number could count."""
    for token in clause:
        number = token.number
        if number is None or number.percent or number.whole is None or not 1 <= number.whole <= 100:
            continue
        after = next((other for other in clause if other.start >= token.end), None)
        counted = after is not None and after.kind == "items" and not text[token.end : after.start].strip()
        counted = counted and not text.startswith("个月", token.end)
        if counted or (
            alone and re.search(r"make it\s*$|改成\s*$|减到\s*$|精简到\s*$|压缩到\s*$", text[: token.start])
        ):
            return _bounded(number.whole, {other.kind for other in clause})
    return None


def no_data_words(text: str) -> Iterator[Token]:
    """Return the places that say there is no data with the indicator in between: 没有满意度数据, "no NPS data"."""
    for match in _NO_DATA.finditer(text):
        yield Token(match.start(), match.start(1), "no_data")


def _bounded(value: int, kinds: set[str]) -> Count:
    if "at_most" in kinds:
        return Count(at_most=value)
    if "at_least" in kinds:
        return Count(at_least=value)
    return Count(at_least=value, at_most=value)


def _percent(token: Token) -> bool:
    return token.number is not None and token.number.percent


def _mention(token: Token) -> Mention:
    if token.mention is None:
        raise AssertionError("an indicator token carries its mention")
    return token.mention
