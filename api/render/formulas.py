"""Formulas with their variables named as people name them."""

import re

from assistant.models import ScorecardItem
from assistant.wording import worded
from knowledge.models import Language

_ABS = re.compile(r"abs\(([^()]*)\)")
_VARIABLE = re.compile(r"[a-z_][a-z0-9_]*")


def formula_in_words(item: ScorecardItem, language: Language) -> str:
    """Return a line's formula in words; a company's own, which has no variables, as it is written."""
    names = {variable: text.say(language) for variable, text in item.variables.items()}
    signs = _ABS.sub(r"|\1|", item.formula or "").replace(" * ", " × ").replace(" / ", " ÷ ")
    signs = signs.replace("max(", worded("formula.max", language)).replace("min(", worded("formula.min", language))
    return _VARIABLE.sub(lambda match: names.get(match.group(), match.group()), signs)
