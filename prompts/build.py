"""Generate ``phrases.json`` from ``texts/*.yaml``: the words load without YAML. ``--check`` only says whether to."""

import json
import sys

import yaml

from prompts.phrases import BUILT, SOURCES


def built() -> str:
    phrases: dict[str, dict[str, str]] = {}
    for path in sorted(SOURCES.glob("*.yaml")):
        part = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        if twice := phrases.keys() & part.keys():
            raise SystemExit(f"{path.name}: stands in another file too: {', '.join(sorted(twice))}")
        phrases |= part
    return json.dumps(phrases, ensure_ascii=False, indent=0) + "\n"


def main(arguments: list[str]) -> int:
    text = built()
    if BUILT.exists() and BUILT.read_text(encoding="utf-8") == text:
        return 0
    if "--check" in arguments:
        print(f"{BUILT.name} is out of date: run python -m prompts.build", file=sys.stderr)
        return 1
    BUILT.write_text(text, encoding="utf-8", newline="\n")
    print(f"wrote prompts/{BUILT.name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
