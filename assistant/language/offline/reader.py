"""What a message says, by the catalogue's words. Deterministic, and every reading keeps its words."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple, TypeVar, get_args

from assistant.language.offline.context import ContextReader, Told, note_stage
from assistant.language.offline.lexicon import Hit, Lexicon, crosses, inside, overlaps, plain, within_longer
from assistant.language.offline.names import Names, indicator_names, role_names, theme_names, title_of
from assistant.language.offline.numbers import numbers
from assistant.language.offline.patterns import either
from assistant.language.offline.residue import Span, left, passed
from assistant.language.offline.strategy import Stated, StrategyReader, evidence
from assistant.language.offline.titles import particular
from assistant.language.offline.wishes import Mentioned, Wishes, WishReader
from assistant.language.reading import Command, Mention, Named, Reading
from assistant.models import Evidence
from knowledge.models import Catalogue, Language, Title

T = TypeVar("T")
_PREPOSITION = 2
"""Letters of words like "to" and "at", which stand in any clause."""

COMMANDS: tuple[Command, ...] = get_args(Command)
# Commands over a card, the more particular first.
FORM_COMMANDS = ("repair", "review", "game", "readiness", "score", "export", "check")
# Commands that stand alone: beside other content their words mean something else.
ALONE = frozenset({"undo", "reset", "help", "quit", "show"})
_BESIDE = 12
"""Characters that may stand beside such a command."""
# How alike a name and a priority must be to be compared by it.
ALIKE = 85.0
# What stands between two things that are compared: 回款还是毛利, "cash versus growth".
_BETWEEN = re.compile(
    either(
        r"\bnext to\b|\bplease\b|\bfor this job\b|\bagainst\b|[?？.。]|\bor\b",
        r"还是|跟|和|与|跟|、|，|,",
        r"\band\b|\bvs\.?|\bversus\b|\bwith\b|\bcompare\b",
        r"对比|比较|一下",
    )
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+")
# "What matters now is cash" asks nothing.
_STATING = re.compile(r"\s+(?:matters?|counts?|(?:we|i) (?:want|need))\b")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[a-z]", re.IGNORECASE)


def language_of(text: str, otherwise: Language) -> Language:
    """Return the language a text is written in; what holds no letters keeps the language of the conversation."""
    if _HAN.search(text):
        return "zh"
    return "en" if _LETTER.search(text) else otherwise


class _Found(NamedTuple):
    """What the words of a message were taken for, in their places."""

    commands: tuple[Command, ...]
    mentioned: Mentioned
    titles: list[Hit]
    """All titles; ``roles`` are those that no priority or wish takes for itself."""
    roles: list[Hit]
    stated: list[Stated]
    wishes: Wishes
    told: Told

    @property
    def themes(self) -> tuple[str, ...]:
        return _unique(one.id for one in self.stated if one.kind == "theme" and not one.negated)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The indicators named; what is said to change at all is a priority, and a word it uses no mention of its own.

        A question about an indicator is about it all the same.
        """
        asking = not {"why", "why_not", "define"}.isdisjoint(self.commands)
        places = [] if asking else [one.hit for one in self.stated]
        return tuple(mention for hit, mention in self.mentioned if not inside(hit, places))


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

    @cached_property
    def _wishes(self) -> WishReader:
        return WishReader(self.catalogue)

    @cached_property
    def _context(self) -> ContextReader:
        return ContextReader(self.catalogue)

    @cached_property
    def _commands(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, COMMANDS)

    @cached_property
    def _form_commands(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, FORM_COMMANDS)

    @cached_property
    def _asking(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, ("asking",))

    @cached_property
    def _advice(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, ("advice",))

    @cached_property
    def _drafting(self) -> Lexicon:
        return Lexicon.of_lists(self.catalogue, ("drafting",))

    def form_commands(self, message: str) -> tuple[str, ...]:
        """Return the commands over a card that a message holds, the more particular first."""
        text = plain(message)
        names = self.indicators.lexicon.find(text)
        hits = [hit for hit in self._form_commands.find(text) if not inside(hit, names)]
        found = {meaning for hit in hits for meaning in hit.meanings}
        return tuple(command for command in FORM_COMMANDS if command in found)

    def form_wish(self, message: str) -> bool:
        """Tell whether a message beside a card wishes for a change of it."""
        reading = self.read(message, "en", revising=True)
        return bool(reading.wanted or reading.count)

    def read(self, message: str, language: Language, *, revising: bool = False) -> Reading:
        """Read one message; ``language`` is that of the conversation so far, ``revising`` says that a card is there.

        Beside a card a figure next to an indicator is a weight; without one, a high figure is a target.
        """
        text = plain(message)
        found = self._found(text, revising)
        accounted = self._accounted(text, found)
        return Reading(
            language=language_of(message, language),
            commands=found.commands,
            roles=tuple(self._named(hit) for hit in found.roles),
            themes=self._compared(text, found.themes) if "compare" in found.commands else found.themes,
            context=found.told.context,
            profile=found.told.profile,
            wanted=found.wishes.wanted,
            mentions=found.mentions,
            count=found.wishes.number,
            unread=found.wishes.unread,
            asking="?" in text or "？" in text or any(_asks(text, hit) for hit in self._asking.find(text)),
            advice=bool(self._advice.find(text)),
            drafting=bool(self._drafting.find(text)),
            evidence=(*self._evidence(message, found), *found.told.evidence),
            left=left(message, accounted),
            passed=passed(message, [span for span in accounted if _telling(text, span)]),
        )

    def _found(self, text: str, revising: bool) -> _Found:
        mentioned = [(hit, self._mention(hit)) for hit in self.indicators.lexicon.find(text)]
        commands = self._command_hits(text, mentioned)
        titles = particular(text, self.roles.lexicon.find(text), revising)
        stated = self._stated(text, titles)
        wishes = Wishes() if commands else self._wishes.read(text, mentioned, stated, revising)
        stated = [one for one in stated if not _wished(one, wishes.used, revising)]
        roles = [hit for hit in titles if not within_longer(hit, [*wishes.used, *(one.hit for one in stated)])]
        told = self._context.read(text, self._title(text, roles))
        # "Customers pay up front" says how they pay, not that cash is a priority.
        terms = [hit for hit in told.places if not hit.meanings[0].startswith("motion")]
        stated = [one for one in stated if not overlaps(one.hit, terms)]
        note_stage(told, stated)
        return _Found(commands, mentioned, titles, roles, stated, wishes, told)

    def _accounted(self, text: str, found: _Found) -> list[Span]:
        """Return the places of all that something was read from."""
        lexicons = [self._commands, self._form_commands, self._asking, self._drafting]
        figures: list[Span] = []
        if found.wishes.wanted or found.wishes.number:
            lexicons.append(self._wishes.cues)
            figures = [(one.start, one.end) for one in numbers(text)]
        hits = [*found.titles, *(hit for hit, _ in found.mentioned), *(one.hit for one in found.stated)]
        hits += [*found.told.places, *(hit for lexicon in lexicons for hit in lexicon.find(text))]
        return [*((hit.start, hit.end) for hit in hits), *figures]

    def _stated(self, text: str, titles: list[Hit]) -> list[Stated]:
        """Return the priorities and stages; an object inside a title, as in "CRM manager", is no object of strategy."""
        return [
            one
            for one in self._strategy.read(text)
            if one.thing is None or not (within_longer(one.thing, titles) or crosses(one.thing, titles))
        ]

    def _mention(self, hit: Hit) -> Mention:
        meaning = self.indicators.of(hit)
        if meaning.question is not None:
            return Mention(words=hit.words, choices=meaning.question.choices, default=meaning.question.default)
        return Mention(words=hit.words, choices=(meaning.id,) if meaning.id else ())

    def _named(self, hit: Hit) -> Named:
        meaning = self.roles.of(hit)
        if meaning.question is not None:
            return Named(words=hit.words, choices=meaning.question.choices, default=meaning.question.default)
        return Named(words=hit.words, id=meaning.id)

    def _command_hits(self, text: str, mentioned: Mentioned) -> tuple[Command, ...]:
        found = [(hit, command) for hit in self._commands.find(text) for command in COMMANDS if command in hit.meanings]
        rest = len(text.strip(" 。.!！?？")) - sum(hit.end - hit.start for hit, _ in found)
        alone = not mentioned and rest <= _BESIDE
        return _unique(command for _, command in found if command not in ALONE or alone)

    def _title(self, text: str, roles: list[Hit]) -> tuple[Title, Hit] | None:
        """Return what the first title of a text says beside its role."""
        if not roles or (id := self.roles.of(roles[0]).id) is None:
            return None
        title = title_of(self.catalogue, id, text[roles[0].start : roles[0].end])
        return (title, roles[0]) if title else None

    def _compared(self, text: str, stated: tuple[str, ...]) -> tuple[str, ...]:
        """Return the priorities to compare: those stated, and those that are only named."""
        parts = [_ARTICLE.sub("", part.strip()) for part in _BETWEEN.split(text)]
        named = [found[0].id for part in parts if part and (found := self.themes.search(part, most=1, least=ALIKE))]
        return _unique([*stated, *named])

    def _evidence(self, message: str, found: _Found) -> list[Evidence]:
        """Return what was read with the words as they were written."""
        kinds = {"exclude": "exclusion", "no_data": "no_data"}
        roles = [(hit, self.roles.of(hit).id or "?") for hit in found.roles]
        themes = [one for one in found.stated if one.kind == "theme"]
        return [
            *(evidence("role", id, message[hit.start : hit.end]) for hit, id in roles),
            *(evidence("theme", one.id, message[one.hit.start : one.hit.end], one.negated) for one in themes),
            *(
                evidence(kinds.get(wish.ask, "pin"), wish.mention.usual, wish.mention.words)
                for wish in found.wishes.wanted
            ),
        ]


def _wished(one: Stated, used: tuple[Hit, ...], revising: bool) -> bool:
    """Tell whether what was taken for a priority is part of a wish.

    Beside a card, free words about an indicator are one; a fixed cue stays a priority.
    """
    return inside(one.hit, used) or (revising and one.thing is not None and overlaps(one.hit, used))


def _telling(text: str, span: Span) -> bool:
    """Tell whether a word that was read says something by itself, as "to" does not."""
    words = text[span[0] : span[1]]
    return len(words) > _PREPOSITION or not words.isalpha() or not words.isascii()


def _unique(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _asks(text: str, hit: Hit) -> bool:
    """Tell whether a question word asks: "what matters is cash" states something."""
    return _STATING.match(text, hit.end) is None
