"""The parsing process: a name and bytes on standard input, JSON on standard output, limits on itself.

It knows the formats and nothing else of the assistant, so that it starts fast.
"""

import json
import sys
from contextlib import suppress
from typing import Any

from assistant.intake.formats.parsing import parse
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import packed

MEMORY = 1_500 * 1024 * 1024
"""Bytes; the largest file that is taken needs about half."""
SECONDS = 20


def answered(name: str, data: bytes) -> dict[str, Any]:
    """Return the content as plain data, or what is wrong with the file."""
    try:
        return {"content": packed(parse(name, data))}
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


def lighten() -> None:
    """Keep out a library that openpyxl takes where it finds it: half of its start, and memory for every core."""
    sys.modules["numpy"] = None  # type: ignore[assignment]


def main() -> int:
    limit()
    lighten()
    header = json.loads(sys.stdin.buffer.readline())
    answer = json.dumps(answered(header["name"], sys.stdin.buffer.read()), allow_nan=False)
    sys.stdout.buffer.write(answer.encode("ascii"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
