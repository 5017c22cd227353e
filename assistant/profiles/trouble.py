"""What is wrong in a company's file: where it stands, and what was expected, in the reader's language."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, TypeAlias

from rapidfuzz import process

from assistant.wording import worded
from knowledge.company import CompanyBand, CompanyBanned, CompanyMandatory, CompanyProfile
from knowledge.documents import Document, Location
from knowledge.errors import Problem
from knowledge.models import Language, OwnLine, RaterShare, Text

# Where something is wrong, the phrase that says what, and its variables.
Found: TypeAlias = tuple[Location, str, Mapping[str, Any]]

SHAPES = (CompanyProfile, CompanyMandatory, CompanyBanned, CompanyBand, OwnLine, RaterShare, Text)
FIELDS = tuple(dict.fromkeys(name for shape in SHAPES for name in shape.model_fields))
OFFERED = 3
# What the reading of the file objects to, and the phrase that says it.
WORDS = {
    "unreadable": "profile.unreadable",
    "encoding": "profile.encoding",
    "yaml": "profile.yaml",
    "anchor": "profile.anchor",
    "deep": "profile.deep",
    "twice": "profile.twice",
    "empty": "profile.empty",
    "plain": "profile.plain",
    "either": "profile.either",
    "missing": "profile.missing",
    "extra_forbidden": "profile.unknown_field",
    "enum": "profile.choice",
    "string_type": "profile.text",
    "string_too_short": "profile.blank",
    "string_pattern_mismatch": "profile.id",
    "too_long": "profile.pair",
    "tuple_type": "profile.list",
    "dict_type": "profile.mapping",
    "model_type": "profile.mapping",
    "greater_than_equal": "profile.too_small",
    "less_than_equal": "profile.too_large",
    "bool_type": "profile.truth",
    "bool_parsing": "profile.truth",
} | dict.fromkeys(("int_type", "int_parsing", "int_from_float", "finite_number"), "profile.whole")
_QUOTED = re.compile(r"'([^']+)'")


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong in a file."""

    file: str
    line: int | None
    field: str
    key: str
    values: Mapping[str, Any] = dataclass_field(default_factory=dict, compare=False)

    def say(self, language: Language) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        said = worded(self.key, language, **self.values)
        return f"{place}: {self.field}: {said}" if self.field else f"{place}: {said}"


def from_reading(problems: Iterable[Problem]) -> tuple[Trouble, ...]:
    """Word what the reading of a file found."""
    return tuple(_worded(problem) for problem in problems)


def placed(found: Iterable[Found], document: Document) -> tuple[Trouble, ...]:
    """Give each find its line, in the order of lines."""
    troubles = (
        Trouble(document.file, document.line(location), ".".join(map(str, location)), key, values)
        for location, key, values in found
    )
    return tuple(sorted(troubles, key=lambda trouble: trouble.line or 0))


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    return tuple(match for match, _, _ in process.extract(name, list(known), limit=OFFERED))


def _worded(problem: Problem) -> Trouble:
    place = problem.field.removesuffix(".[key]")
    name = place.rpartition(".")[2]
    values: dict[str, Any] = {**problem.values, "name": problem.values.get("name", name)}
    if problem.kind == "enum":
        values["choices"] = tuple(_QUOTED.findall(str(problem.values["expected"])))
    if problem.kind == "extra_forbidden":
        values["nearest"] = nearest(name, FIELDS)
    # A pair with one number lacks its second place.
    key = "profile.pair" if problem.kind == "missing" and name.isdigit() else WORDS.get(problem.kind, "profile.wrong")
    return Trouble(problem.file, problem.line, place, key, values)
