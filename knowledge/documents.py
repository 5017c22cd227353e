"""YAML files read strictly, remembering on which line each field stands.

PyYAML alone takes a repeated key without a word and expands nested aliases without limit, so both are refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from knowledge.errors import KnowledgeError, Problem

Location: TypeAlias = tuple[str | int, ...]
DEEPEST = 100


@dataclass(frozen=True)
class Document:
    file: str
    data: Any
    lines: dict[Location, int]

    def line(self, location: Location) -> int | None:
        """Return the line of a field, or of the nearest thing around it."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location)

    def problem(
        self, location: Location, expected: str, kind: str = "", values: Mapping[str, Any] | None = None
    ) -> Problem:
        field, line = ".".join(map(str, location)), self.line(location)
        return Problem(file=self.file, line=line, field=field, expected=expected, kind=kind, values=values or {})


def read(path: Path, name: str) -> Document:
    """Read one file; ``KnowledgeError`` names every repeated key, anchor and alias in it."""
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except OSError as error:
        raise KnowledgeError([_whole(name, f"cannot be read: {error.strerror}", "unreadable")]) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError([_whole(name, "is not UTF-8 text", "encoding")]) from error


def parse(text: str, name: str) -> Document:
    try:
        return _parsed(text, name)
    except KnowledgeError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line if mark else None
        raise KnowledgeError([_at(name, line, f"is not YAML: {error.problem}", "yaml")]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise KnowledgeError([_whole(name, f"is not YAML: {error}", "yaml")]) from error


def _parsed(text: str, name: str) -> Document:
    problems = list(_refused(text, name))
    if problems:
        raise KnowledgeError(problems)
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        raise KnowledgeError([_whole(name, "is empty", "empty")])
    lines: dict[Location, int] = {}
    problems = list(_walk(root, (), lines, name))
    if problems:
        raise KnowledgeError(problems)
    return Document(name, yaml.load(text, Loader=yaml.CSafeLoader), lines)


def _refused(text: str, name: str) -> Iterator[Problem]:
    """Report anchors, and nesting so deep that it would bring the parser down."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if getattr(event, "anchor", None):
            yield _at(name, line, "anchors and aliases are not allowed", "anchor")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield _at(name, line, f"is nested more than {DEEPEST} deep", "deep")
            return


def _walk(node: yaml.Node, location: Location, lines: dict[Location, int], name: str) -> Iterator[Problem]:
    """Note the line of every field below ``node`` and report repeated keys."""
    lines.setdefault(location, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _walk(child, (*location, index), lines, name)
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            place = (*location, str(key.value))
            if place in lines:
                yield _at(name, key.start_mark.line, f"{key.value}: stands twice", "twice", {"name": str(key.value)})
            lines[place] = key.start_mark.line + 1
            yield from _walk(child, place, lines, name)


def _at(name: str, line: int | None, expected: str, kind: str = "", values: Mapping[str, Any] | None = None) -> Problem:
    place = None if line is None else line + 1
    return Problem(file=name, line=place, field="", expected=expected, kind=kind, values=values or {})


def _whole(name: str, expected: str, kind: str = "") -> Problem:
    return _at(name, None, expected, kind)
