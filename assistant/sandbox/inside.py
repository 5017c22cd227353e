"""The side that parses: a name and bytes on standard input, JSON on standard output, limits on itself.

It knows nothing of the assistant but how a file is refused, so that it starts fast.
"""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

from assistant.intake.formats.refusal import Refused

Parse: TypeAlias = Callable[[str, bytes], Any]

MEMORY = 1_500 * 1024 * 1024
"""Bytes; the largest file that is taken needs about half."""
SECONDS = 20


def serve(parse: Parse, without: tuple[str, ...] = ()) -> int:
    """Answer for the one file on standard input; ``parse`` returns plain data, ``without`` names needless libraries."""
    limit()
    lighten("numpy", *without)
    header = json.loads(sys.stdin.buffer.readline())
    answer = json.dumps(answered(parse, header["name"], sys.stdin.buffer.read()), allow_nan=False)
    sys.stdout.buffer.write(answer.encode("ascii"))
    return 0


def answered(parse: Parse, name: str, data: bytes) -> dict[str, Any]:
    """Return the content, or what is wrong with the file."""
    try:
        return {"content": parse(name, data)}
    except Refused as refused:
        return {"refused": {"key": refused.key, "values": refused.values}}
    except MemoryError:
        return {"refused": {"key": "file.memory", "values": {}}}


def limit() -> None:
    """Limit memory and processor time where the platform can."""
    with suppress(ImportError):
        import resource

        # Past the first limit of time comes a signal that says why, past the second the end.
        for kind, most, end in ((resource.RLIMIT_AS, MEMORY, MEMORY), (resource.RLIMIT_CPU, SECONDS, SECONDS + 1)):
            # A stricter limit from outside stays.
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, end))


def lighten(*libraries: str) -> None:
    """Keep out what other libraries take where they find it: half of their start, and memory for every core."""
    for name in libraries:
        sys.modules[name] = None  # type: ignore[assignment]
