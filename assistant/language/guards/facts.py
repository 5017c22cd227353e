"""What a turn has decided, taken apart so that a sentence about it can be held against it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.conversation import Reply
from assistant.language.guards.lines import Line, lines
from assistant.language.guards.naming import Mention, Naming, any_of, clear
from assistant.language.guards.numerals import Figure, codes, figures
from assistant.language.offline.lexicon import Hit
from assistant.language.offline.names import Names
from assistant.models import Scorecard
from knowledge.models import Catalogue, Language

ORDINARY_PARTIES = frozenset({"customer", "delivery", "self"})
"""Departments whose names are words like others."""
NO_KPI = ""
"""The key of limits whatever they are about."""
_SEGMENT = re.compile(r"[、，,;；。！？|]|\.(?=\s|$)|\s(?:and|or)\s")


@dataclass(frozen=True)
class Facts:
    """Numbers, names and texts of a result; ``figures`` says which of the numbers belong to which KPI."""

    language: Language
    lines: tuple[str, ...]
    naming: Naming
    figures: dict[str, frozenset[float]]
    limits: dict[str, frozenset[float]]
    """Figures of rules and notes about a KPI, such as the most that it should carry; its weight is none of them."""
    moves: dict[str, frozenset[tuple[float, float]]]
    """Weights before and after, by KPI."""
    weights: dict[str, float]
    """Weights of the card in hand."""
    numbers: frozenset[float]
    general: frozenset[float]
    """Numbers that belong to no one KPI, such as totals."""
    known: frozenset[str]
    """Keys of the KPIs that the result names."""
    parties: re.Pattern[str]
    """The departments there are, whether the result names them or not."""
    quoting: bool
    """Whether it is an answer from documents, of which the wording has to stay near."""

    @cached_property
    def text(self) -> str:
        return clear("\n".join(self.lines))

    @cached_property
    def words(self) -> frozenset[str]:
        """The Latin words of the result."""
        return frozenset(re.findall(r"[a-z]+(?:['’][a-z]+)?", self.text))

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(codes(self.text))


def facts(replies: Iterable[Reply], catalogue: Catalogue, names: Names) -> Facts:
    """Return the facts of the replies that prose may be written about."""
    told = tuple(replies)
    found = list(dict.fromkeys(line for reply in told for line in lines(reply, catalogue)))
    own = tuple(dict.fromkeys(name for reply in told for name in _own_names(reply)))
    taken = _Taken(Naming(names, own, _beside(catalogue, told[0].language)))
    for line in found:
        taken.add(line)
    return Facts(
        language=told[0].language,
        lines=tuple(line.text for line in found),
        naming=taken.naming,
        figures={key: frozenset(values) for key, values in taken.figures.items()},
        limits={key: frozenset(values) for key, values in taken.limits.items()},
        moves={key: frozenset(values) for key, values in taken.moves.items()},
        weights={key: weight for reply in told for key, weight in _weights(reply, taken.naming)},
        numbers=frozenset(taken.numbers),
        general=frozenset(taken.general),
        known=frozenset(taken.known),
        parties=any_of(tuple(_parties(catalogue, told[0].language))),
        quoting=any(reply.answer is not None for reply in told),
    )


class _Taken:
    """What has been taken from the lines so far."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self.numbers: set[float] = set()
        self.figures: dict[str, set[float]] = defaultdict(set)
        self.limits: dict[str, set[float]] = defaultdict(set)
        self.moves: dict[str, set[tuple[float, float]]] = defaultdict(set)
        self.general: set[float] = set()
        self.known: set[str] = set()

    def add(self, line: Line) -> None:
        text = clear(line.text)
        mentions = self.naming.mentions(text)
        self.known.update(key for one in mentions for key in one.keys)
        # A priority names what it is about: prose on it may do so too.
        self.known.update(key for hit in self.naming.names.lexicon.find(text) for key in self._all(hit))
        self.known.update(self._owner(line))
        self.numbers.update(_values(self._figures(text)))
        if line.weighs and line.about:
            self._own(self._owner(line), self._figures(text))
        elif line.weighs:
            self._by_segment(text)
        else:
            for key in (*self._owner(line), *_keys(mentions), NO_KPI):
                self.limits[key].update(_values(self._figures(text)))

    def _all(self, hit: Hit) -> tuple[str, ...]:
        return self.naming.keys(hit.words, hit.meanings)

    def _owner(self, line: Line) -> tuple[str, ...]:
        keys = [
            key
            for name in line.about
            for key in ((name,) if name in self.naming.names.lexicon.ids else self.naming.keys(clear(name)))
        ]
        return tuple(dict.fromkeys(keys))

    def _by_segment(self, text: str) -> None:
        """Give figures to the KPIs named beside them; to the only one named, where there is one."""
        named = self.naming.mentions(text)
        if len({one.keys for one in named}) == 1:
            self._own(_keys(named), self._figures(text))
            return
        for part in _SEGMENT.split(text):
            here, values = self.naming.mentions(part), self._figures(part)
            if here:
                self._own(_keys(here), values)
            else:
                self.general.update(_values(one for one in values if one.weight))

    def _own(self, keys: tuple[str, ...], found: list[Figure]) -> None:
        values = _values(found)
        for key in keys:
            self.figures[key].update(values)
            self.moves[key].update(pairwise(values))

    def _figures(self, text: str) -> list[Figure]:
        """Return the figures of a text, those inside of names left out."""
        bare = self.naming.uncounted(text)
        for name in sorted(self.naming.untold, key=len, reverse=True):
            bare = bare.replace(name, " " * len(name))
        return figures(bare)


def _values(found: Iterable[Figure]) -> list[float]:
    return [one.value for one in found if one.value is not None]


def _beside(catalogue: Catalogue, language: Language) -> dict[str, str]:
    """Return the names that are none of KPIs although they hold their words."""
    others = [
        *(theme.name for theme in catalogue.themes.values()),
        *(role.name for role in catalogue.roles.values()),
    ]
    dimensions = {text.say(language): f"dimension:{id}" for id, text in catalogue.terms["dimension"].items()}
    return {**{name.say(language): "" for name in others}, **dimensions}


def _parties(catalogue: Catalogue, language: Language) -> Iterator[str]:
    for id, name in catalogue.terms["party"].items():
        if id not in ORDINARY_PARTIES:
            yield clear(name.say(language))


def _keys(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in mentions for key in one.keys))


def _cards(reply: Reply) -> Iterator[Scorecard]:
    if reply.suggestion is not None:
        yield reply.suggestion.scorecard
    if reply.repaired is not None:
        yield reply.repaired.scorecard
    if reply.review is not None:
        yield reply.review.proposal
    if reply.checked is not None:
        yield reply.checked.scorecard
    if reply.held is not None:
        yield reply.held.card


def _own_names(reply: Reply) -> Iterator[str]:
    for card in _cards(reply):
        for item in card.items:
            yield from (item.name.zh, item.name.en)


def _weights(reply: Reply, naming: Naming) -> Iterator[tuple[str, float]]:
    card = next(_cards(reply), None)
    for item in card.items if card else ():
        keys = (*((item.indicator,) if item.indicator else ()), *naming.keys(clear(item.name.say(reply.language))))
        yield from ((key, float(item.points)) for key in keys)
