"""The files that paths name: folders are looked through, links followed only where they stay inside."""

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import BadInput
from assistant.retrieval.documents.kinds import OLD_ENDINGS, named_kind

LOCK = "~$"
"""The beginning of the names of files that Office keeps beside an open document."""
BESIDE = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
"""What systems leave in folders."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, by its resolved path."""

    path: Path

    @property
    def name(self) -> str:
        """Return the document's name: one and the same for a file, however it was given."""
        return self.path.as_posix()


@dataclass(frozen=True, slots=True)
class Walk:
    """What the paths led to, in a stable order."""

    files: tuple[File, ...]
    refused: tuple[BadInput, ...]
    """Each names its path in ``variables["name"]``."""
    folders: tuple[str, ...]
    """Names of the folders given."""

    def missing(self, known: Iterable[str]) -> tuple[str, ...]:
        """Return which known documents of these folders are there no more; what is only unreadable is not gone."""
        here = {file.name for file in self.files}
        barred = tuple(str(error.variables["name"]) for error in self.refused)
        return tuple(
            name
            for name in known
            if name not in here and _within(name, self.folders) and not _within(name, barred) and name not in barred
        )


def walk(paths: Iterable[str | Path]) -> Walk:
    """Find the files that paths name; nothing is opened, nothing is raised."""
    walker = _Walker()
    for path in paths:
        walker.start(Path(path))
    return Walk(tuple(walker.files.values()), tuple(walker.refused.values()), tuple(walker.folders))


def _within(name: str, folders: tuple[str, ...]) -> bool:
    return any(name.startswith(folder.rstrip("/") + "/") for folder in folders)


class _Walker:
    """Collects what is found, each once."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}
        self.refused: dict[str, BadInput] = {}
        self.folders: dict[str, None] = {}
        self.seen: set[Path] = set()

    def start(self, given: Path) -> None:
        """Take a path as it was given: a link may lead anywhere, a hidden file is meant."""
        resolved = self._resolved(given)
        if resolved is None:
            return
        if self._mode(resolved) == "folder":
            self.folders[_shown(resolved)] = None
            self._folder(resolved)
        else:
            self._take(resolved)

    def _folder(self, root: Path) -> None:
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            if folder in self.seen:
                continue
            self.seen.add(folder)
            waiting += reversed(list(self._inside(folder, root)))

    def _inside(self, folder: Path, root: Path) -> Iterator[Path]:
        """Take the files of a folder and yield the folders in it."""
        for path in self._listed(folder):
            real = self._followed(path, root) if path.is_symlink() else path
            if real is None:
                continue
            if self._mode(real) == "folder":
                yield real
            else:
                self._take(real)

    def _listed(self, folder: Path) -> list[Path]:
        try:
            paths = sorted(folder.iterdir())
        except OSError as error:
            self._unreadable(folder, error)
            return []
        return [path for path in paths if not _skipped(path.name)]

    def _followed(self, link: Path, root: Path) -> Path | None:
        """Return where a link inside a folder leads, unless that is outside."""
        real = self._resolved(link)
        if real is None or real.is_relative_to(root):
            return real
        self._refuse("document.outside", link)
        return None

    def _take(self, path: Path) -> None:
        mode = self._mode(path)
        if mode == "special":
            self._refuse("document.special", path)
        elif mode == "file" and _undecodable(path):
            self._refuse("document.name", path)
        elif mode == "file" and named_kind(path.name) is None:
            self._refuse("file.old_office" if path.suffix.lower() in OLD_ENDINGS else "document.kind", path)
        elif mode == "file":
            self.files.setdefault(path.as_posix(), File(path))

    def _resolved(self, path: Path) -> Path | None:
        try:
            return path.resolve(strict=True)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            self._refuse("file.missing", path)
        except OSError as error:
            self._unreadable(path, error)
        except RuntimeError:
            # A link that leads to itself.
            self._refuse("document.outside", path)
        return None

    def _mode(self, path: Path) -> str:
        """Return folder, file or special; nothing where even that cannot be known, which is then refused."""
        try:
            mode = path.stat().st_mode
        except OSError as error:
            self._unreadable(path, error)
            return ""
        return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "special"

    def _unreadable(self, path: Path, error: OSError) -> None:
        self._refuse("file.unreadable", path, problem=error.strerror or type(error).__name__)

    def _refuse(self, key: str, path: Path, **values: str) -> None:
        name = _shown(path)
        self.refused.setdefault(name, BadInput(key, **{**values, "name": name}))


def _skipped(name: str) -> bool:
    return name.startswith((".", LOCK)) or name.lower() in BESIDE


def _undecodable(path: Path) -> bool:
    return _shown(path) != path.as_posix()


def _shown(path: Path) -> str:
    """Return a path as text; bytes that are none are shown as such."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()
