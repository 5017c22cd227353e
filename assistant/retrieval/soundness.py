"""What a look at the folder tells before Chroma opens it, or after it failed.

Its engine reads the files of vectors unchecked: one that is cut short ends the process without a word.
"""

import errno
import os
import struct
from pathlib import Path

_HEADER = struct.Struct("<iQQQQ")
"""Version, offset, room, elements, and the bytes of an element."""
_SIZE = struct.Struct("<I")
PROBE = 1 << 20
"""Bytes that have to fit beside the index; less, and the disk counts as full."""


def sound(index: Path) -> bool:
    """Tell whether the files of vectors are as long as they say."""
    return all(_whole(folder) for folder in index.glob("*/") if folder.is_dir())


def obstacle(home: Path) -> str:
    """Return the phrase for why nothing can be written into a folder; empty where it can."""
    file = home / f"probe.{os.getpid()}"
    try:
        # Zeros could be kept without taking room.
        file.write_bytes(os.urandom(PROBE))
    except OSError as error:
        return "index.read_only" if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} else "index.full"
    finally:
        file.unlink(missing_ok=True)
    return ""


def _whole(folder: Path) -> bool:
    try:
        header = (folder / "header.bin").read_bytes()
        _, _, _, elements, size = _HEADER.unpack_from(header)
        vectors, lengths = ((folder / name).stat().st_size for name in ("data_level0.bin", "length.bin"))
        links = (folder / "link_lists.bin").read_bytes()
    except FileNotFoundError:
        # Nothing is kept yet, or Chroma says itself that it is gone.
        return not any(folder.glob("*.bin"))
    except (OSError, struct.error):
        return False
    return vectors >= elements * size and lengths >= elements * _SIZE.size and _linked(links, elements)


def _linked(links: bytes, elements: int) -> bool:
    """Tell whether there is a list of links for each element, none of them cut short."""
    place = 0
    for _ in range(elements):
        if place + _SIZE.size > len(links):
            return False
        place += _SIZE.size + int(_SIZE.unpack_from(links, place)[0])
    return place == len(links)
