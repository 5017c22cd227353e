"""``scorecraft repair``: the nearest sound card, and how it differs from the one given."""

import shutil
import sys
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from api.cli.check import BROKEN, read
from api.cli.options import ListFormat
from api.cli.output import write_json
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.intake.reading import Intake, Told
from assistant.models import Ignored
from assistant.repair.change import Repaired
from assistant.wording import worded
from knowledge.models import Language


@dataclass(frozen=True)
class Given:
    """A file to repair, with what the person says beside it."""

    file: str
    told: Told
    table: str | None
    ignored: tuple[Ignored, ...]


def run(
    advisor: Advisor,
    given: Given,
    shape: ListFormat,
    language: Language,
    *,
    strict: bool,
    in_place: bool,
    output: str | None,
) -> int:
    """Repair one card; return 1 where an error is left that only a person can put right."""
    if in_place and (output or given.file == "-"):
        raise BadInput("error.in_place")
    intake = read(advisor, [given.file], given.told, given.table)[0]
    card = intake.card.model_copy(update={"ignored": (*intake.card.ignored, *given.ignored)})
    repaired = advisor.repair(card, language, strict=strict)
    written = _stored(advisor, repaired, given.file, output, language, in_place=in_place)
    _print(advisor, intake, repaired, shape, language)
    for line in written:
        print(line, file=sys.stderr)
    return 0 if advisor.checked(repaired.scorecard, language).sound else BROKEN


def _stored(
    advisor: Advisor, repaired: Repaired, file: str, output: str | None, language: Language, *, in_place: bool
) -> list[str]:
    """Write the repaired card where that was asked for; the input is kept beside it under another name."""
    if not in_place and output is None:
        return []
    from api.export.files import target_of, write

    target = Path(output or file)
    target_of(target)
    if not in_place:
        write(target, repaired.scorecard, advisor.catalogue, language)
        return [worded("repair.stored", language, path=target)]
    copy = _kept(target)
    write(target, repaired.scorecard, advisor.catalogue, language, overwrite=True)
    return [worded("repair.stored_in_place", language, path=target, copy=copy)]


def _kept(path: Path) -> Path:
    """Copy a file beside itself under a name that is still free."""
    names = (path.with_name(f"{path.name}.bak{number or ''}") for number in count())
    try:
        # A link that leads nowhere is not free: the copy would land where it points.
        copy = next(name for name in names if not (name.is_symlink() or name.exists()))
        shutil.copy2(path, copy)
    except OSError as error:
        raise BadInput("error.export_file", path=f"{path}.bak", problem=error.strerror or str(error)) from error
    return copy


def _print(advisor: Advisor, intake: Intake, repaired: Repaired, shape: ListFormat, language: Language) -> None:
    if shape is ListFormat.JSON:
        write_json(repaired.model_dump(mode="json"))
        return
    from api.render.repaired import repaired_view
    from api.render.terminal import console

    console().print(repaired_view(intake, repaired, advisor.catalogue, language))
