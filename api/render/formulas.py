"""Formulas with their variables named as people name them."""

import re

from assistant.models import ScorecardItem
from knowledge.models import Language

_VARIABLE = re.compile(r"[a-z_][a-z0-9_]*")


def formula_in_words(item: ScorecardItem, language: Language) -> str:
    """Return a line's formula in words; a company's own, which has no variables, as it is written."""
    names = {variable: text.say(language) for variable, text in item.variables.items()}
    signs = (item.formula or "").replace(" * ", " × ").replace(" / ", " ÷ ")
    return _VARIABLE.sub(lambda match: names.get(match.group(), match.group()), signs)
