"""What a company says laid over the rule set it extends, its names led to ids."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.language.offline.names import Meaning, indicator_names, role_names
from assistant.profiles.trouble import Found, nearest
from knowledge.company import CompanyBand, CompanyBanned, CompanyMandatory, CompanyProfile
from knowledge.documents import Location
from knowledge.models import Band, Banned, Catalogue, Indicator, Mandatory, Role, RuleProfile, Text
from knowledge.terms import Severity
from knowledge.words import folded

LIMITS = (
    "step",
    "preferred_count",
    "count_fine",
    "weight_fine",
    "sales_floor",
    "collection_floor",
    "subjective_most",
    "key_task_most",
    "support_result_most",
    "commission_sales_most",
    "adjustment_cap",
    "move_one",
    "move_more",
)
# Without these a card adds up to nothing, or the law forbids it: they hold under every rule set.
ALWAYS = frozenset({"W001", "W002", "W003", "C010", "C011"})
PREFIX = "company_"


def assembled(said: CompanyProfile, stem: str, catalogue: Catalogue) -> tuple[RuleProfile | None, list[Found]]:
    """Return the rule set with all that is wrong in it; none where it extends nothing known."""
    base = catalogue.profiles.get(said.extends)
    if base is None or base.extends is not None:
        shipped = tuple(id for id, profile in catalogue.profiles.items() if profile.extends is None)
        return None, [(("extends",), "profile.unknown_base", {"name": said.extends, "nearest": shipped})]
    names = Names(catalogue)
    update = {
        **_limits(said, base),
        "id": said.id or PREFIX + slug(stem),
        "name": said.name or Text(zh=stem, en=stem),
        "title": said.title or base.title,
        "summary": said.summary or base.summary,
        "extends": base.id,
        "severities": base.severities | said.severities,
        "ignored": said.ignore,
        "dimension_bands": said.dimension_bands,
        "mandatory": tuple(names.mandatory(one, place) for place, one in enumerate(said.mandatory)),
        "banned": tuple(names.banned(one, place) for place, one in enumerate(said.banned)),
    }
    profile = base.model_copy(update=update)
    only_pay: list[Found] = [(("key_task_most",), "profile.only_pay", {})] if _misplaced(said, base) else []
    return profile, [*names.found, *only_pay, *_taken(profile, catalogue), *_codes(said, catalogue)]


def _misplaced(said: CompanyProfile, base: RuleProfile) -> bool:
    """A limit on key tasks is about pay; in an appraisal they are at home."""
    return said.key_task_most is not None and base.key_task_most is None


def slug(stem: str) -> str:
    """Return a file's name as part of an id; what an id cannot hold is told apart by its check sum."""
    plain = re.sub(r"[^a-z0-9]+", "_", folded(stem)).strip("_")
    return plain if stem.isascii() and plain else f"{zlib.crc32(stem.encode()):08x}"


@dataclass
class Names:
    """Names led to the catalogue's ids; what leads nowhere is gathered."""

    catalogue: Catalogue
    found: list[Found] = field(default_factory=list)

    @cached_property
    def _indicators(self) -> Any:
        return indicator_names(self.catalogue)

    @cached_property
    def _roles(self) -> Any:
        return role_names(self.catalogue)

    def mandatory(self, one: CompanyMandatory, place: int) -> Mandatory:
        known = self._indicator(one.item, ("mandatory", place, "item")) if one.item else None
        roles = [self._role(name, ("mandatory", place, "roles", at)) for at, name in enumerate(one.roles)]
        # Built unchecked: a name that leads nowhere leaves a gap, and is reported.
        return Mandatory.model_construct(
            indicator=known,
            own=one.own,
            weight=one.weight,
            at_least=one.at_least,
            reason=one.reason,
            roles=tuple(roles),
        )

    def banned(self, one: CompanyBanned, place: int) -> Banned:
        known = self._indicator(one.item, ("banned", place, "item")) if one.item else None
        return Banned.model_construct(indicator=known, words=one.words, reason=one.reason)

    def _indicator(self, name: str, location: Location) -> str:
        return self._id(self._indicators.meaning(name), self.catalogue.indicators, location, "profile.unknown_item")

    def _role(self, name: str, location: Location) -> str:
        return self._id(self._roles.meaning(name), self.catalogue.roles, location, "profile.unknown_role")

    def _id(self, meaning: Meaning, known: Mapping[str, Indicator | Role], location: Location, unknown: str) -> str:
        if meaning.id is not None:
            return meaning.id
        offered = tuple(_Named(id, known[id].name) for id in meaning.choices) or nearest(meaning.name, known)
        key = "profile.ambiguous" if meaning.question else unknown
        self.found.append((location, key, {"name": meaning.name, "nearest": offered}))
        return ""


