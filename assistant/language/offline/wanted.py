"""Wishes in a clause: which indicators to put on, to leave off, and what they are to weigh."""

from assistant.actions import Ask
from assistant.language.offline.clauses import Token
from assistant.language.offline.numbers import Number
from assistant.language.reading import Mention, Wanted

_STRONG = frozenset(
    [
        "include", "exclude", "no_data", "at_least", "at_most", "target_weight", "weight_word", "raise", "lower",
        "replace", "put_on", "put_off_card", "in_place_of",
    ]
)  # fmt: skip
# No item may weigh more, so before there is a card a larger figure without the word weight is a target.
_MOST_WEIGHT = 60
STEP = 5
"""Points of a change that names none."""
_BOUNDS: dict[str, Ask] = {"at_least": "at_least", "at_most": "at_most"}
_VERBS: dict[str, Ask] = {"include": "include", "exclude": "exclude"}
# What says it behind the indicator only.
_PARTICLES: dict[str, Ask] = {"put_on": "include", "put_off_card": "exclude"}
_WAYS = {"raise": 1, "heavier": 1, "lower": -1, "lighter": -1}


def wanted(clause: list[Token], revising: bool) -> list[Wanted]:
    """Return the wishes of one clause; a verb holds for the indicators after it until the next verb."""
    kinds = {token.kind for token in clause}
    mentions = [token for token in clause if token.kind == "indicator"]
    figures = [token for token in clause if token.percent or (revising and token.number is not None)]
    if not mentions or not (figures or _says_so(kinds, revising)):
        return []
    if "from_to" in kinds and len(mentions) == 2 and figures:
        return _transferred(mentions, figures[0])
    if "target_talk" in kinds and "weight_word" not in kinds:
        return []
    if "no_data" in kinds:
        return [Wanted(ask="no_data", mention=_mention(token)) for token in mentions]
    if kinds & {"replace", "in_place_of"} and len(mentions) == 2:
        return _exchanged(*(reversed(mentions) if "in_place_of" in kinds else mentions))
    swapped = next((token for token in clause if token.kind == "replace"), None)
    if swapped and len(mentions) > 2 and swapped.end <= mentions[0].start:
        # "swap visits for NPS and raise margin to 20"
        rest = [token for token in clause if token.start >= mentions[1].end]
        return [*_exchanged(*mentions[:2]), *wanted(rest, revising)]
    return _walk(clause, mentions, revising)


def _says_so(kinds: set[str], revising: bool) -> bool:
    """Tell whether words make a clause a wish; the weak ones only beside a card."""
    return bool(kinds & (_STRONG if revising else _STRONG - set(_PARTICLES)))


def _transferred(mentions: list[Token], figure: Token) -> list[Wanted]:
    """Return points taken from the first indicator and given to the second."""
    points = int(figure.number.value) if figure.number else 0
    return [
        Wanted(ask="by", mention=_mention(mentions[0]), value=-points),
        Wanted(ask="by", mention=_mention(mentions[1]), value=points),
    ]


def _exchanged(off: Token, on: Token) -> list[Wanted]:
    return [Wanted(ask="exclude", mention=_mention(off)), Wanted(ask="include", mention=_mention(on))]


def _walk(clause: list[Token], mentions: list[Token], revising: bool) -> list[Wanted]:
    kinds = {token.kind for token in clause}
    # Before there is a card, a figure without a per cent sign is hardly ever a weight.
    said = revising or bool(kinds & {"weight_word", *_BOUNDS})
    numbers = [token for token in clause if token.kind == "number" and (said or token.percent)]
    most = 100 if revising or "weight_word" in kinds else _MOST_WEIGHT
    found = []
    for place, token in enumerate(mentions):
        number = _own_number(token, mentions, place, numbers, each="each" in kinds)
        # A word behind the next name is about that one, where this one has a figure: "NPS to 15 and satisfaction out".
        until = mentions[place + 1].start if number is not None and place + 1 < len(mentions) else None
        verb = _verb(clause, token, until)
        verb = verb or _put_instead(clause, token)
        if verb == "exclude":
            found.append(Wanted(ask=verb, mention=_mention(token)))
        elif number is not None and (number.value <= most or _insisted(number, kinds, revising)):
            found.append(_weighed(token, number, clause))
        elif verb:
            found.append(Wanted(ask=verb, mention=_mention(token)))
        elif _moves(kinds, revising) and (moved := _direction(clause)):
            found.append(Wanted(ask="by", mention=_mention(token), value=moved * STEP))
    return found


def _moves(kinds: set[str], revising: bool) -> bool:
    """Tell whether "more" and "less" speak of a weight; what counts more before there is a card is a priority."""
    return bool({"weight_word", "slightly"} & kinds) or (revising and "emphasis" in kinds)


def _insisted(number: Number, kinds: set[str], revising: bool) -> bool:
    """Tell whether a figure above any weight is meant as one: it is refused then, and not read as something else."""
    sure = number.percent or bool(kinds & {"target_weight", "raise", "lower"})
    return "weight_word" in kinds or (revising and sure and "target_talk" not in kinds)


def _verb(clause: list[Token], token: Token, until: int | None = None) -> Ask | None:
    """Return the last verb before an indicator, else the first after it, as in 回款率去掉 or "put NPS on"."""
    before = [_VERBS[other.kind] for other in clause if other.start < token.start and other.kind in _VERBS]
    if before:
        return before[-1]
    known = _VERBS | _PARTICLES
    after = [other for other in clause if other.start >= token.end and (until is None or other.start < until)]
    return next((known[other.kind] for other in after if other.kind in known), None)


def _put_instead(clause: list[Token], token: Token) -> Ask | None:
    """Return that an indicator goes on where one goes off in the clause before: 续约率去掉，换成毛利率."""
    before = max((other for other in clause if other.end <= token.start), key=lambda other: other.end, default=None)
    return "include" if before is not None and before.kind == "replace" else None


def _own_number(
    token: Token, mentions: list[Token], place: int, numbers: list[Token], *, each: bool = False
) -> Number | None:
    """Return the number that belongs to an indicator: the next before another indicator, else the one before it."""
    until = mentions[place + 1].start if place + 1 < len(mentions) else float("inf")
    after = [one for one in numbers if token.end <= one.start < until]
    if not after and each and numbers:
        after = numbers[-1:]
    before = [one for one in numbers if one.end <= token.start] if len(mentions) == 1 else []
    chosen = after[0] if after else before[-1] if before else None
    return chosen.number if chosen else None


def _weighed(token: Token, number: Number, clause: list[Token]) -> Wanted:
    kinds = [other.kind for other in clause]
    value, mention = int(number.value), _mention(token)
    if bound := next((_BOUNDS[kind] for kind in kinds if kind in _BOUNDS), None):
        return Wanted(ask=bound, mention=mention, value=value)
    if _WAYS.keys().isdisjoint(kinds) or "target_weight" in kinds:
        return Wanted(ask="set", mention=mention, value=value)
    return Wanted(ask="by", mention=mention, value=value * _direction(clause))


def _direction(clause: list[Token]) -> int:
    """Return 1 where a clause wants more, -1 where it wants less, 0 where it says neither."""
    return next((_WAYS[token.kind] for token in clause if token.kind in _WAYS), 0)


def _mention(token: Token) -> Mention:
    if token.mention is None:
        raise AssertionError("an indicator token carries its mention")
    return token.mention
