"""The KPIs that a sentence names, by the catalogue's words and by the names on a person's own form."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.guards.numerals import figures, without_thousands
from assistant.language.offline.lexicon import plain
from assistant.language.offline.names import Names
from knowledge.words import folded

LONGEST_OWN = 40
"""Characters of a name on a form that is taken for one; what is longer is some other text."""
OWN = "own:"
ORDINARY = re.compile(
    r"accuracy|activities|activity|attainment|cash|completion|costs?|coverage|existing (?:accounts|customers)|expansion"
    r"|growth|individual target|leads|mix|new business|new products?|opportunities|performance|quota|response"
    r"|sales targets?|share|timeliness|training|turnover|usage"
    r"|业绩|占比|增幅|客户数|客户关系|培训|完成率|转化|达成率|达标率|销售任务|销售指标|销售目标|销售业绩目标|费用"
)
"""Words that can stand for KPIs on a form, and in prose hardly ever do."""
_SENTENCE = re.compile(r"[。！？!?;；:：\n{}<>|]|\. ")


@dataclass(frozen=True, slots=True)
class Mention:
    """A KPI named in a text, with all that its name can mean."""

    start: int
    end: int
    keys: tuple[str, ...]


class Naming:
    """Finds names; those of a form go before the catalogue's, of which they may be longer forms."""

    def __init__(self, names: Names, own: tuple[str, ...] = (), beside: dict[str, str] | None = None) -> None:
        self.names = names
        self.beside = {clear(name): key for name, key in (beside or {}).items()}
        """Names of other things that hold the words of KPIs: dimensions by their key, the rest without one."""
        self._others = any_of(tuple(self.beside))
        known = {folded(name): key for name in own if _is_name(name) for key in [own_key(name)]}
        self.untold = tuple(clear(name) for name in own if not _is_name(name) and figures(clear(name)))
        """Texts in the place of names whose figures state nothing."""
        self.own = known
        self._own = any_of(tuple(known))

    def mentions(self, text: str) -> list[Mention]:
        """Return the KPIs named in a text that ``clear`` made."""
        found = [*self._of_the_form(text), *self._beside(text)]
        for hit in self.names.lexicon.find(text):
            if not (ORDINARY.fullmatch(hit.words) or any(hit.start < one.end and one.start < hit.end for one in found)):
                found.append(Mention(hit.start, hit.end, self.keys(hit.words, hit.meanings)))
        return sorted((one for one in found if one.keys), key=lambda one: one.start)

    def others(self, text: str) -> list[str]:
        """Return the names of positions and priorities in a text."""
        return [match.group() for match in self._others.finditer(text) if not self.beside[match.group()]]

    def _beside(self, text: str) -> list[Mention]:
        found = ((match, self.beside[match.group()]) for match in self._others.finditer(text))
        return [Mention(match.start(), match.end(), (key,) if key else ()) for match, key in found]

    def keys(self, words: str, meanings: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Return all that a name can mean, by the catalogue and by the form."""
        found = self.names.lexicon.meanings(words) if meanings is None else meanings
        ids = [id for one in found for id in (self.names.open[one[1:]].choices if one.startswith("?") else (one,))]
        return tuple(dict.fromkeys([*ids, *([own_key(words)] if folded(words) in self.own else [])]))

    def uncounted(self, text: str) -> str:
        """Return a text without the catalogue's names, whose numerals state nothing."""
        letters = list(text)
        for hit in self.names.lexicon.find(text):
            letters[hit.start : hit.end] = " " * (hit.end - hit.start)
        return "".join(letters)

    def _of_the_form(self, text: str) -> list[Mention]:
        return [Mention(match.start(), match.end(), self.keys(match.group())) for match in self._own.finditer(text)]


def clear(text: str) -> str:
    """Return a text as the checks look at it: folded, long numbers without commas."""
    return without_thousands(plain(text))


def own_key(name: str) -> str:
    return f"{OWN}{folded(name)}"


def _is_name(name: str) -> bool:
    """Tell whether what stands in a form's name may be named: no sentence, and no figure of its own."""
    return 1 < len(name.strip()) <= LONGEST_OWN and not _SENTENCE.search(name) and not figures(clear(name))


@lru_cache(64)
def any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for whole names, the longest first; for none it finds nothing."""
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(_whole, longest)) or r"(?!)")


def _whole(name: str) -> str:
    left = r"(?<![a-z0-9])" if name[0].isascii() else ""
    right = r"(?![a-z0-9])" if name[-1].isascii() else ""
    return f"{left}{re.escape(name)}{right}"
