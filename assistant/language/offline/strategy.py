"""Strategic priorities and stages in a text, in the order stated, leaving out what is negated."""

import re
from dataclasses import dataclass

from assistant.language.offline.lexicon import Hit, Lexicon
from assistant.models import Evidence
from knowledge.models import Catalogue

# A negation reaches this far, and no further than the end of its clause or the turn to what is wanted instead.
NEGATION_REACH = {"zh": 8, "en": 32}
# An action and its object stand this close.
PATTERN_REACH = {"zh": 10, "en": 40}
_BREAK = re.compile(r"[，,。；;！!？?、\n:：]|(?<!\d)\.(?!\d)|而是|转向|转为|\bbut\b|\binstead,|\btowards?\b")
_CLAUSE = re.compile(r"[，,。；;！!？?\n:：]|(?<!\d)\.(?!\d)|\bbut\b")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Stated:
    """A priority or stage in its place in the text."""

    hit: Hit
    kind: str
    id: str
    negated: bool


class StrategyReader:
    """Reads priorities: by fixed cues first, then by an action beside an object."""

    def __init__(self, catalogue: Catalogue) -> None:
        themes, stages = catalogue.themes.values(), catalogue.stages.values()
        lists = catalogue.word_lists
        self._cues = Lexicon(
            [
                *((cue, f"theme:{one.id}") for one in themes for cue in (one.name.zh, one.name.en, *one.cues.all())),
                *((cue, f"stage:{one.id}") for one in stages for cue in (one.name.zh, one.name.en, *one.cues.all())),
            ]
        )
        patterns = [(one.id, pattern) for one in themes for pattern in one.patterns]
        self._objects = Lexicon(
            [
                (phrase, f"{action}>{theme}")
                for theme, pattern in patterns
                for phrase in pattern.objects.all()
                for action in pattern.actions
            ]
        )
        actions = sorted({action for _, pattern in patterns for action in pattern.actions})
        self._actions = Lexicon([(word, action) for action in actions for word in lists[action].words.all()])

    def read(self, text: str, negations: list[Hit]) -> list[Stated]:
        """Return what a plain text states, left to right."""
        fixed = [
            Stated(hit, *_split(meaning), negated(text, hit, negations))
            for hit in self._cues.find(text)
            for meaning in hit.meanings
        ]
        taken = [one.hit for one in fixed]
        free = [
            Stated(hit, "theme", theme, negated(text, hit, negations))
            for hit, theme in self._free(text)
            if not any(hit.start < other.end and other.start < hit.end for other in taken)
        ]
        known = {one.id for one in fixed}
        found = [*fixed, *(one for one in free if one.id not in known)]
        return sorted(found, key=lambda one: one.hit.start)

    def _free(self, text: str) -> list[tuple[Hit, str]]:
        """Return, for each object with a fitting action near it, the words that hold both."""
        actions = self._actions.find(text)
        found: dict[str, tuple[Hit, str]] = {}
        for thing in self._objects.find(text):
            for meaning in thing.meanings:
                action, _, theme = meaning.partition(">")
                near = [one for one in actions if action in one.meanings and _near(text, one, thing)]
                if near and theme not in found:
                    start = min(near[0].start, thing.start)
                    end = max(near[0].end, thing.end)
                    found[theme] = (Hit(start, end, text[start:end], ()), theme)
        return list(found.values())


def negated(text: str, hit: Hit, negations: list[Hit]) -> bool:
    """Tell whether a negation before a cue takes it back; a negation inside the cue belongs to it."""
    for negation in negations:
        between = text[negation.end : hit.start]
        reach = NEGATION_REACH["en" if _LATIN.search(negation.words) else "zh"]
        if negation.end <= hit.start and len(between) <= reach and not _BREAK.search(between):
            return True
    return False


def evidence(kind: str, meaning: str, words: str, taken_back: bool = False) -> Evidence:
    return Evidence.model_validate({"kind": kind, "id": meaning, "words": words, "negated": taken_back})


def _near(text: str, action: Hit, thing: Hit) -> bool:
    if action.start < thing.end and thing.start < action.end:
        return False
    start, end = sorted([(action.start, action.end), (thing.start, thing.end)])
    between = text[start[1] : end[0]]
    reach = PATTERN_REACH["en" if _LATIN.search(thing.words) else "zh"]
    return len(between) <= reach and not _CLAUSE.search(between)


def _split(meaning: str) -> tuple[str, str]:
    kind, _, id = meaning.partition(":")
    return kind, id
