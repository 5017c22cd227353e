"""Which indicator of the catalogue a line of a form is."""

import re
from dataclasses import dataclass
from functools import cached_property

from assistant.errors import UnknownName
from assistant.intake.cells.aims import Aim, aims
from assistant.intake.cells.definition import taken_apart
from assistant.intake.cells.known_texts import own_lines, sayings
from assistant.intake.form import Layout, Line
from assistant.language.offline.reader import Reader
from knowledge.models import Catalogue, Role
from knowledge.words import folded

# Sales without a word that says which sales: a role has its own member of their family.
GENERIC = frozenset({"sales_amount", "sales_attainment"})
_OWN = re.compile(r"个人|本人|自营|\b(?:personal|own|individual)\b", re.IGNORECASE)


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
        aim = self.aim(name) if self.layout is None else None
        id = aim.indicator if aim else self._known(name)
        return self._for_role(id, name) if id else None

    def aim(self, name: str) -> Aim | None:
        """Return the indicator and the target of a name that is a goal, such as "keep DSO under 45 days"."""
        found = ((self._known(core) or self._known(name), target) for core, target in aims(name))
        return next((Aim(id, target) for id, target in found if id), None)

    def _known(self, name: str) -> str | None:
        meaning = self.reader.indicators.meaning(name)
        return meaning.id or (meaning.question.default if meaning.question else None)

    def _for_role(self, id: str, name: str) -> str:
        """Return the role's own member of a family: a manager's "sales" are the team's, personal sales are not."""
        if self.role is None or _OWN.search(name):
            return id
        usual = [item.indicator for group in self.role.groups for item in group.items]
        if id in usual:
            return id
        base = self.catalogue.indicators[id].base
        kin = [one for one in usual if one.endswith(f"_{id}")]
        same = [one for one in usual if id in GENERIC and self.catalogue.indicators[one].base == base]
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
