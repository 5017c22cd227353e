"""The forms that a name is compared in: as written, without its dressing, with interchangeable parts made the same."""

import re

from rapidfuzz import fuzz

from assistant.language.offline.letters import HAN
from knowledge.models import Catalogue
from knowledge.words import folded

_BRACKETED = re.compile(r"[（(【\[]([^）)】\]]*)[）)】\]]?")
_CHINESE = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[a-z][a-z0-9&' .-]*")
_FIGURES = re.compile(
    r"(?:\b(?:under|below|within|over|above|at least|at most|up to|no more than|less than|more than) )?"
    r"[≥≤<>=]?\s*\d+(?:\.\d+)?"
    r"\s*(?:%|次|个|家|分|万元|元|天|名|/月|/季|/年|per day|per month|小时内"
    r"| ?(?:days?|hours?|points)\b)*(?:/[月季年周])?"
)
# Likeness of two words that are one, such as references and reference; referred is another.
_SAME_WORD = 85.0
# English words that say how a thing is measured, or that it is done, and not what it is.
_MEASURES = frozenset(
    {"share", "number", "attainment", "growth", "plan", "completeness", "timeliness", "result", "value", "level"}
    | {"held", "done", "made", "earned", "from"}
)
# A phrase of so many words may say one more than the name.
LONG_PHRASE = 4
_TOKENS = re.compile(r"[a-z0-9&]+|#|%")


def spellings(name: str) -> list[str]:
    """Return a name as written, without brackets and figures, its parts, and what stands in its brackets."""
    whole = folded(name)
    bare = _FIGURES.sub("", _BRACKETED.sub(" ", whole)).strip(" -—:：、") or whole
    parts = [part.strip() for part in re.split(r"[/、]| vs ", bare) if part.strip()] if _CHINESE.search(bare) else []
    inside = [found.strip() for found in _BRACKETED.findall(whole)]
    chinese = ["".join(_CHINESE.findall(bare))] if _CHINESE.search(bare) and _LATIN.search(bare) else []
    return [form for form in dict.fromkeys([whole, bare, *chinese, *parts[:1], *inside]) if form]


class Canon:
    """Names with interchangeable parts replaced by one of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        groups = catalogue.synonyms.values()
        self._chinese = _table([one.words.zh for one in groups])
        self._english = _table([one.words.en for one in groups])

    def of(self, name: str) -> str:
        """Return the canonical form: characters in Chinese, sorted words in English."""
        text = folded(name)
        if _CHINESE.search(text):
            return _replace(text, *self._chinese).replace("任务", "").replace("目标", "").replace(" ", "")
        return " ".join(sorted({_singular(word) for word in _TOKENS.findall(_replace(text, *self._english))}))

    def part(self, phrase: str, name: str) -> float:
        """Return the part of a name that a phrase inside it makes up, what only dresses the name left out."""
        inside, whole = self.of(phrase), self.of(name)
        if _CHINESE.search(folded(name)):
            return len(inside) / max(1, len(whole))
        return len(inside.split()) / max(1, len(whole.split()))

    def agree(self, name: str, phrase: str) -> bool:
        """Tell whether two canonical names speak of one thing: in English each word that matters has its counterpart.

        A long phrase may say one word more than the name. Characters of Chinese names are compared by likeness alone.
        """
        if _CHINESE.search(name):
            return True
        said, known = set(name.split()), set(phrase.split())
        spare = 1 if len(known) >= LONG_PHRASE else 0
        return not _alone(said, known) and len(_alone(known, said)) <= spare


def _alone(words: set[str], others: set[str]) -> set[str]:
    """Return the words that matter and have no counterpart among others."""
    return {word for word in words - _MEASURES if not any(fuzz.ratio(word, other) >= _SAME_WORD for other in others)}


def _table(groups: list[tuple[str, ...]]) -> tuple[re.Pattern[str], dict[str, str]]:
    said = {folded(word): folded(words[0]) for words in groups for word in words if word}
    longest = sorted(said, key=len, reverse=True)
    parts = [
        rf"(?<![a-z]){re.escape(word)}s?(?![a-z])" if word[0].isalpha() and word.isascii() else re.escape(word)
        for word in longest
    ]
    return re.compile("|".join(parts)), said


def _replace(text: str, pattern: re.Pattern[str], said: dict[str, str]) -> str:
    def one(match: re.Match[str]) -> str:
        found = match.group()
        return said.get(found, said.get(found.removesuffix("s"), found))

    return pattern.sub(one, text)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
