"""Generate what is derived from the sources: the catalogue with their hash, the guidance, and the JSON schemas.

Run ``python -m knowledge.build`` after changing a source file; ``--check`` only says whether that was forgotten.
"""

import json
import sys
from pathlib import Path

from pydantic import TypeAdapter

from knowledge import guides, loader, shipped
from knowledge.errors import KnowledgeError
from knowledge.models import Catalogue
from knowledge.pages import Guidance


def outputs(catalogue: Catalogue, guidance: Guidance) -> dict[Path, str]:
    """Return every generated file with its text."""
    files = {
        shipped.FILE: _json(loader.dump(catalogue), indent=None),
        shipped.DIGEST: loader.digest() + "\n",
        shipped.GUIDANCE: _json(loader.dump(guidance), indent=0),
    }
    for name, shape in loader.SHAPES.items():
        schema = TypeAdapter(shape).json_schema()
        files[shipped.HOME / "schemas" / f"{Path(name).stem}.json"] = _json(schema, indent=1)
    return files


def _json(value: object, indent: int | None) -> str:
    return (
        json.dumps(value, ensure_ascii=False, indent=indent, separators=(",", ":") if indent is None else None) + "\n"
    )


def stale(files: dict[Path, str]) -> list[Path]:
    return [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    try:
        catalogue = loader.read_sources()
        files = outputs(catalogue, guides.read_guidance(catalogue))
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return 1
    old = stale(files)
    if "--check" in arguments:
        for path in old:
            print(f"{path.name} is out of date: run python -m knowledge.build", file=sys.stderr)
        return int(bool(old))
    for path in old:
        path.write_text(files[path], encoding="utf-8", newline="\n")
        print(f"wrote {path.relative_to(shipped.HOME.parent)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
