"""A scorecard out of a file: the table that holds it, its columns and rows, its names, and all that was decided."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from assistant.intake.business import in_its_business
from assistant.intake.cells.weights import total_note, weigh
from assistant.intake.data import data_form
from assistant.intake.form import ColumnRead, Form, RowRead, resolve_dittos
from assistant.intake.grids import Content, Note
from assistant.intake.items import ItemReader
from assistant.intake.outside import OutsideReader
from assistant.intake.remarks import Remarks
from assistant.intake.saved import own_scorecard
from assistant.intake.stated import StatedReader
from assistant.intake.tables.choice import Tables
from assistant.intake.tables.uncached import STORED, UNCACHED
from assistant.language.offline.reader import Reader, language_of
from assistant.models import Context, Scorecard
from assistant.requests import Understander, clean, merged
from knowledge.models import Catalogue, Language, Role


@dataclass(frozen=True)
class Told:
    """What the person says beside the file; it goes before what the file says."""

    role: str | None = None
    profile: str | None = None
    strategy: str | None = None
    language: Language | None = None
    context: Context = field(default_factory=Context)


@dataclass(frozen=True)
class Intake:
    """One card read from a file, and how it was understood."""

    name: str
    kind: str
    card: Scorecard
    language: Language
    columns: tuple[ColumnRead, ...] = ()
    rows: tuple[RowRead, ...] = ()
    places: tuple[str, ...] = ()
    """Where each item of the card stands."""
    notes: tuple[Note, ...] = ()
    table: str = ""
    defined: frozenset[int] = frozenset()
    """Which items the form itself defines."""


@dataclass
class FormReader:
    """Reads contents of files into cards."""

    catalogue: Catalogue
    reader: Reader
    understander: Understander

    @cached_property
    def tables(self) -> Tables:
        return Tables(self.catalogue, self.reader)

    @cached_property
    def stated(self) -> StatedReader:
        return StatedReader(self.catalogue, self.reader, self.understander)

    def read(self, content: Content, told: Told, table: str | None = None) -> list[Intake]:
        """Return the cards of a file: one, or several where ``table`` is ``all`` or a table names positions.

        ``BadInput`` where the file holds no scorecard, or several tables to choose from.
        """
        if content.data is not None:
            own = own_scorecard(content)
            if own is not None:
                return [self._own(own, content, told)]
            return [self._intake(data_form(content, self.tables.words.headings), content, told)]
        return [self._intake(form, content, told) for form in self.tables.chosen(content, table)]

    def _own(self, card: Scorecard, content: Content, told: Told) -> Intake:
        places = tuple(f"items[{place}]" for place in range(len(card.items)))
        role, notes = self._told_role(told.role, "en") if told.role else (card.role, [])
        themes = self.stated.themes(told.strategy, "en")[0] if told.strategy else card.themes
        profile = self.understander.profile(told.profile) if told.profile else card.profile
        card = card.model_copy(update={"role": role, "themes": themes, "profile": profile})
        rows = tuple(
            RowRead(place, item.name.zh, "item", number)
            for number, (place, item) in enumerate(zip(places, card.items, strict=True))
        )
        language = told.language or language_of("".join(item.name.zh for item in card.items), "zh")
        return Intake(content.name, content.kind, card, language, (), rows, places, (*content.notes, *notes))

    def _intake(self, form: Form, content: Content, told: Told) -> Intake:
        items = [line for line in form.lines if line.part == "item"]
        language = told.language or language_of("".join(line.name for line in items), "zh")
        notes = [*_kept(content.notes, form), *form.notes]
        brief = self._brief(form, told, language, notes)
        card = self._card(form, brief["role"], notes).model_copy(update=brief)
        if form.layout is None:
            card = in_its_business(card, notes)
        return Intake(
            content.name,
            content.kind,
            card,
            language,
            tuple(form.columns),
            _rows_of_card(form),
            tuple(line.place for line in items),
            _unique(notes),
            form.name,
            frozenset(place for place, line in enumerate(items) if line.said("definition") or line.said("formula")),
        )

    def _brief(self, form: Form, told: Told, language: Language, notes: list[Note]) -> dict[str, Any]:
        """Return role, priorities, rule set and circumstances; what is told goes before what the form states."""
        stated, fields = self._position(form, told, notes), form.fields
        named = self.stated.role_named(stated) if form.layout and told.role is None else None
        role, said = (named, list[Note]()) if named else self._role(told, stated, language)
        notes += said
        themes, context = self.stated.themes(
            told.strategy if told.strategy is not None else fields.get("strategy", ""), language
        )
        title = self.reader.read(clean(stated), language).context if role and stated and not named else Context()
        return {
            "role": role,
            "position": "" if role and role == self.stated.role_named(stated) else stated or (told.role or ""),
            "themes": themes,
            "context": merged(title, context, self.stated.context(fields.get("context", ""), language), told.context),
            "profile": self._profile(told.profile, form, notes),
        }

    def _position(self, form: Form, told: Told, notes: list[Note]) -> str:
        """Return the position that a form states, else the one that its titles name."""
        stated = form.fields.get("position", "")
        if stated.strip() or told.role is not None or form.layout is not None:
            return stated
        titled, said = self.stated.titled(form.titles)
        notes += said
        return titled

    def _role(self, told: Told, stated: str, language: Language) -> tuple[str | None, list[Note]]:
        if told.role is not None:
            return self._told_role(told.role, language)
        return self.stated.role(stated, language)

    def _told_role(self, title: str, language: Language) -> tuple[str | None, list[Note]]:
        """Return the role that a person names; an unclear one is refused."""
        if not title.strip():
            return None, []
        role, assumed = self.understander.role(clean(title), language)
        return role, [Note("intake.said", {"text": text}) for text in assumed]

    def _profile(self, told: str | None, form: Form, notes: list[Note]) -> str:
        if told is not None:
            return self.understander.profile(told)
        return self.stated.profile(form.fields.get("profile", ""), notes)

    def _card(self, form: Form, role: str | None, notes: list[Note]) -> Scorecard:
        known: Role | None = self.catalogue.roles[role] if role else None
        reader = ItemReader(self.catalogue, self.reader, self.tables.words, known, form.layout)
        lines = [line for line in form.lines if line.part == "item"]
        resolve_dittos(lines)
        weights, said = weigh(lines, {} if form.layout else form.sections)
        said += total_note(form.stated_total, weights)
        items = tuple(reader.item(line, weight) for line, weight in zip(lines, weights, strict=True))
        remarks = Remarks(reader, items)
        items = remarks.read(form.remarks)
        outside = OutsideReader(reader, items)
        other = {part: [line for line in form.lines if line.part == part] for part in ("adjustment", "veto", "monitor")}
        card = Scorecard(
            role=role,
            items=items,
            adjustments=tuple(map(outside.adjustment, other["adjustment"])),
            vetoes=tuple(map(outside.veto, other["veto"])),
            monitors=tuple(map(outside.monitor, other["monitor"])),
            **remarks.card,
        )
        notes += [*said, *reader.notes]
        return card


def _kept(notes: Iterable[Note], form: Form) -> list[Note]:
    """Return what was noticed in a file and matters for its card; tables say themselves which formulas do."""
    idle = {UNCACHED, STORED} if form.layout else {UNCACHED}
    return [note for note in notes if note.key not in idle]


def _rows_of_card(form: Form) -> tuple[RowRead, ...]:
    """Return the rows with the number of the item each belongs to; lines outside the 100 have none.

    What stands below a form of ours is known and needs no telling.
    """
    rows = [row for row in form.rows if form.layout is None or row.meaning in {"heading", "item"}]
    places = [place for place, line in enumerate(form.lines) if line.part == "item"]
    numbers = {place: number for number, place in enumerate(places)}
    return tuple(replace(row, line=numbers.get(row.line) if row.line is not None else None) for row in rows)


def _unique(notes: Iterable[Note]) -> tuple[Note, ...]:
    kept: list[Note] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return tuple(kept)
