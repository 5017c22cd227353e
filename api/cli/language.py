"""The reader's language: ``--lang``, then the settings, then the locale."""

import locale
import os
from collections.abc import Mapping, Sequence

from assistant.errors import BadInput
from knowledge.models import LANGUAGES, Language

BOTH = "both"


def chosen(arguments: Sequence[str]) -> Language | None:
    """Return the language that ``--lang`` names anywhere on the command line; help needs it before any parsing."""
    for place, argument in enumerate(arguments):
        name, separator, value = argument.partition("=")
        if name == "--lang":
            stated = value if separator else (arguments[place + 1] if place + 1 < len(arguments) else "")
            # A form can be in both languages; what is said about it then follows the settings.
            return None if stated == BOTH and "export" in arguments else known(stated)
    return None


def known(value: str) -> Language:
    for language in LANGUAGES:
        if value.strip().lower() == language:
            return language
    raise BadInput("error.language", name=value)


def from_locale(environment: Mapping[str, str] = os.environ) -> Language:
    """Return zh for a Chinese locale and en for any other."""
    named = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
    found = named or locale.getlocale()[0] or ""
    return "zh" if found.lower().startswith(("zh", "chinese")) else "en"
