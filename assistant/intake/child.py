"""The parsing process of the intake; it knows the formats and nothing else of the assistant."""

from typing import Any

from assistant.intake.formats.parsing import parse
from assistant.intake.grids import packed
from assistant.sandbox.inside import serve


def main() -> int:
    return serve(_packed)


def _packed(name: str, data: bytes) -> dict[str, Any]:
    return packed(parse(name, data))


if __name__ == "__main__":
    raise SystemExit(main())
