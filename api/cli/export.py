"""``scorecraft export``: the appraisal form of a card as a file, or on standard output."""

import sys
from collections.abc import Sequence
from pathlib import Path

from api.export import export, write
from api.export.files import TARGETS
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.models import Considered, Finding, Scorecard
from assistant.wording import worded
from knowledge.models import Language

STANDARD_OUTPUT = "-"
BINARY = ("xlsx", "docx")


def destination(to: str, file: str) -> tuple[str, str | None]:
    """Return where a form goes: the file named; for a bare format a file in this folder, text to standard output."""
    target = to.strip().lower().removeprefix(".")
    if target not in TARGETS:
        return to, None
    if target in BINARY:
        stem = "scorecard" if file == STANDARD_OUTPUT else Path(file).stem
        return f"{stem}-form.{target}", target
    return STANDARD_OUTPUT, target


def run(
    advisor: Advisor,
    card: Scorecard,
    path: str,
    layout: str,
    language: Language,
    *,
    target: str | None = None,
    overwrite: bool = False,
    considered: Sequence[Considered] = (),
    findings: Sequence[Finding] = (),
) -> None:
    """Save a card as a form laid out in zh, en or both; ``-`` writes it as ``target`` to standard output."""
    if path != STANDARD_OUTPUT:
        saved = write(
            path, card, advisor.catalogue, layout, overwrite=overwrite, considered=considered, findings=findings
        )
        sys.stdout.write(worded("export.written", language, path=str(saved)) + "\n")
        return
    if target is None:
        raise BadInput("error.export_stream")
    data = export(card, advisor.catalogue, target, layout, considered=considered, findings=findings)
    sys.stdout.buffer.write(data)
    sys.stdout.flush()
