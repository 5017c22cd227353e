"""The card itself as JSON or YAML, which loads back as it was."""

import json
from typing import Any

from assistant.models import Scorecard

NUMERIC = tuple("0123456789+-.")


def as_json(card: Scorecard) -> bytes:
    return (json.dumps(plain(card), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def as_yaml(card: Scorecard) -> bytes:
    import yaml

    class Dumper(yaml.CSafeDumper):
        """Writes what stands twice twice: files with references are refused when they come back."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def quoted(dumper: Any, text: str) -> Any:
        # "0e0" is a number to one reader of YAML and a text to the next: what begins like one is always quoted.
        style = "'" if text[:1] in NUMERIC else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    Dumper.add_representer(str, quoted)
    text: str = yaml.dump(plain(card), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=120)
    return text.encode("utf-8")


def plain(card: Scorecard) -> dict[str, Any]:
    """Return a card without what is as usual and without what is computed."""
    return {"scorecard": card.model_dump(mode="json", exclude_defaults=True, exclude={"dimensions"})}
