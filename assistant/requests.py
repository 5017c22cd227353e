"""A request in a person's or a program's own words, and the brief it comes to."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.errors import AmbiguousName, BadInput, UnknownName
from assistant.language.offline.lexicon import plain
from assistant.language.offline.names import Meaning
from assistant.language.offline.reader import Reader, language_of
from assistant.language.reading import Mention, Reading, Wanted
from assistant.models import USUAL_PROFILE, Brief, Context, Count, Evidence, Exclusion, Pin
from assistant.wording import worded
from knowledge.models import Catalogue, Frozen, Language, Text

MOST_TEXT = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = re.compile(r"[^\S\n]{2,}")
# A name with a weight: after a sign, or as a per cent.
_PIN = re.compile(r"^(?P<name>.+?)\s*(?:(?P<sign>=|>=|<=|≥|≤|:)\s*|(?=[0-9]{1,3}\s*%$))(?P<value>[0-9]{1,3})\s*%?$")
_SIGN = re.compile(r"[=<>≥≤:]")


class Request(Frozen):
    """One brief as programs write it: names or ids in either language, the strategy as free text or ids."""

    role: str
    strategy: str = ""
    profile: str = USUAL_PROFILE
    language: Language | None = None
    context: Context = Context()
    count: Annotated[int, Field(ge=1, le=100)] | None = None
    pins: tuple[str, ...] = ()
    """Indicators that must stand on the card: ``collection_rate``, ``回款率=25``, ``NPS>=10``."""
    exclude: tuple[str, ...] = ()
    no_data: tuple[str, ...] = ()
    """Indicators for which there is no data."""


@dataclass(frozen=True)
class Understanding:
    """A brief with the words it was read from and what was assumed on the way."""

    brief: Brief
    evidence: tuple[Evidence, ...]
    assumptions: tuple[str, ...]
    language: Language


def clean(text: str, *, lines: bool = False) -> str:
    """Return a text without control characters and runs of blanks; ``lines`` keeps what makes up a table.

    ``BadInput`` where it is too long.
    """
    if len(text) > MOST_TEXT:
        raise BadInput("error.too_long", length=len(text), most=MOST_TEXT)
    bare = _CONTROL.sub(" ", text)
    return bare if lines else _BLANKS.sub(" ", bare)


class Understander:
    """Turns requests and readings into briefs."""

    def __init__(self, catalogue: Catalogue, reader: Reader) -> None:
        self.catalogue, self.reader = catalogue, reader

    def understand(self, request: Request) -> Understanding:
        """Resolve every name of a request; ``UnknownName`` or ``AmbiguousName`` where one leads nowhere or two ways."""
        title, strategy = clean(request.role), clean(request.strategy)
        language = request.language or language_of(strategy + title, "en")
        role, assumptions = self.role(title, language)
        reading = self.strategy(strategy, language)
        told = self.reader.read(title, language)
        pins = [self._pin(text) for text in request.pins]
        exclusions = [Exclusion(indicator=self.indicator(clean(name))) for name in request.exclude]
        missing = [Exclusion(indicator=self.indicator(clean(name)), cause="no_data") for name in request.no_data]
        brief = Brief(
            role=role,
            themes=reading.themes,
            profile=self.profile(clean(request.profile)),
            context=merged(told.context, reading.context, self._known_stage(request.context)),
            pins=tuple(pins),
            exclusions=(*exclusions, *missing),
            count=Count(at_least=request.count, at_most=request.count) if request.count else None,
        )
        brief = self.with_wishes(brief, reading.wanted, {})
        known = Evidence(kind="role", id=role, words=title)
        told_context = tuple(one for one in told.evidence if one.kind == "context")
        read = tuple(one for one in reading.evidence if one.kind != "role")
        return Understanding(brief, (known, *told_context, *read), assumptions, language)

    def role(self, title: str, language: Language) -> tuple[str, tuple[str, ...]]:
        """Return the role of a title, and what was assumed where the title leaves it open."""
        meaning = self.reader.roles.meaning(title)
        if meaning.question is not None and meaning.question.default is not None:
            default = meaning.question.default
            others = tuple(self.catalogue.roles[id].name for id in meaning.question.choices if id != default)
            said = worded("assumed.role", language, title=title, role=self.catalogue.roles[default].name, others=others)
            return default, (said,)
        return self._one("role", meaning, {id: role.name for id, role in self.catalogue.roles.items()}), ()

    def indicator(self, name: str) -> str:
        meaning = self.reader.indicators.meaning(name)
        if meaning.question is not None and meaning.question.default is not None:
            return meaning.question.default
        return self._one("indicator", meaning, {id: one.name for id, one in self.catalogue.indicators.items()})

    def profile(self, name: str) -> str:
        known = {
            key: profile.id for profile in self.catalogue.profiles.values() for key in _keys(profile.id, profile.name)
        }
        if plain(name) not in known:
            raise UnknownName("profile", name, tuple(self.catalogue.profiles))
        return known[plain(name)]

    def _known_stage(self, context: Context) -> Context:
        if context.stage is not None and context.stage not in self.catalogue.stages:
            raise UnknownName("stage", context.stage, tuple(self.catalogue.stages))
        return context

    def strategy(self, text: str, language: Language) -> Reading:
        """Read a strategy: ids separated by commas, or free text; what looks like an id and is none is refused."""
        parts = [part.strip() for part in re.split(r"[,，;；\s]+", text) if part.strip()]
        if parts and all(part in self.catalogue.themes for part in parts):
            found = tuple(Evidence(kind="theme", id=part, words=part) for part in parts)
            return Reading(language=language, themes=tuple(dict.fromkeys(parts)), evidence=found)
        for part in parts:
            if re.fullmatch(r"[a-z]+(_[a-z]+)+", part):
                nearest = tuple(self.catalogue.themes[match.id].id for match in self.reader.themes.search(part))
                raise UnknownName("theme", part, nearest)
        return self.reader.read(text, language)

    def with_wishes(self, brief: Brief, asked: tuple[Wanted, ...], weights: dict[str, int]) -> Brief:
        """Add wishes to a brief; a later wish about an indicator replaces an earlier one."""
        for wish in asked:
            for id in _meant(wish.mention, weights, every=wish.ask == "exclude"):
                brief = _with_wish(brief, wish, id, weights)
        return brief

    def _one(self, kind: str, meaning: Meaning, names: dict[str, Text]) -> str:
        if meaning.id is not None:
            return meaning.id
        if meaning.question is not None:
            choices = meaning.question.choices
            raise AmbiguousName(meaning.name, meaning.question.question, tuple(names[id] for id in choices), choices)
        raise UnknownName(kind, meaning.name, tuple(names[match.id] for match in meaning.nearest))

    def _pin(self, text: str) -> Pin:
        asked = unicodedata.normalize("NFKC", clean(text)).strip()
        match = _PIN.match(asked)
        if match is None and _SIGN.search(asked) is None:
            return Pin(indicator=self.indicator(asked), reason=text)
        if match is None or not 1 <= int(match["value"]) <= 100:
            raise BadInput("error.pin_weight", text=text)
        value = int(match["value"])
        low = value if match["sign"] not in {"<=", "≤"} else None
        high = value if match["sign"] not in {">=", "≥"} else None
        return Pin(indicator=self.indicator(match["name"]), at_least=low, at_most=high, reason=text)


def merged(*contexts: Context) -> Context:
    """Return one context; what a later one states replaces what an earlier one does."""
    fields: dict[str, object] = {}
    for context in contexts:
        fields |= context.model_dump(exclude_none=True)
    return Context.model_validate(fields)


def _keys(id: str, name: Text) -> tuple[str, ...]:
    return id, plain(name.zh), plain(name.en)


def _meant(mention: Mention, weights: dict[str, int], *, every: bool) -> tuple[str, ...]:
    """Return what a mention means beside a card: what stands on it, else the usual reading."""
    present = tuple(id for id in mention.choices if id in weights)
    if every:
        return mention.choices
    return present[:1] or (mention.usual,)


def _with_wish(brief: Brief, wish: Wanted, id: str, weights: dict[str, int]) -> Brief:
    pins = tuple(pin for pin in brief.pins if pin.indicator != id)
    exclusions = tuple(out for out in brief.exclusions if out.indicator != id)
    if wish.ask in {"exclude", "no_data"}:
        cause = "no_data" if wish.ask == "no_data" else "unwanted"
        out = Exclusion.model_validate({"indicator": id, "cause": cause, "reason": wish.mention.words})
        return brief.model_copy(update={"pins": pins, "exclusions": (*exclusions, out)})
    pin = _pinned(wish, id, weights.get(id, 0))
    return brief.model_copy(update={"pins": (*pins, pin), "exclusions": exclusions})


def _pinned(wish: Wanted, id: str, before: int) -> Pin:
    if wish.ask == "include" or wish.value is None:
        return Pin(indicator=id, reason=wish.mention.words)
    value = before + wish.value if wish.ask == "by" else wish.value
    if not 1 <= value <= 100:
        raise BadInput("error.pin_weight", text=f"{wish.mention.words} {value}%")
    low = value if wish.ask != "at_most" else None
    high = value if wish.ask != "at_least" else None
    return Pin(indicator=id, at_least=low, at_most=high, reason=wish.mention.words)
