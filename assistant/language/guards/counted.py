"""Figures of a sentence held against those of the result; each function tells whether one is wrong."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.language.guards.facts import NO_KPI
from assistant.language.guards.naming import Mention
from assistant.language.guards.numerals import Figure, codes
from assistant.language.guards.said import Said

_MOVING = re.compile(
    r"\bfrom\b|[由从]|→|->|(?:rises?|falls?|moves?|goes|up|down|提高|下降|降低|上调|下调|改|调)\S{0,3}\s*(?:to|到|至|为)"
)
_HEAVIEST = re.compile(
    r"(?:权重|占比|分量)(?:都|也|为|是)?最(?:高|大|重|多)|最重的|占(?:得)?最[多大]"
    r"|\b(?:highest|largest|biggest|greatest|heaviest|most)\b.{0,12}\bweight|\bheaviest\b|\bweigh\w* (?:the )?most\b"
    r"|\bmost weight\b"
)
_TOTAL = re.compile(
    r"合计|总计|总和|总共|满分|加起来|共|\b(?:adds? up|adding up|in all|in total|total|sums?|out of|altogether)\b"
)
_LIMIT = re.compile(
    r"上限|下限|不超过|不低于|不高于|超过|超出|低于|高于|一般|通常|最[多少]|至[多少]"
    r"|\b(?:limits?|at most|at least|usual(?:ly)?|normal(?:ly)?|cap(?:ped)?|maximum|minimum|above|below|over|under"
    r"|exceeds?)\b"
)
_BEYOND = re.compile(
    r"(?:\b(?:exceed\w*|above|beyond|more than|over|past|other than)|超过|高于|大于|突破|不必等于|不用等于|可以不是)"
    r"\s*(?:the )?(?:100|百分之百|一百|one hundred)"
)


def number(said: Said) -> bool:
    """Every figure stands in the result."""
    known = said.facts.numbers
    if any(one.value is None or not _close(one.value, known) for one in said.figures):
        return True
    odd = any(
        letter.isnumeric() and not letter.isdecimal() and not "\u4e00" <= letter <= "\u9fff" for letter in said.plain
    )
    return odd or any(code not in said.facts.codes for code in codes(said.facts.naming.uncounted(said.plain)))


def pair(said: Said) -> bool:
    """A weight stands beside the KPI it belongs to; where none is named, it is one of the card as a whole."""
    weights = [one for one in said.figures if one.weight and not _is_total(one, said.plain)]
    if not weights:
        return False
    if not said.mentions:
        return not all(_general(one, said) for one in weights)
    # "35% for revenue" reads the other way round than "revenue 35%".
    backwards = weights[0].start < said.mentions[0].start and weights[-1].start < said.mentions[-1].start
    return not _consistent(said, weights, names_first=not backwards)


def move(said: Said) -> bool:
    """A change goes from what the weight was to what it is, not the other way round."""
    ids = {one.keys for one in said.mentions}
    weights = [one for one in said.figures if one.weight]
    if len(ids) != 1 or len(weights) != 2 or not _MOVING.search(said.plain):
        return False
    moved = {pair for key in next(iter(ids)) for pair in said.facts.moves.get(key, ())}
    return bool(moved) and (weights[0].value, weights[1].value) not in moved


def heaviest(said: Said) -> bool:
    """What is called the heaviest is."""
    weights = said.facts.weights
    if not weights or not said.mentions or not _HEAVIEST.search(said.bare):
        return False
    most = max(weights.values())
    return not any(weights.get(key) == most for one in said.mentions for key in one.keys)


def beyond(said: Said) -> bool:
    """The weights of a card make 100, no more and no less."""
    return bool(_BEYOND.search(said.plain))


def _is_total(one: Figure, text: str) -> bool:
    """Tell whether a figure is the 100 that the weights make together."""
    near = f"{text[max(0, one.start - 16) : one.start]}|{text[one.end : one.end + 10]}"
    return one.value == 100 and bool(_TOTAL.search(near))


def _consistent(said: Said, weights: list[Figure], *, names_first: bool) -> bool:
    """Tell whether each weight belongs to a KPI of its group: names and then their weights, or the reverse."""
    for names, values in _groups(said.mentions, weights, names_first=names_first):
        if not names:
            if not all(_general(one, said) for one in values):
                return False
        elif not _belong(said, names, values):
            return False
    return True


def _belong(said: Said, names: Sequence[Mention], values: Sequence[Figure]) -> bool:
    if len(names) == len(values):
        return all(_of(said, [name], value) for name, value in zip(names, values, strict=True))
    return all(_of(said, names, one) for one in values)


def _of(said: Said, names: Iterable[Mention], one: Figure) -> bool:
    """Tell whether a figure is one of the KPIs' own or, said as a limit, one of a rule about them."""
    keys = [key for each in names for key in each.keys]
    known = {value for key in keys for value in said.facts.figures.get(key, ())}
    if _is_limit(one, said.plain):
        known.update(value for key in keys for value in said.facts.limits.get(key, ()))
    return _close(one.value, known)


def _general(one: Figure, said: Said) -> bool:
    limits = said.facts.limits.get(NO_KPI, frozenset()) if _is_limit(one, said.plain) else frozenset()
    return _close(one.value, said.facts.general | limits)


def _is_limit(one: Figure, text: str) -> bool:
    return bool(_LIMIT.search(f"{text[max(0, one.start - 28) : one.start]}|{text[one.end : one.end + 16]}"))


def _groups(
    mentions: Sequence[Mention], weights: Sequence[Figure], *, names_first: bool
) -> list[tuple[list[Mention], list[Figure]]]:
    """Return runs of names with the weights behind them, or before them."""
    tokens: list[Mention | Figure] = sorted([*mentions, *weights], key=lambda one: one.start)
    runs = [list(run) for _, run in groupby(tokens, key=lambda one: isinstance(one, Mention))]
    found: list[tuple[list[Mention], list[Figure]]] = []
    for run in runs:
        names = [one for one in run if isinstance(one, Mention)]
        values = [one for one in run if isinstance(one, Figure)]
        closes = values if names_first else names
        if found and closes and not found[-1][1 if names_first else 0]:
            found[-1][1 if names_first else 0].extend(closes)  # type: ignore[arg-type]
        else:
            found.append((names, values))
    return [group for group in found if group[1]]


def _close(value: float | None, known: Iterable[float]) -> bool:
    return value is not None and any(abs(abs(value) - one) < 0.005 for one in known)
