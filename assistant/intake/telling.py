"""How a form was read, in words: columns, rows that are no items, names, and what was decided on the way."""

from assistant.intake.form import ColumnRead
from assistant.intake.reading import Intake
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language

SKIPPED = ("section", "part", "total", "signature", "note", "unread")
NO_FIELD = frozenset({"actual", "score", "remark"})


def understood_lines(intake: Intake, catalogue: Catalogue, language: Language) -> list[str]:
    """Return the lines that say how a form was understood, empty ones left out."""
    said = [_columns(intake, language), _unread_columns(intake, language), _names(intake, catalogue, language)]
    said += [_assumed(intake, language), _own(intake, language), _rows(intake, language)]
    notes = [worded(note.key, language, **_plain(note.values)) for note in intake.notes]
    return [line for line in said if line] + notes


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


def _columns(intake: Intake, language: Language) -> str:
    known = [column for column in intake.columns if column.heading and _read(column)]
    said = [
        worded(
            "intake.column",
            language,
            heading=column.heading.replace("\n", " "),
            field=worded(f"field.{column.field}", language),
        )
        for column in known
    ]
    return worded("intake.columns", language, columns=listed(said, language)) if said else ""


def _read(column: ColumnRead) -> bool:
    """Tell whether a column was used; of two for the same field the second is not."""
    return column.field is not None and column.field not in NO_FIELD and not column.field.endswith("_more")


def _unread_columns(intake: Intake, language: Language) -> str:
    rest = [column.heading for column in intake.columns if not _read(column)]
    headings = tuple(heading.replace("\n", " ") for heading in rest)
    return worded("intake.columns_unread", language, columns=headings) if headings else ""


def _names(intake: Intake, catalogue: Catalogue, language: Language) -> str:
    """Name what was resolved to something called otherwise."""
    said = []
    for item in intake.card.items:
        known = catalogue.indicators.get(item.indicator or "")
        if known is not None and item.name.say(language) not in {known.name.zh, known.name.en}:
            said.append(worded("intake.name", language, name=item.name, known=known.name))
    return worded("intake.names", language, names=listed(said, language)) if said else ""


def _assumed(intake: Intake, language: Language) -> str:
    items = [item for place, item in enumerate(intake.card.items) if place not in intake.defined]
    names = tuple(item.name for item in items if item.indicator and item.variables)
    key = "intake.assumed_definition"
    return worded(key, language, names=names) if names and intake.rows else ""


def _own(intake: Intake, language: Language) -> str:
    names = tuple(item.name for item in intake.card.items if item.indicator is None)
    return worded("intake.own_lines", language, names=names) if names else ""


def _rows(intake: Intake, language: Language) -> str:
    said = [
        worded("intake.row", language, place=row.place, text=row.text, meaning=worded(f"row.{row.meaning}", language))
        for row in intake.rows
        if row.meaning in SKIPPED
    ]
    return worded("intake.rows_skipped", language, rows=listed(said, language)) if said else ""
