"""The offline interpreter: a message in, what it says out. Deterministic, and every reading keeps its words."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar

from assistant.language.offline.context import ContextReader, note_stage
from assistant.language.offline.lexicon import Hit, Lexicon, plain
from assistant.language.offline.names import Names, indicator_names, role_names, theme_names, title_of
from assistant.language.offline.numbers import numbers
from assistant.language.offline.strategy import Stated, StrategyReader, evidence
from assistant.language.offline.wanted import Token, clauses, count, no_data_words, unnamed, wanted
from assistant.language.reading import Command, Mention, Named, Reading, Wanted
from assistant.models import Count, Evidence
from knowledge.models import Catalogue, Language, Title
from knowledge.terms import Polarity

T = TypeVar("T")

COMMANDS: dict[str, Command] = {
    "undo": "undo",
    "reset": "reset",
    "help": "help",
    "alternatives": "alternatives",
    "compare": "compare",
    "why": "why",
    "why_not": "why_not",
    "show": "show",
    "quit": "quit",
    "define": "define",
    "decline": "decline",
    "border": "border",
}
# Commands over a card, the more particular first.
FORM_COMMANDS = ("repair", "review", "game", "readiness", "score", "export", "check")
WISHES = (
    "include",
    "exclude",
    "no_data",
    "raise",
    "lower",
    "target_weight",
    "weight_word",
    "target_talk",
    "at_least",
    "at_most",
    "items",
    "replace",
    "neutral",
)
# Commands that stand alone: beside other content their words mean something else.
ALONE = frozenset({"undo", "reset", "help", "quit", "show"})
# How alike a name and a priority must be to be compared by it.
ALIKE = 85.0
_BETWEEN = re.compile(r"和|与|跟|、|，|,|\band\b|\bvs\.?|\bversus\b|\bwith\b|\bcompare\b|对比|比较|一下")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[a-z]", re.IGNORECASE)


def language_of(text: str, otherwise: Language) -> Language:
    """Return the language a text is written in; what holds no letters keeps the language of the conversation."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LETTER.search(text) else otherwise


class Wishes(NamedTuple):
    """The wishes of a message, the places of the indicators they are about, and what in them was not recognised."""

    wishes: tuple[Wanted, ...]
    number: Count | None
    used: list[Hit]
    unread: tuple[str, ...]


