"""Where a file comes from: a path, or standard input; checked before a byte of it is read."""

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assistant.errors import BadInput

MEGABYTES = 20
LIMIT = MEGABYTES * 1024 * 1024
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file and the name by which the person knows it."""

    name: str
    data: bytes


def from_path(path: str) -> Source:
    """Read a file, or standard input for ``-``; ``BadInput`` says what cannot be read and the way out."""
    data = _bounded(sys.stdin.buffer, path) if path == STANDARD_INPUT else _read(path)
    if not data:
        raise BadInput("file.empty", name=path)
    return Source(path, data)


def is_file(path: str | Path) -> bool:
    """Tell whether a path names an ordinary file; words too long for a name are none."""
    try:
        return Path(path).is_file()
    except OSError:
        return False


def _read(path: str) -> bytes:
    try:
        _check(path, Path(path).stat())
        with Path(path).open("rb") as stream:
            return _bounded(stream, path)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise BadInput("file.missing", name=path) from error
    except OSError as error:
        raise BadInput("file.unreadable", name=path, problem=error.strerror or type(error).__name__) from error


def _check(path: str, status: os.stat_result) -> None:
    """Refuse what is no ordinary file before opening it: a pipe would wait, a device would never end."""
    if stat.S_ISDIR(status.st_mode):
        raise BadInput("file.folder", name=path)
    if not stat.S_ISREG(status.st_mode):
        raise BadInput("file.special", name=path)
    if status.st_size > LIMIT:
        raise BadInput("file.size", name=path, most=MEGABYTES)


def _bounded(stream: BinaryIO, path: str) -> bytes:
    data = stream.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise BadInput("file.size", name=path, most=MEGABYTES)
    return data
