"""The form as a file: format by suffix, written whole or not at all, never over another file unasked."""

import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from api.export.compose import compose
from api.export.form import Form
from api.export.layout import Layout, known_layout
from assistant.errors import BadInput
from assistant.models import Considered, Finding, Scorecard
from knowledge.models import Catalogue

TARGETS = ("xlsx", "docx", "md", "csv", "json", "yaml")
SUFFIXES = {f".{target}": target for target in TARGETS} | {".yml": "yaml", ".markdown": "md"}


def export(
    card: Scorecard,
    catalogue: Catalogue,
    target: str,
    language: str,
    *,
    considered: Sequence[Considered] = (),
    findings: Sequence[Finding] = (),
) -> bytes:
    """Return the content of a file; ``target`` is one of ``TARGETS``, ``language`` is zh, en or both."""
    layout = known_layout(language)
    if target not in TARGETS:
        raise BadInput("error.export_target", name=target, known=TARGETS)
    form = compose(card, catalogue, considered, findings)
    if target in {"json", "yaml"}:
        return _structured(card, target)
    return _layer(target)(form, layout)


def write(
    path: str | Path,
    card: Scorecard,
    catalogue: Catalogue,
    language: str,
    *,
    overwrite: bool = False,
    considered: Sequence[Considered] = (),
    findings: Sequence[Finding] = (),
) -> Path:
    """Write the form to a file; one that is there already stays unless ``overwrite`` says otherwise."""
    place = Path(path)
    target = target_of(place)
    try:
        _free(place, overwrite=overwrite)
    except OSError as error:
        raise _unwritable(place, error) from error
    data = export(card, catalogue, target, language, considered=considered, findings=findings)
    _store(place, data)
    return place


def target_of(path: Path) -> str:
    """Return the format that a file name asks for."""
    target = SUFFIXES.get(path.suffix.lower())
    if target is None:
        raise BadInput("error.export_suffix", path=str(path), known=tuple(f".{name}" for name in TARGETS))
    return target


def _free(place: Path, *, overwrite: bool) -> None:
    if not place.parent.is_dir():
        raise BadInput("error.export_folder", path=str(place.parent))
    if place.exists() and not (overwrite and place.is_file()):
        raise BadInput("error.export_exists", path=str(place))


def _store(place: Path, data: bytes) -> None:
    """Write beside the file, then put it in its place in one step; what a link leads to keeps the link."""
    found = place.exists()
    place = place.resolve() if found else place
    part = place.with_name(f".{place.name[:60]}.{secrets.token_hex(4)}.tmp")
    try:
        with part.open("xb") as file:
            if found:
                # Who could not read the file before cannot read it now.
                shutil.copymode(place, part)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except OSError as error:
        raise _unwritable(place, error) from error
    finally:
        part.unlink(missing_ok=True)


def _unwritable(place: Path, error: OSError) -> BadInput:
    return BadInput("error.export_file", path=str(place), problem=error.strerror or str(error))


def _structured(card: Scorecard, target: str) -> bytes:
    from api.export.structured import as_json, as_yaml

    return as_json(card) if target == "json" else as_yaml(card)


def _layer(target: str) -> Callable[[Form, Layout], bytes]:
    """Return what lays a form out; its library is loaded only now."""
    if target == "xlsx":
        from api.export.workbook import workbook

        return workbook
    if target == "docx":
        from api.export.word import document

        return document
    if target == "md":
        from api.export.markdown import markdown

        return markdown
    from api.export.separated import separated

    return separated
