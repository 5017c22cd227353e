"""Prompts by name from ``system/*.md``, with ``$variables``; a missing one fails by name."""

from functools import cache
from pathlib import Path
from string import Template

PROMPTS = Path(__file__).parent / "system"


class UnknownPrompt(KeyError):
    """No prompt has this name, or the prompt needs a variable that was not given."""


def render(name: str, **variables: object) -> str:
    """Return a prompt with its variables filled in."""
    template = Template(source(name))
    try:
        return template.substitute(variables).strip()
    except KeyError as error:
        raise UnknownPrompt(f"prompt {name!r}: {error.args[0]!r} is missing") from error


def names() -> tuple[str, ...]:
    """Return the names of all prompts."""
    return tuple(sorted(path.stem for path in PROMPTS.glob("*.md")))


@cache
def source(name: str) -> str:
    """Return a prompt as it stands in its file."""
    path = PROMPTS / f"{name}.md"
    if path.parent != PROMPTS or not path.is_file():
        raise UnknownPrompt(f"prompt {name!r}: there is no such file")
    return path.read_text(encoding="utf-8")
