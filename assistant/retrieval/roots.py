"""The files and folders that were ingested, so that an index can be made anew from them."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from assistant.errors import Unavailable
from assistant.retrieval.documents.walk import Walk


class Roots:
    """A small file beside the index; damaged or missing, nothing is remembered."""

    def __init__(self, file: Path, workspace: str) -> None:
        self.file, self.workspace = file, workspace

    def known(self) -> list[str]:
        return self._read().get(self.workspace, [])

    def remember(self, paths: Iterable[str]) -> None:
        """Keep paths in mind; what lies in a folder among them goes with it."""
        self._keep([*self.known(), *paths])

    def forget(self, path: str) -> None:
        """Keep a file in mind no more; a folder that it lies in stays."""
        self._keep([one for one in self.known() if one != path])

    def _keep(self, paths: list[str]) -> None:
        kept = sorted(path for path in set(paths) if not any(_inside(path, other) for other in paths))
        if kept != self.known():
            self._write({**self._read(), self.workspace: kept})

    def _read(self) -> dict[str, list[str]]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, roots: dict[str, list[str]]) -> None:
        part = self.file.with_suffix(f".{os.getpid()}.part")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(roots, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(self.file)
        except OSError as error:
            raise Unavailable("index.folder", place=str(self.file), problem=error.strerror or "") from error


def of_walk(walk: Walk, given: Iterable[str | Path]) -> list[str]:
    """Return what was given and could be read: folders, and files by name."""
    named = resolved(given)
    return [*walk.folders, *(file.name for file in walk.files if file.name in named)]


def resolved(paths: Iterable[str | Path]) -> set[str]:
    """Return paths as documents are called by them; what leads nowhere is left out."""
    found = set()
    for path in paths:
        with suppress(OSError, RuntimeError, ValueError):
            found.add(Path(path).resolve().as_posix())
    return found


def _inside(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip("/") + "/")
