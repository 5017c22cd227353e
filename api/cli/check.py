"""``scorecraft check``: people's own cards against the rules."""

from typing import Any

from api.cli.options import CheckFormat
from api.cli.output import write_json
from assistant.advisor import Advisor
from assistant.checked import Checked
from assistant.errors import BadInput
from assistant.intake.reading import Intake, Told
from assistant.intake.sources import from_path
from assistant.models import Ignored, Scorecard
from knowledge.models import Language

BROKEN = 1


def ignored(texts: list[str], advisor: Advisor) -> tuple[Ignored, ...]:
    """Return rules set aside, each with its reason; ``BadInput`` for one without."""
    found = []
    for text in texts:
        code, sign, reason = text.replace("＝", "=").partition("=")
        if not sign or not code.strip() or not reason.strip():
            raise BadInput("error.ignore", text=text)
        found += [Ignored(code=rule.code, reason=reason.strip()) for rule in advisor.rules(code)]
    return tuple(found)


def read(advisor: Advisor, files: list[str], told: Told, table: str | None) -> list[Intake]:
    """Read every card of every file."""
    if not files:
        raise BadInput("error.no_files")
    return [intake for path in files for intake in advisor.read(from_path(path), told, table)]


def one(advisor: Advisor, file: str, told: Told, table: str | None) -> Scorecard:
    """Read the one card of a file."""
    return read(advisor, [file], told, table)[0].card


def run(
    advisor: Advisor,
    files: list[str],
    told: Told,
    table: str | None,
    aside: tuple[Ignored, ...],
    shape: CheckFormat,
    language: Language,
) -> int:
    """Check files and print what was found; return 1 where any card holds an error."""
    found = []
    for intake in read(advisor, files, told, table):
        card = intake.card.model_copy(update={"ignored": (*intake.card.ignored, *aside)})
        found.append((intake, advisor.checked(card, language)))
    _print(advisor, found, shape, language)
    return 0 if all(checked.sound for _, checked in found) else BROKEN


def _print(advisor: Advisor, found: list[tuple[Intake, Checked]], shape: CheckFormat, language: Language) -> None:
    if shape is CheckFormat.TABLE:
        from api.render.checked import checked_view
        from api.render.terminal import console

        screen = console()
        for intake, checked in found:
            screen.print(checked_view(intake, checked, advisor.catalogue, language))
            screen.print()
    elif shape is CheckFormat.SARIF:
        from api.render.sarif import sarif

        write_json(sarif(found, advisor.catalogue, language))
    else:
        cards = [described(intake, checked, advisor, language) for intake, checked in found]
        write_json(cards[0] if len(cards) == 1 else cards)


def described(intake: Intake, checked: Checked, advisor: Advisor, language: Language) -> dict[str, Any]:
    """Return a checked card as plain data, with how it was understood."""
    from assistant.intake.telling import understood_lines

    return {
        "file": intake.name,
        "table": intake.table,
        "understood": {
            "said": understood_lines(intake, advisor.catalogue, language),
            "columns": [{"heading": one.heading, "field": one.field, "place": one.place} for one in intake.columns],
            "rows": [
                {"place": one.place, "text": one.text, "meaning": one.meaning, "item": one.line} for one in intake.rows
            ],
        },
        **checked.model_dump(mode="json"),
    }
