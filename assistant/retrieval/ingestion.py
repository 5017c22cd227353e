"""The company's own documents brought into the index, file by file; the files themselves are only read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.errors import BadInput
from assistant.retrieval.documents.reading import Loaded, extract, given, load
from assistant.retrieval.documents.walk import File, walk
from assistant.retrieval.library import Library
from assistant.retrieval.progress import Progress, silent
from assistant.retrieval.roots import Roots, of_walk, resolved

Status: TypeAlias = Literal["added", "unchanged", "updated", "removed", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one document."""

    name: str
    status: Status
    chunks: int = 0
    """Chunks that were written, or removed."""
    reason: BadInput | None = None
    """Why it was refused, and the way out."""
    kept: bool = False
    """Whether an earlier version of what was refused stays in the index."""
    passed_over: bool = False
    """Whether it was refused as a kind of file that is not read, found in a folder and not named by anyone."""


def ingest(
    library: Library, paths: Sequence[str | Path], files: Progress = silent, chunks: Progress = silent
) -> Iterator[Report]:
    """Make the index hold the documents of these files and folders as they are now; yield a report on each.

    What is unchanged is not even parsed, what is refused does not stop the rest, and what has gone from a folder goes
    from the index. ``files`` is told of the files, ``chunks`` of the parts of the file at work.
    """
    found = walk(paths)
    roots(library).remember(of_walk(found, paths))
    given = {Path(path).as_posix() for path in paths} | resolved(paths)
    for error in found.refused:
        name = str(error.variables["name"])
        if error.key == "file.missing" and _deleted(library, name):
            yield Report(name=name, status="removed", chunks=forget(library, name))
            continue
        yield _refused(library, name, error, passed_over=error.key == "document.kind" and name not in given)
    for done, file in enumerate(found.files):
        files(done, len(found.files))
        yield _one(library, file, chunks)
    files(len(found.files), len(found.files))
    for name in found.missing(library.names()):
        yield Report(name=name, status="removed", chunks=library.remove(name))


def take_in(library: Library, name: str, data: bytes, chunks: Progress = silent) -> Report:
    """Make the index hold a document whose bytes were handed in, with a report on it."""
    try:
        return _taken(library, given(name, data), chunks)
    except BadInput as error:
        return _refused(library, name, error)


def forget(library: Library, name: str) -> int:
    """Remove a document, which is not ingested again unless it lies in an ingested folder or is named anew."""
    roots(library).forget(name)
    return library.remove(name)


def roots(library: Library) -> Roots:
    return Roots(library.settings.home / "ingested.json", library.workspace)


def _deleted(library: Library, name: str) -> bool:
    """Tell whether a document was there and its file is not, though its folder is: no drive has gone away."""
    return Path(name).parent.is_dir() and library.stands(name, "") is not None


def _one(library: Library, file: File, chunks: Progress) -> Report:
    try:
        return _taken(library, load(file), chunks)
    except BadInput as error:
        return _refused(library, file.name, error)


def _taken(library: Library, loaded: Loaded, chunks: Progress) -> Report:
    stands = library.stands(loaded.name, loaded.sha256)
    return Report(name=loaded.name, status="unchanged") if stands else _written(library, loaded, stands, chunks)


def _written(library: Library, loaded: Loaded, stands: bool | None, chunks: Progress) -> Report:
    written = library.add(extract(loaded), chunks)
    if stands is None and not written.writes:
        raise BadInput("document.no_content", name=loaded.name)
    return Report(
        name=loaded.name,
        status="added" if stands is None else "updated",
        chunks=written.embedded + written.relabelled,
    )


def _refused(library: Library, name: str, error: BadInput, *, passed_over: bool = False) -> Report:
    kept = not passed_over and library.stands(name, "") is not None
    return Report(name=name, status="refused", reason=error, kept=kept, passed_over=passed_over)
