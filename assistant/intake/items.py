"""The lines of a form as items of a scorecard: names resolved, cells read, and nothing invented."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from assistant.formulas import formula_in_words
from assistant.intake.cells.bases import basis_of, period_in_name
from assistant.intake.cells.bilingual import halves
from assistant.intake.cells.definition import Definition, has_formula, taken_apart
from assistant.intake.cells.figures import period, unit
from assistant.intake.cells.indicators import Indicators
from assistant.intake.cells.known_texts import sayings
from assistant.intake.cells.parties import Parties
from assistant.intake.cells.targets import targets
from assistant.intake.cells.units import stated_unit
from assistant.intake.cells.weights import Weight
from assistant.intake.form import Layout, Line
from assistant.intake.grids import Note
from assistant.intake.scoring.cell import scoring_of
from assistant.intake.tables.words import Words
from assistant.language.offline.reader import Reader
from assistant.models import ScorecardItem, Tiers
from assistant.recommender.card import scoring, target_method
from knowledge.models import LANGUAGES, Catalogue, Indicator, Role, Text
from knowledge.terms import Dimension, Kind
from knowledge.words import folded


@dataclass
class ItemReader:
    """Makes items out of lines; what it had to decide is noted."""

    catalogue: Catalogue
    reader: Reader
    words: Words
    role: Role | None = None
    layout: Layout | None = None
    """The language of a form of ours, on which every cell means what it says."""
    notes: list[Note] = field(default_factory=list)

    def item(self, line: Line, weight: Weight) -> ScorecardItem:
        line = self._with_aim(line)
        id = self.indicator(line)
        known = self.catalogue.indicators[id] if id else None
        fields = self._facts(known) if known else self._guessed(line)
        fields |= self._stated(line, known)
        if line.data.get("indicator") and known:
            fields = _complete(known) | {key: value for key, value in fields.items() if value not in (None, ())}
        fields |= {"indicator": id, "name": self.name(line, known), "weight": _number(weight.value)}
        return ScorecardItem.model_validate(fields | {"stated_weight": weight.stated})

    def indicator(self, line: Line) -> str | None:
        return self.indicators.of(line)

    def name(self, line: Line, known: Indicator | None) -> Text:
        """Return a line's name as the form has it; one of the catalogue's on a form of ours is known in both."""
        if known and not line.name:
            return known.name
        stated = Text(zh=line.name, en=line.english or line.name)
        ours = known and self.layout and sayings(known.name, self.layout) == sayings(stated, self.layout)
        return known.name if known and ours else stated

    def _with_aim(self, line: Line) -> Line:
        """Return a line with the target that its name states, where no cell states one."""
        aim = self.indicators.aim(line.name) if self.layout is None and not line.said("target").strip() else None
        return replace(line, texts={**line.texts, "target": aim.target}) if aim else line

    def text(self, cell: str, usual: Text | None = None) -> Text | None:
        return self.words.texts.text(cell, self.layout, usual)

    def said(self, line: Line, name: str) -> str:
        """Return what a cell says, its Chinese half where it stands in both languages."""
        return halves(line.said(name))[0] if self.both else line.said(name)

    @property
    def both(self) -> bool:
        return self.layout == "both"

    @cached_property
    def indicators(self) -> Indicators:
        return Indicators(self.catalogue, self.reader, self.role, self.layout)

    @property
    def parties(self) -> Parties:
        return self.words.parties

    def _facts(self, known: Indicator) -> dict[str, Any]:
        """What the catalogue knows about an indicator whatever a form says, and the definition it assumes."""
        groups = self.role.groups if self.role else ()
        placed = next(((group, item) for group in groups for item in group.items if item.indicator == known.id), None)
        return {
            "kind": known.kind,
            "family": known.family,
            "group": placed[0].id if placed else None,
            "dimension": known.dimension,
            "nature": (placed[1].nature if placed else None) or known.nature,
            "definition": known.definition,
            "formula": known.formula,
            "variables": known.variables,
            "parameters": known.parameters,
            "unit": known.unit,
            "polarity": known.polarity,
            "level": known.level,
            "subjective": known.subjective,
            "vanity": known.vanity,
        }

    def _guessed(self, line: Line) -> dict[str, Any]:
        task = any(word in line.said("kind") + line.section for word in ("重点工作", "任务", "key task"))
        return {"kind": Kind.KEY_TASK if task else Kind.KPI, "unit": unit(line.name, line.said("target"))}

    def _stated(self, line: Line, known: Indicator | None) -> dict[str, Any]:
        """What the line itself says."""
        apart = self._definition(line)
        said = self._words(apart, known) | self._placed(line, known) | targets(line, both=self.both)
        said["basis"] = apart.basis
        said["period"] = period(self.said(line, "period"))
        if self.layout is None:
            texts = (line.said("basis"), line.name, f"{line.said('definition')} {line.said('formula')}")
            said["basis"] = said["basis"] or basis_of(texts, self.catalogue)
            said["period"] = said["period"] or period_in_name(line.name, self.catalogue)
        if apart.polarity and known is None:
            said["polarity"] = apart.polarity
        if "indicator" not in line.data:
            said |= self._unit(line, known, said["tiers"])
        said["scoring"] = scoring_of(line, self.layout, self.catalogue)
        if said["scoring"] is None:
            said["stated_scoring"] = self.said(line, "scoring").strip() or None
        said["data_source"] = self.text(line.said("source"), known.data_source if known else None)
        if not said["data_source"] and self.layout is None:
            said["data_source"] = self.text(self.parties.named_provider(line))
        said["provider"] = self.parties.provider(line, self.layout)
        said["raters"] = self.parties.raters(line, self.said(line, "rater"), self.notes)
        return said

    def _unit(self, line: Line, known: Indicator | None, tiers: Tiers) -> dict[str, Any]:
        """Return the unit that a line states; where it is not the usual one, the target's words tell it further on."""
        target = self.said(line, "target")
        usual = known.unit if known else unit(line.name, target)
        found = stated_unit(line.name, target, usual)
        if not found or found["unit"] is usual or "%" in target or tiers.target is None:
            return found
        return found | {"tiers": tiers.model_copy(update={"text": target})}

    def _definition(self, line: Line) -> Definition:
        """Return what a line says of itself, from one cell or from two."""
        definition, formula = line.said("definition"), line.said("formula")
        if self.layout or has_formula(formula):
            definition, formula = f"{definition}\n{formula}".strip(), ""
        apart = taken_apart(definition, self.catalogue, both=self.both)
        if formula and not definition and not any(sign in formula for sign in "/÷=×*∑-+x"):
            return taken_apart(formula, self.catalogue)
        if formula:
            apart.formulas = {"zh": [formula]}
        return apart

    def _words(self, apart: Definition, known: Indicator | None) -> dict[str, Any]:
        """Return definition and formula; a formula of its own replaces the catalogue's, in our words it is that one."""
        if not apart.text and not apart.formula:
            return {}
        definition = self.text(apart.text, known.definition if known else None)
        if known and apart.formula and _same_formula(apart.formula, known):
            return {"definition": definition, "formula": known.formula, "variables": known.variables}
        own = {"parameters": ()} if known and definition != known.definition else {}
        return {"definition": definition, "formula": apart.formula, "variables": {}} | own

    def _placed(self, line: Line, known: Indicator | None) -> dict[str, Any]:
        """Return the dimension of a line and, on a form of ours, its kind."""
        if self.layout:
            return {"dimension": self._dimension(line.section), "kind": line.kind or Kind.KPI}
        exact = self.words.dimensions.exact(line.section)
        found = exact or (self.words.dimensions.inside(line.section) if known is None else None)
        return ({"dimension": Dimension(found)} if found else {}) | ({"kind": line.kind} if line.kind else {})

    def _dimension(self, name: str) -> Dimension | None:
        terms = self.catalogue.terms["dimension"].items()
        own = {folded(said): id for id, term in terms for said in (term.zh, term.en)}
        found = own.get(folded(name)) or self.words.dimensions.exact(name)
        return Dimension(found) if found else None


def _same_formula(formula: str, known: Indicator) -> bool:
    return folded(formula) in {folded(formula_in_words(known, language)) for language in LANGUAGES}


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and value == int(value) else value


def _complete(known: Indicator) -> dict[str, Any]:
    """Everything the catalogue says about an indicator that a program names by its id."""
    return {
        "basis": known.basis,
        "period": known.period,
        "target_method": target_method(known),
        "scoring": scoring(known.scoring),
        "data_source": known.data_source,
        "provider": known.provider,
        "raters": known.raters,
    }
