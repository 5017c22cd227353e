"""What other processes do to an index in tests."""

import sys
import time
from pathlib import Path
from sys import argv

from assistant.errors import Unavailable
from tests.assistant.retrieval import made
from tests.assistant.retrieval.made import Hashing, document

__all__ = ["argv", "fill", "index_until", "own"]
LONG = 60.0
MOST_BYTES = 600_000
"""What a file may grow to before the disk counts as full."""


def tell(text: str) -> None:
    print(text, flush=True)


def index_until(home: str, parts: int, written: int) -> None:
    """Write a document, and stop, waiting to be killed, while the chunks after so many are embedded."""

    def progress(done: int, total: int) -> None:
        if done == written:
            tell(f"written {done}")
            time.sleep(LONG)

    made.library(Path(home), Hashing()).add(document("big", parts), progress)


def own(home: str) -> None:
    library = made.library(Path(home), Hashing())
    tell(f"owned {len(library.documents())}")
    time.sleep(LONG)


def fill(home: str, parts: int) -> None:
    """Write a document where files can only grow so far, as on a full disk."""
    import resource

    library = made.library(Path(home), Hashing())
    library.documents()
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES, MOST_BYTES))
    try:
        library.add(document("big", parts, "many words " * 40))
        tell("written")
    except Unavailable as error:
        tell(error.key)
    except BaseException as error:
        tell(repr(error))
    sys.stdout.flush()
