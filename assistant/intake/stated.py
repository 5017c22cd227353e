"""What a form states about its position: the role, the rule set, the priorities, the circumstances."""

from dataclasses import dataclass
from functools import cached_property

from assistant.circumstances import circumstances
from assistant.errors import AmbiguousName, ScorecraftError, UnknownName
from assistant.intake.cells.bilingual import both, sides
from assistant.intake.cells.listing import listed_in, name_key
from assistant.intake.grids import Note
from assistant.language.offline.context import LONGEST_CYCLE
from assistant.language.offline.lexicon import plain
from assistant.language.offline.reader import Reader
from assistant.models import USUAL_PROFILE, Context
from assistant.requests import Understander, clean, merged
from knowledge.models import Catalogue, Language, Text
from knowledge.terms import BusinessModel, Motion, Tenure


@dataclass(frozen=True)
class StatedReader:
    """Reads the fields of forms; what is unclear is noted and left open, never guessed."""

    catalogue: Catalogue
    reader: Reader
    understander: Understander

    def role(self, title: str, language: Language) -> tuple[str | None, list[Note]]:
        if not title.strip():
            return None, []
        try:
            role, assumed = self.understander.role(clean(title), language)
        except (AmbiguousName, UnknownName) as error:
            return None, [Note("intake.role_open", {"title": title, "why": error.say(language)})]
        return role, [Note("intake.said", {"text": text}) for text in assumed]

    def titled(self, titles: tuple[str, ...]) -> tuple[str, list[Note]]:
        """Return the position that titles name for certain, in their words, and a note of what they say."""
        named = [(title, hit) for title in titles for hit in self.reader.roles.lexicon.find(plain(title))]
        meanings = [self.reader.roles.of(hit) for _, hit in named]
        if not named:
            return "", []
        title, hit = named[0]
        if len({meaning.id for meaning in meanings}) > 1 or meanings[0].id is None:
            return "", [Note("intake.title_open", {"title": title})]
        return title[hit.start : hit.end], [Note("intake.title_role", {"title": title})]

    def role_named(self, title: str) -> str | None:
        """Return the role whose own name a title is, in one language or in both."""
        return self._roles.get(name_key(title))

    def themes(self, strategy: str | None, language: Language) -> tuple[tuple[str, ...], Context]:
        """Return the priorities of a text, by their names or in free words, and what it says about the position."""
        if not strategy or not strategy.strip():
            return (), Context()
        for side in sides(strategy):
            if (named := listed_in(side, self._themes)) is not None:
                return tuple(dict.fromkeys(named)), Context()
        reading = self.understander.strategy(clean(strategy), language)
        return reading.themes, reading.context

    def context(self, stated: str, language: Language) -> Context:
        """Return what a text says about the position: in our own words part by part, in others as a message is read."""
        for side in sides(stated):
            if (named := listed_in(side, self._contexts)) is not None:
                return merged(*named)
        return self.reader.read(clean(stated), language).context if stated.strip() else Context()

    def profile(self, stated: str, notes: list[Note]) -> str:
        for side in filter(str.strip, sides(stated)):
            try:
                return self.understander.profile(side)
            except ScorecraftError:
                continue
        if stated.strip():
            notes.append(Note("intake.profile_open", {"profile": stated}))
        return USUAL_PROFILE

    @cached_property
    def _roles(self) -> dict[str, str]:
        return _named({id: role.name for id, role in self.catalogue.roles.items()})

    @cached_property
    def _themes(self) -> dict[str, str]:
        return _named({id: theme.name for id, theme in self.catalogue.themes.items()})

    @cached_property
    def _contexts(self) -> dict[str, Context]:
        """Everything that can be known about a position, by its words."""
        found: dict[str, Context] = {}
        for context in _each_context(self.catalogue):
            for text in circumstances(context, self.catalogue):
                for said in (text.zh, text.en):
                    found.setdefault(name_key(said), context)
        return found


def _named(names: dict[str, Text]) -> dict[str, str]:
    """Return ids by name in one language, and in both behind one another."""
    sayings = {id: (text.zh, text.en, f"{text.zh} / {text.en}", both(text)) for id, text in names.items()}
    return {name_key(said): id for id, said_so in sayings.items() for said in said_so}


def _each_context(catalogue: Catalogue) -> list[Context]:
    return [
        *(Context(motion=one) for one in Motion),
        *(Context(business_model=one) for one in BusinessModel),
        *(Context(tenure=one) for one in Tenure),
        *(Context(stage=one) for one in catalogue.stages),
        *(Context(cycle_months=months) for months in range(LONGEST_CYCLE + 1)),
        *(Context(on_credit=said) for said in (True, False)),
        *(Context(commission=said) for said in (True, False)),
        *(Context(own_quota=weight) for weight in range(1, 101)),
    ]
