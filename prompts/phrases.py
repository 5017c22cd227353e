"""Phrases by key from ``texts/*.yaml``, with ``$variables``; a missing one fails by name."""

import json
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

SOURCES = Path(__file__).parent / "texts"
BUILT = Path(__file__).parent / "phrases.json"


class UnknownPhrase(KeyError):
    """No phrase has this key, or the phrase needs a variable that was not given."""


def phrase(key: str, language: Literal["zh", "en"], **variables: object) -> str:
    """Return a phrase with its variables filled in."""
    try:
        return _template(key, language).substitute(variables)
    except KeyError as error:
        raise UnknownPhrase(f"phrase {key!r} ({language}): {error.args[0]!r} is missing") from error


def phrases() -> dict[str, dict[str, str]]:
    """Return all phrases: key to language to template."""
    return _all()


@cache
def _all() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(BUILT.read_bytes())
    return loaded


@cache
def _template(key: str, language: str) -> Template:
    return Template(_all()[key][language])
