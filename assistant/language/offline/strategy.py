"""Strategic priorities and stages in a text, in the order stated, leaving out what is negated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.language.offline.lexicon import Hit, Lexicon, inside, overlaps
from assistant.models import Evidence
from knowledge.models import Catalogue

# A negation reaches this far, and no further than the end of its clause or the turn to what is wanted instead.
NEGATION_REACH = {"zh": 8, "en": 32}
PUT_OFF_REACH = {"zh": 4, "en": 12}
# An action and its object stand this close.
PATTERN_REACH = {"zh": 10, "en": 40}
_BREAK = re.compile(r"[，,。；;！!？?、\n:：]|(?<!\d)\.(?!\d)|而是|转向|转为|\bbut\b|\binstead,|\btowards?\b")
_CLAUSE = re.compile(r"[，,。；;！!？?\n:：]|(?<!\d)\.(?!\d)|\bbut\b")
_OVER = re.compile(r"\b(?:over|ahead of)\b")
# "cash generation over": between what is chosen and "over" stands one more word at most.
OVER_REACH = 18
_FROM_TO = re.compile(r"\bfrom\b([^.;,]{3,60}?)\bto\b|从([^，。；]{1,20}?)(?:转向|转为|转到|变为)")
_LATIN = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Stated:
    """A priority or stage in its place in the text."""

    hit: Hit
    kind: str
    id: str
    negated: bool
    thing: Hit | None = None
    """The object, where an action beside it was read."""


class StrategyReader:
    """Reads priorities: by fixed cues first, then by an action beside an object."""

    def __init__(self, catalogue: Catalogue) -> None:
        themes, stages = catalogue.themes.values(), catalogue.stages.values()
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
        self._negations = Lexicon.of_lists(catalogue, ("negation",))
        self._put_off = Lexicon.of_lists(catalogue, ("put_off",))
        self._actions = Lexicon.of_lists(catalogue, actions)

    def read(self, text: str) -> list[Stated]:
        """Return what a plain text states, left to right."""
        before, after = self._negations.find(text), self._put_off.find(text)
        cues, things = self._cues.find(text), self._objects.find(text)
        left = _left_behind(text, [*cues, *things])

        def denied(hit: Hit) -> bool:
            given_up = any(start <= hit.start < end for start, end in left)
            return given_up or negated(text, hit, before) or put_off(text, hit, after)

        fixed = [Stated(hit, *_split(meaning), denied(hit)) for hit in cues for meaning in hit.meanings]
        taken = [one.hit for one in fixed]
        free = [
            Stated(hit, "theme", theme, denied(hit), thing)
            for hit, theme, thing in self._free(text, things, after)
            if not overlaps(hit, taken)
        ]
        known = {one.id for one in fixed}
        found = [*fixed, *_first(one for one in free if one.id not in known)]
        return sorted(found, key=lambda one: one.hit.start)

    def _free(self, text: str, things: list[Hit], put_off: list[Hit]) -> list[tuple[Hit, str, Hit]]:
        """Return, for each object with a fitting action near it, the words that hold both, and the object.

        A word inside one that puts off is no action: "should matter less".
        """
        actions = [one for one in self._actions.find(text) if not inside(one, put_off)]
        found = []
        for thing in things:
            for meaning in thing.meanings:
                action, _, theme = meaning.partition(">")
                near = [one for one in actions if action in one.meanings and _near(text, one, thing)]
                if near:
                    nearest = min(near, key=lambda one: max(one.start - thing.end, thing.start - one.end))
                    start, end = min(nearest.start, thing.start), max(nearest.end, thing.end)
                    found.append((Hit(start, end, text[start:end], ()), theme, thing))
        return found


def _first(stated: Iterable[Stated]) -> list[Stated]:
    """Return the first reading of each priority, one that is not taken back where there is one."""
    chosen: dict[str, Stated] = {}
    for one in stated:
        if one.id not in chosen or (chosen[one.id].negated and not one.negated):
            chosen[one.id] = one
    return list(chosen.values())


def _left_behind(text: str, said: list[Hit]) -> list[tuple[int, int]]:
    """Return the places of what is given up: Y in "X over Y", and X in "from X to Y"."""
    over = [(match.end(), match.end() + NEGATION_REACH["en"]) for match in _OVER.finditer(text)]
    chosen = [place for place in over if any(0 <= place[0] - hit.end <= OVER_REACH for hit in said)]
    return [*chosen, *(match.span(match.lastindex or 0) for match in _FROM_TO.finditer(text))]


def negated(text: str, hit: Hit, negations: list[Hit]) -> bool:
    """Tell whether a negation before a cue takes it back; one inside the cue belongs to it."""
    return any(
        one.start < hit.start and one.end < hit.end and _reaches(text[one.end : hit.start], one.words, NEGATION_REACH)
        for one in negations
    )


def put_off(text: str, hit: Hit, words: list[Hit]) -> bool:
    """Tell whether what follows a cue puts it off, as in "margin can wait"."""
    return any(hit.end <= one.start and _reaches(text[hit.end : one.start], one.words, PUT_OFF_REACH) for one in words)


def _reaches(between: str, words: str, reach: dict[str, int]) -> bool:
    return len(between) <= reach["en" if _LATIN.search(words) else "zh"] and not _BREAK.search(between)


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
