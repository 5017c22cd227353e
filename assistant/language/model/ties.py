"""Whether words have anything to do with an indicator: one that shares nothing with them was not read from them."""

import re
from functools import cache

from snowballstemmer import stemmer

from assistant.language.offline.residue import left
from knowledge.models import Indicator

_HAN = re.compile(r"[\u3400-\u9fff]")
_EMPTY = frozenset("率数量额度值比例个次天的之及与和或每得分定期完成达不有一")
_USUAL = frozenset(("count", "made", "plan", "rate", "ratio", "score", "complet"))
SHORTEST = 3
ALIKE = 6
"""Letters that two words with one meaning share: satisfied, satisfaction."""


def tied(words: str, indicator: Indicator) -> bool:
    """Tell whether words hold a part of one of the names of an indicator, beside words that stand everywhere."""
    names = _names((indicator.name.zh, indicator.name.en, *indicator.aliases.all()))
    return any(part in names or part[:ALIKE] in names for part in _parts(words))


@cache
def _names(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(_parts, names))


def _parts(text: str) -> frozenset[str]:
    """Return the stems of the Latin words that mean something, and the characters of the Chinese ones."""
    words = [part for word in left(text, ()) for part in re.split(r"['’-]", word)]
    han = {letter for word in words for letter in word if _HAN.match(letter)} - _EMPTY
    latin = {word for word in words if not _HAN.search(word) and len(word) >= SHORTEST and not word.isdigit()}
    stems = stemmer("english").stemWords(sorted(latin))
    meant = frozenset(stems) - _USUAL
    return frozenset(han) | meant | {stem[:ALIKE] for stem in meant if len(stem) > ALIKE}
