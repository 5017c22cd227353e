"""Wishes in a message: indicators on, off or weighed otherwise, the number of lines, and what was not recognised."""

from functools import cached_property
from typing import NamedTuple

from assistant.language.offline.clauses import Token, clauses, no_data_words, transfers, unnamed
from assistant.language.offline.counting import count, of_things, one_line
from assistant.language.offline.lexicon import Hit, Lexicon, inside, overlaps, within_longer
from assistant.language.offline.numbers import numbers
from assistant.language.offline.strategy import Stated
from assistant.language.offline.wanted import wanted
from assistant.language.reading import Mention, Wanted
from assistant.models import Count
from knowledge.models import Catalogue
from knowledge.terms import Polarity

WISHES = (
    "include", "exclude", "no_data", "raise", "lower", "target_weight", "weight_word", "target_talk", "at_least",
    "at_most", "items", "replace", "neutral", "put_on", "put_off_card", "slightly", "heavier", "lighter", "each",
    "in_place_of", "emphasis",
)  # fmt: skip
# Words that leave no doubt that a wish follows, not a target.
PLAIN = ("include", "exclude", "no_data", "weight_word")
Mentioned = list[tuple[Hit, Mention]]


class Wishes(NamedTuple):
    """The wishes of a message, the places of the indicators they are about, and what in them was not recognised."""

    wanted: tuple[Wanted, ...] = ()
    number: Count | None = None
    used: tuple[Hit, ...] = ()
    unread: tuple[str, ...] = ()


class WishReader:
    """Reads wishes clause by clause."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def cues(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, WISHES)

    @cached_property
    def _plain(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, PLAIN)

    def read(self, text: str, mentioned: Mentioned, stated: list[Stated], revising: bool) -> Wishes:
        """Read the wishes of a plain text; ``revising`` says that a card is there."""
        own = self._wishable(text, mentioned, stated, revising)
        found: list[Wanted] = []
        counted, used, unread = None, [], []
        for end, clause in clauses(text, self._tokens(text, own)):
            missing = unnamed(clause, text, end) if revising else None
            if missing and not any(one.hit.start < end <= one.hit.end + 2 for one in stated):
                unread.append(missing)
            asked = wanted(clause, revising)
            found += asked
            used += _used(own, asked, clause)
            counted = counted or count(clause, text, alone=not mentioned)
        return Wishes(tuple(found), counted, tuple(used), tuple(unread))

    def _wishable(self, text: str, mentioned: Mentioned, stated: list[Stated], revising: bool) -> Mentioned:
        """Return the indicators that wishes can be about.

        One inside a longer statement of strategy is part of it; while drafting, inside any statement, unless a word
        leaves no doubt that a wish follows.
        """
        sure = revising or bool(self._plain.find(text))
        places = [one.hit for one in stated if not (revising and one.thing)]
        part_of = within_longer if sure else inside
        own = [(hit, mention) for hit, mention in mentioned if not part_of(hit, places)]
        return own if sure else [(hit, mention) for hit, mention in own if self._weighable(mention)]

    def _weighable(self, mention: Mention) -> bool:
        """Tell whether a bare figure may be a weight: beside a cost or a churn rate it is a ceiling to keep under."""
        return any(self.catalogue.indicators[id].polarity is Polarity.HIGHER for id in mention.choices)

    def _tokens(self, text: str, own: Mentioned) -> list[Token]:
        places = [hit for hit, _ in own]
        cues = [hit for hit in self.cues.find(text) if not overlaps(hit, places)]
        figures = [one for one in numbers(text) if not (one_line(text, one) or of_things(text, one))]
        return [
            *(Token(hit.start, hit.end, "indicator", mention=mention) for hit, mention in own),
            *(Token(hit.start, hit.end, meaning) for hit in cues for meaning in hit.meanings),
            *(Token(one.start, one.end, "number", number=one) for one in figures),
            *no_data_words(text),
            *transfers(text),
        ]


def _used(own: Mentioned, asked: list[Wanted], clause: list[Token]) -> list[Hit]:
    """Return the places of the indicators that the wishes of a clause are about."""
    about, starts = {wish.mention for wish in asked}, {token.start for token in clause}
    return [hit for hit, mention in own if mention in about and hit.start in starts]