class Reader:
    """Reads messages with the catalogue's words; its word lists are made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    @cached_property
    def roles(self) -> Names:
        return role_names(self.catalogue)

    @cached_property
    def indicators(self) -> Names:
        return indicator_names(self.catalogue)

    @cached_property
    def themes(self) -> Names:
        return theme_names(self.catalogue)

    @cached_property
    def _strategy(self) -> StrategyReader:
        return StrategyReader(self.catalogue)

    def _cues(self, ids: tuple[str, ...]) -> Lexicon:
        lists = self.catalogue.word_lists
        return Lexicon([(word, id) for id in ids for word in lists[id].words.all()])

    @cached_property
    def _commands(self) -> Lexicon:
        return self._cues(tuple(COMMANDS))

    @cached_property
    def _form_commands(self) -> Lexicon:
        return self._cues(FORM_COMMANDS)

    def form_commands(self, message: str) -> tuple[str, ...]:
        """Return the commands over a card that a message holds, the more particular first."""
        found = {meaning for hit in self._form_commands.find(plain(message)) for meaning in hit.meanings}
        return tuple(command for command in FORM_COMMANDS if command in found)

    @cached_property
    def _asking(self) -> Lexicon:
        return self._cues(("asking",))

    @cached_property
    def _drafting(self) -> Lexicon:
        return self._cues(("drafting",))

    @cached_property
    def _wishes(self) -> Lexicon:
        return self._cues(WISHES)

    @cached_property
    def _plain_wishes(self) -> Lexicon:
        """Words that leave no doubt that a wish follows, not a target."""
        return self._cues(("include", "exclude", "no_data", "weight_word"))

    @cached_property
    def _context(self) -> ContextReader:
        return ContextReader(self.catalogue)

    def read(self, message: str, language: Language, *, revising: bool = False) -> Reading:
        """Read one message; ``language`` is that of the conversation so far, ``revising`` says that a card is there.

        Beside a card a figure next to an indicator is a weight; without one, a high figure is a target.
        """
        text = plain(message)
        mentioned = [(hit, self._mention(hit)) for hit in self.indicators.lexicon.find(text)]
        commands = self._command_hits(text, [hit for hit, _ in mentioned])
        titles = self.roles.lexicon.find(text)
        stated = self._stated(text, titles)
        asked = self._wanted(text, mentioned, stated, commands, revising)
        used = asked.used
        # Beside a card, free words about an indicator are a wish; a fixed cue stays a priority.
        stated = [
            one
            for one in stated
            if not _inside(one.hit, used) and not (revising and one.thing and _overlaps(one.hit, used))
        ]
        taken = [*used, *(one.hit for one in stated)]
        role_hits = [hit for hit in titles if not _within_longer(hit, taken)]
        told = self._context.read(text, self._title(text, role_hits))
        # "Customers pay up front" says how they pay, not that cash is a priority.
        stated = [one for one in stated if not _overlaps(one.hit, told.places)]
        note_stage(told, stated)
        themes = _unique(one.id for one in stated if one.kind == "theme" and not one.negated)
        # What is said to change at all is a priority; a word that a priority uses is no mention of its own.
        asking = {"why", "why_not", "define"}.intersection(commands)
        free = [mention for hit, mention in mentioned if asking or not _inside(hit, [one.hit for one in stated])]
        return Reading(
            language=language_of(message, language),
            commands=commands,
            roles=tuple(self._named(hit) for hit in role_hits),
            themes=self._compared(text, themes) if "compare" in commands else themes,
            context=told.context,
            profile=told.profile,
            wanted=asked.wishes,
            mentions=tuple(free),
            count=asked.number,
            unread=asked.unread,
            asking="?" in text or "？" in text or bool(self._asking.find(text)),
            drafting=bool(self._drafting.find(text)),
            evidence=(*self._evidence(message, role_hits, stated, asked.wishes), *told.evidence),
        )

    def _stated(self, text: str, titles: list[Hit]) -> list[Stated]:
        """Return the priorities and stages; an object inside a title, as in "CRM manager", is no object of strategy."""
        return [
            one
            for one in self._strategy.read(text)
            if one.thing is None or not (_within_longer(one.thing, titles) or _crosses(one.thing, titles))
        ]

    def _mention(self, hit: Hit) -> Mention:
        meaning = self.indicators.of(hit)
        if meaning.question is not None:
            return Mention(words=hit.words, choices=meaning.question.choices, default=meaning.question.default)
        return Mention(words=hit.words, choices=(meaning.id,) if meaning.id else ())

    def _weighable(self, mention: Mention) -> bool:
        """Tell whether a bare figure may be a weight: beside a cost or a churn rate it is a ceiling to keep under."""
        return any(self.catalogue.indicators[id].polarity is Polarity.HIGHER for id in mention.choices)

    def _command_hits(self, text: str, mentioned: list[Hit]) -> tuple[Command, ...]:
        hits = self._commands.find(text)
        found = [(hit, COMMANDS[meaning]) for hit in hits for meaning in hit.meanings]
        rest = len(text.strip(" 。.!！?？")) - sum(hit.end - hit.start for hit, _ in found)
        alone = not mentioned and rest <= 12
        return _unique(command for _, command in found if command not in ALONE or alone)

    def _wanted(
        self,
        text: str,
        mentioned: list[tuple[Hit, Mention]],
        stated: list[Stated],
        commands: tuple[Command, ...],
        revising: bool,
    ) -> Wishes:
        if commands:
            return Wishes((), None, [], ())
        own = self._wishable(text, mentioned, stated, revising)
        wishes: list[Wanted] = []
        counted, used, unread = None, [], []
        for end, clause in clauses(text, self._tokens(text, own)):
            missing = unnamed(clause, text, end) if revising else None
            unread += [missing] if missing and not any(one.hit.start < end <= one.hit.end + 2 for one in stated) else []
            asked = wanted(clause, revising)
            wishes += asked
            about = {wish.mention for wish in asked}
            used += [hit for hit, mention in own if mention in about and any(t.start == hit.start for t in clause)]
            counted = counted or count(clause, text, alone=not mentioned)
        return Wishes(tuple(wishes), counted, used, tuple(unread))

    def _wishable(
        self, text: str, mentioned: list[tuple[Hit, Mention]], stated: list[Stated], revising: bool
    ) -> list[tuple[Hit, Mention]]:
        """Return the indicators that wishes can be about.

        One inside a longer statement of strategy is part of it; while drafting, inside any statement, unless a word
        leaves no doubt that a wish follows.
        """
        plainly = bool(self._plain_wishes.find(text))
        places = [one.hit for one in stated if not (revising and one.thing)]
        part_of = _within_longer if revising or plainly else _inside
        own = [(hit, mention) for hit, mention in mentioned if not part_of(hit, places)]
        return own if revising or plainly else [(hit, mention) for hit, mention in own if self._weighable(mention)]

    def _tokens(self, text: str, own: list[tuple[Hit, Mention]]) -> list[Token]:
        places = [hit for hit, _ in own]
        cues = [hit for hit in self._wishes.find(text) if not _overlaps(hit, places)]
        return [
            *(Token(hit.start, hit.end, "indicator", mention=mention) for hit, mention in own),
            *(Token(hit.start, hit.end, meaning) for hit in cues for meaning in hit.meanings),
            *(Token(one.start, one.end, "number", number=one) for one in numbers(text)),
            *no_data_words(text),
        ]

    def _title(self, text: str, role_hits: list[Hit]) -> tuple[Title, Hit] | None:
        """Return what the first title of a text says beside its role."""
        if not role_hits or (id := self.roles.of(role_hits[0]).id) is None:
            return None
        title = title_of(self.catalogue, id, text[role_hits[0].start : role_hits[0].end])
        return (title, role_hits[0]) if title else None

    def _compared(self, text: str, stated: tuple[str, ...]) -> tuple[str, ...]:
        """Return the priorities to compare: those stated, and those that are only named."""
        parts = [part.strip() for part in _BETWEEN.split(text)]
        named = [found[0].id for part in parts if part and (found := self.themes.search(part, most=1, least=ALIKE))]
        return _unique([*stated, *named])

    def _named(self, hit: Hit) -> Named:
        meaning = self.roles.of(hit)
        if meaning.question is not None:
            return Named(words=hit.words, choices=meaning.question.choices, default=meaning.question.default)
        return Named(words=hit.words, id=meaning.id)

    def _evidence(
        self, message: str, role_hits: list[Hit], stated: list[Stated], wishes: tuple[Wanted, ...]
    ) -> list[Evidence]:
        """Return what was read with the words as they were written."""
        found = []
        for hit in role_hits:
            meaning = self.roles.of(hit)
            found.append(evidence("role", meaning.id or "?", message[hit.start : hit.end]))
        found += [
            evidence("theme", one.id, message[one.hit.start : one.hit.end], one.negated)
            for one in stated
            if one.kind == "theme"
        ]
        kinds = {"exclude": "exclusion", "no_data": "no_data"}
        for wish in wishes:
            found.append(evidence(kinds.get(wish.ask, "pin"), wish.mention.usual, wish.mention.words))
        return found


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _inside(hit: Hit, others: list[Hit]) -> bool:
    return any(other.start <= hit.start and hit.end <= other.end for other in others)


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)


def _within_longer(hit: Hit, others: list[Hit]) -> bool:
    return any(
        other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for other in others
    )


def _crosses(hit: Hit, others: list[Hit]) -> bool:
    return any(
        hit.start < other.start < hit.end < other.end or other.start < hit.start < other.end < hit.end
        for other in others
    )