@dataclass(frozen=True)
class _Named:
    """An id to write, with the name that explains it."""

    id: str
    name: Text

    def say(self, language: Any) -> str:
        return f"{self.id} ({self.name.say(language)})"


def _limits(said: CompanyProfile, base: RuleProfile) -> dict[str, Any]:
    """Return the limits that the company sets, and what follows from them for those it does not."""
    limits: dict[str, Any] = {name: value for name in LIMITS if (value := getattr(said, name)) is not None}
    count, weight = said.count_fine or base.count_fine, said.weight_fine or base.weight_fine
    limits.setdefault("preferred_count", min(max(base.preferred_count, count[0]), count[1]))
    limits["count_bands"] = _bands(said.count_bands, base.count_bands, base.count_fine, count, gap=1)
    limits["weight_bands"] = _bands(said.weight_bands, base.weight_bands, base.weight_fine, weight, gap=0)
    return limits


def _bands(
    said: tuple[CompanyBand, ...] | None,
    usual: tuple[Band, ...],
    before: tuple[int, int],
    fine: tuple[int, int],
    gap: int,
) -> tuple[Band, ...]:
    """Return the bands stated, else the usual ones moved up to the fine range, so that no hole opens beside it."""
    if said is not None:
        return tuple(Band(low=band.low, high=band.high, severity=band.severity) for band in said)
    return usual if fine == before else tuple(_adjoined(usual, before, fine, gap))


def _adjoined(usual: tuple[Band, ...], before: tuple[int, int], fine: tuple[int, int], gap: int) -> Iterator[Band]:
    for band in usual:
        below = band.high <= before[0]
        low, high = (band.low, min(band.high, fine[0] - gap)) if below else (max(band.low, fine[1] + gap), band.high)
        if below and band.high + gap == before[0]:
            high = fine[0] - gap
        if not below and band.low == before[1] + gap:
            low = fine[1] + gap
        if low < high or (gap and low == high):
            yield Band(low=low, high=high, severity=band.severity)


def _taken(profile: RuleProfile, catalogue: Catalogue) -> Iterator[Found]:
    """A company's rule set stands beside the shipped ones and never in the place of one."""
    if profile.id in catalogue.profiles:
        yield ("id",), "profile.taken", {"name": profile.id}
    names = {folded(name) for one in catalogue.profiles.values() for name in (one.id, one.name.zh, one.name.en)}
    for name in dict.fromkeys((profile.name.zh, profile.name.en)):
        if folded(name) in names:
            yield ("name",), "profile.taken", {"name": name}


def _codes(said: CompanyProfile, catalogue: Catalogue) -> Iterator[Found]:
    for field_, codes in (("severities", said.severities), ("ignore", said.ignore)):
        for code in codes:
            if code not in catalogue.rules:
                offered = nearest(code, catalogue.rules)
                yield (field_, code), "profile.unknown_rule", {"name": code, "nearest": offered}
    lowered = {code for code, severity in said.severities.items() if severity is not Severity.ERROR}
    for field_, touched in (("severities", lowered), ("ignore", set(said.ignore))):
        for code in sorted(ALWAYS & touched):
            yield (field_, code), "profile.always", {"name": catalogue.rules[code].title}
