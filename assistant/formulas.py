"""Formulas with their variables named as people name them."""

import re
from collections.abc import Mapping
from typing import Protocol

from assistant.wording import worded
from knowledge.models import Language, Text

_ABS = re.compile(r"abs\(([^()]*)\)")
_VARIABLE = re.compile(r"[a-z_][a-z0-9_]*")


class Calculated(Protocol):
    """A line or an indicator: whatever has a formula."""

    @property
    def formula(self) -> str | None: ...
    @property
    def variables(self) -> Mapping[str, Text]: ...


def formula_in_words(one: Calculated, language: Language) -> str:
    """Return a formula in words; a company's own, which has no variables, as it is written."""
    names = {variable: text.say(language) for variable, text in one.variables.items()}
    signs = _ABS.sub(r"|\1|", one.formula or "").replace(" * ", " × ").replace(" / ", " ÷ ")
    signs = signs.replace("max(", worded("formula.max", language)).replace("min(", worded("formula.min", language))
    return _VARIABLE.sub(lambda match: names.get(match.group(), match.group()), signs)
