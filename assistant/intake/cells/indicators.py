"""Which indicator of the catalogue a line of a form is."""

from dataclasses import dataclass
from functools import cached_property

from assistant.errors import UnknownName
from assistant.intake.cells.definition import taken_apart
from assistant.intake.cells.known_texts import own_lines, sayings
from assistant.intake.form import Layout, Line
from assistant.language.offline.reader import Reader
from knowledge.models import Catalogue, Role
from knowledge.words import folded


@dataclass
class Indicators:
    """Finds indicators by the ids that programs give, by their own names on our forms, else by what a name means."""

    catalogue: Catalogue
    reader: Reader
    role: Role | None = None
    layout: Layout | None = None

    def of(self, line: Line) -> str | None:
        given = line.data.get("indicator")
        if given:
            return self._given(str(given))
        if self.layout is not None:
            own = self._defined(line) or self._own_names.get(folded(line.name))
            return (own or None) if own is not None else self._meant(line.name)
        return self._meant(line.name)

    def _given(self, id: str) -> str:
        if id not in self.catalogue.indicators:
            near = self.reader.indicators.search(id)
            raise UnknownName("indicator", id, tuple(self.catalogue.indicators[one.id].name for one in near))
        return id

    def _defined(self, line: Line) -> str | None:
        """Return the indicator whose definition a line of our form has, whatever a company calls it."""
        said = taken_apart(line.said("formula"), self.catalogue, both=self.layout == "both").text
        return self._definitions.get(folded(said)) if said else None

    def _meant(self, name: str) -> str | None:
        meaning = self.reader.indicators.meaning(name)
        id = meaning.id or (meaning.question.default if meaning.question else None)
        return self._for_role(id) if id else None

    def _for_role(self, id: str) -> str:
        """Return the role's own member of a family: a manager's "sales" are the team's."""
        if self.role is None:
            return id
        usual = [item.indicator for group in self.role.groups for item in group.items]
        if id in usual:
            return id
        base = self.catalogue.indicators[id].base
        kin = [one for one in usual if one.endswith(f"_{id}")]
        same = [one for one in usual if base is not None and self.catalogue.indicators[one].base == base]
        return next(iter([*kin, *same]), id)

    @cached_property
    def _definitions(self) -> dict[str, str]:
        known = self.catalogue.indicators.values()
        return {said: one.id for one in known for said in sayings(one.definition, self.layout)}

    @cached_property
    def _own_names(self) -> dict[str, str]:
        """Indicators by their own names; empty for the lines that companies put on their cards."""
        names = {folded(name): "" for own, *_ in own_lines(self.catalogue) for name in (own.zh, own.en)}
        for one in self.catalogue.indicators.values():
            names |= {folded(name): one.id for name in (one.name.zh, one.name.en)}
        return names
