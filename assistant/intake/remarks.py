"""The notes below a form of ours read back: how to set targets, figures for reference, definitions of the company."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.intake.cells.listing import listed_in, name_key
from assistant.intake.cells.phrasing import ANY, NUMBER, number, pattern, values_in
from assistant.intake.items import ItemReader
from assistant.models import Interim, ScorecardItem
from knowledge.models import LANGUAGES, Parameter, Text

COLONS = ("：", ". ")
SEMICOLONS = ("；", "; ")
Update = dict[str, Any]


@dataclass
class Remarks:
    """What the notes say of each item, and of the targets above and below the card's."""

    reader: ItemReader
    items: tuple[ScorecardItem, ...]
    card: Update = field(default_factory=dict)
    updates: dict[int, Update] = field(default_factory=dict)

    def read(self, notes: dict[str, list[str]]) -> tuple[ScorecardItem, ...]:
        """Return the items with what the notes add to them; lines that nobody can read for sure add nothing."""
        for line in notes.get("methods", ()):
            self._method(line)
        for line in notes.get("figures", ()):
            for part in _split(line):
                self._figure(part)
        for line in notes.get("parameters", ()):
            self._parameter(line)
        return tuple(
            item.model_copy(update=self.updates.get(place, {})) if place in self.updates else item
            for place, item in enumerate(self.items)
        )

    def _method(self, line: str) -> None:
        for names, method in _cut(line, COLONS):
            places = listed_in(names, self._places)
            text = self._text(method)
            if places is not None and text is not None:
                for place in (one for group in places for one in group):
                    self._set_method(place, text)
                return

    def _set_method(self, place: int, text: Text) -> None:
        """Keep a method; in both languages the English line follows the Chinese one."""
        before = self.updates.get(place, {}).get("target_method")
        method = Text(zh=before.zh, en=text.en) if before is not None and before.zh == before.en else before or text
        self.updates.setdefault(place, {})["target_method"] = method

    def _figure(self, part: str) -> None:
        if said := self._about("export.interims", part, parts=ANY):
            self._add_to(said, "interims", tuple(_interims(said["parts"])))
        elif said := self._about("export.last_year", part, value=NUMBER + "%?"):
            self._add_to(said, "last_year", _value(said["value"]))
        elif said := self._about("export.uplift", part, uplift=NUMBER):
            self._add_to(said, "uplift", _value(said["uplift"]))
        elif said := values_in(part, "export.leader_target", value=NUMBER):
            self.card["leader_target"] = _value(said["value"])
        elif said := values_in(part, "export.members_target", value=NUMBER):
            self.card["members_target"] = _value(said["value"])

    def _about(self, key: str, part: str, **holes: str) -> dict[str, str] | None:
        """Return what a phrase about one item says, where the item is on the card."""
        said = values_in(part, key, item=ANY, **holes)
        return said if said and name_key(said["item"]) in self._places else None

    def _parameter(self, line: str) -> None:
        for place, item in enumerate(self.items):
            for one in item.parameters:
                default = self._text(self._default(line, one, place) or "", one.default)
                if default is not None and default != one.default:
                    self._redefine(place, one, default)

    def _default(self, line: str, one: Parameter, place: int) -> str | None:
        """Return what a line defines a parameter as, where it speaks of that one for the item at a place."""
        for language in LANGUAGES:
            name = re.escape(one.name.say(language))
            found = pattern("export.parameter", language, name=name, items=ANY, default=ANY).fullmatch(line)
            groups = listed_in(found["items"], self._places) if found else None
            if found and groups and any(place in group for group in groups):
                return found["default"]
        return None

    def _text(self, words: str, usual: Text | None = None) -> Text | None:
        # Each line of a note speaks one language, whatever the form does.
        return self.reader.words.texts.text(words, None, usual)

    def _redefine(self, place: int, one: Parameter, default: Text) -> None:
        now = self.updates.get(place, {}).get("parameters", self.items[place].parameters)
        changed = tuple(one.model_copy(update={"default": default}) if each.id == one.id else each for each in now)
        self.updates.setdefault(place, {})["parameters"] = changed

    @property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, item in enumerate(self.items):
            for said in dict.fromkeys((name_key(item.name.zh), name_key(item.name.en))):
                found.setdefault(said, []).append(place)
        return found

    def _add_to(self, said: dict[str, str], name: str, value: object) -> None:
        for place in self._places[name_key(said["item"])]:
            self._add(place, name, value)

    def _add(self, place: int, name: str, value: object) -> None:
        # In a form in both languages the Chinese line goes first.
        self.updates.setdefault(place, {}).setdefault(name, value)


def _cut(line: str, signs: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Return a line cut in two at each of some signs."""
    for sign in signs:
        start = line.find(sign)
        while start >= 0:
            yield line[:start], line[start + len(sign) :].strip()
            start = line.find(sign, start + 1)


def _split(line: str) -> list[str]:
    for sign in SEMICOLONS:
        line = line.replace(sign, "\n")
    return line.split("\n")


def _interims(parts: str) -> Iterator[Interim]:
    for part in parts.replace("、", "\n").replace(", ", "\n").split("\n"):
        if said := values_in(part, "export.interim", period=ANY, value=NUMBER + "%?"):
            yield Interim(period=said["period"], value=_value(said["value"]))


def _value(text: str) -> float:
    return float(number(text.rstrip("%")))
