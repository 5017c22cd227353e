"""What no single entry shows: ids that lead nowhere, aliases that lead two ways, weights that cannot be met."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from knowledge.models import Ambiguous, Catalogue, Emphasis, Indicator, Role
from knowledge.words import folded

Flaw: TypeAlias = tuple[str, str, str, str]


def broken_links(catalogue: Catalogue) -> list[Flaw]:
    """Return (file or folder, entry, field, what is expected) for everything that does not fit together."""
    return [
        *_guards(catalogue),
        *_groups(catalogue),
        *_emphases(catalogue),
        *_choices(catalogue),
        *_quality(catalogue),
        *_shared_aliases("indicators", catalogue.indicators.values(), catalogue.ambiguous_indicators),
        *_shared_aliases("roles", catalogue.roles.values(), catalogue.ambiguous_roles),
    ]


def called(entry: Any) -> str:
    """Return the name of an entry: its id or code, or its first phrase where it has neither."""
    if isinstance(entry, Ambiguous):
        return next(iter(entry.phrases.all()), "")
    return str(getattr(entry, "id", None) or getattr(entry, "code", ""))


def _guards(catalogue: Catalogue) -> Iterator[Flaw]:
    for indicator in catalogue.indicators.values():
        for guard in indicator.gaming.guards if indicator.gaming else ():
            if guard not in catalogue.indicators:
                yield "indicators", indicator.id, "gaming.guards", f"no indicator is called {guard}"


def _groups(catalogue: Catalogue) -> Iterator[Flaw]:
    for role in catalogue.roles.values():
        groups = {group.id for group in role.groups}
        for group in role.groups:
            for item in group.items:
                if item.indicator not in catalogue.indicators:
                    yield "roles", role.id, f"groups.{group.id}", f"no indicator is called {item.indicator}"
        for duty in role.duties:
            for missing in set(duty.groups) - groups:
                yield "roles", role.id, f"duties.{duty.id}", f"the role has no group {missing}"
            if not duty.groups:
                yield "roles", role.id, f"duties.{duty.id}", "is covered by no group"
        yield from _weights(role)


def _weights(role: Role) -> Iterator[Flaw]:
    defaults = {group.id: (group.weight, group.low, group.high) for group in role.groups}
    for name, motion in [("groups", {}), *((f"motions.{motion}", weights) for motion, weights in role.motions.items())]:
        weights = defaults | {id: (value.weight, value.low, value.high) for id, value in motion.items()}
        if set(weights) != set(defaults):
            yield "roles", role.id, name, f"the role has no group {sorted(set(weights) - set(defaults))}"
        totals = [sum(column) for column in zip(*weights.values(), strict=True)]
        if totals[0] != 100 or not totals[1] <= 100 <= totals[2]:
            yield "roles", role.id, name, f"defaults, lowest and highest weights add up to {totals}"


def _emphases(catalogue: Catalogue) -> Iterator[Flaw]:
    shifts: list[tuple[str, Emphasis]] = [("strategies", theme) for theme in catalogue.themes.values()]
    shifts += [("stages", stage) for stage in catalogue.stages.values()]
    shifts += [("stances", stance) for stance in catalogue.stances.values()]
    for file, shift in shifts:
        for unknown in sorted(set(shift.emphases) - set(catalogue.indicators)):
            yield file, shift.id, "emphases", f"no indicator is called {unknown}"
    for theme in catalogue.themes.values():
        for pattern in theme.patterns:
            for action in set(pattern.actions) - set(catalogue.word_lists):
                yield "strategies", theme.id, "patterns", f"no word list is called {action}"
        for other in theme.opposes:
            if other not in catalogue.themes:
                yield "strategies", theme.id, "opposes", f"no priority is called {other}"
            elif theme.id not in catalogue.themes[other].opposes:
                yield "strategies", other, "opposes", f"{theme.id} opposes {other}, but not the reverse"


def _choices(catalogue: Catalogue) -> Iterator[Flaw]:
    for file, known, entries in (
        ("ambiguous_roles", catalogue.roles, catalogue.ambiguous_roles),
        ("ambiguous_indicators", catalogue.indicators, catalogue.ambiguous_indicators),
    ):
        for entry in entries:
            for unknown in {*entry.choices, *([entry.default] if entry.default else [])} - set(known):
                yield file, called(entry), "choices", f"nothing is called {unknown}"


def _quality(catalogue: Catalogue) -> Iterator[Flaw]:
    """Every rule is answered for by one part, and the parts are worth 100 together."""
    parts = catalogue.quality.parts
    answers = [answer for part in parts for answer in part.answers]
    for answer in sorted({answer for answer in answers if answers.count(answer) > 1}):
        yield "quality", "", "parts", f"{answer} is answered for by two parts"
    for code in catalogue.rules:
        if code not in answers and code[0] not in answers:
            yield "quality", "", "parts", f"no part answers for {code}"
    if (total := sum(part.points for part in parts)) != 100:
        yield "quality", "", "parts", f"points add up to {total}"


def _shared_aliases(file: str, entries: Iterable[Role | Indicator], allowed: tuple[Ambiguous, ...]) -> Iterator[Flaw]:
    owners: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for phrase in (entry.name.zh, entry.name.en, *entry.aliases.all()):
            owners[folded(phrase)].add(entry.id)
    known = {folded(phrase) for entry in allowed for phrase in entry.phrases.all()}
    for phrase, ids in owners.items():
        if len(ids) > 1 and phrase not in known:
            yield file, min(ids), "aliases", f"{phrase!r} is shared by {sorted(ids)} and not declared ambiguous"
