"""YAML as plain data with the line of every field; nothing is guessed, repeated or expanded.

A scalar means what it says: ``no``, ``007`` and numbers too long to keep are text, so that no name turns into something
else.
"""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import yaml

from assistant.intake.formats.limits import DEPTH
from assistant.intake.formats.refusal import Refused

Location: TypeAlias = tuple[str | int, ...]
Lines: TypeAlias = dict[Location, int]

PLAIN_TAGS = re.compile(r"tag:yaml\.org,2002:(str|seq|map|int|float|bool|null|timestamp)")
WHOLE = re.compile(r"[-+]?(0|[1-9]\d{0,14})")
LONG = re.compile(r"[-+]?[1-9]\d{15,}")
DECIMAL = re.compile(r"[-+]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NO_NUMBER = frozenset((".inf", "+.inf", "-.inf", ".nan"))
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


def parsed(text: str) -> tuple[Any, Lines]:
    """Return the data and its lines; ``Refused`` names the line of what cannot be taken."""
    try:
        _check_events(text)
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        raise _malformed(text, error) from error
    except (yaml.YAMLError, ValueError) as error:
        raise Refused("file.yaml_whole") from error
    if root is None:
        raise Refused("file.blank")
    lines: Lines = {}
    return _value(root, (), lines), lines


def _check_events(text: str) -> None:
    """Refuse anchors, aliases and deep nesting; nested deep enough, the composer would overrun the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if getattr(event, "anchor", None):
            raise Refused("file.yaml_anchor", line=event.start_mark.line + 1 if event.start_mark else 1)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH:
            raise Refused("file.depth", most=DEPTH)


def _malformed(text: str, error: yaml.MarkedYAMLError) -> Refused:
    line = error.problem_mark.line if error.problem_mark else 0
    lines = text.split("\n")
    shown = lines[min(line, len(lines) - 1)]
    if shown.startswith("\t"):
        return Refused("file.yaml_tab", line=line + 1)
    if shown.startswith("---"):
        return Refused("file.yaml_documents", line=line + 1)
    return Refused("file.yaml", line=line + 1, text=shown.strip()[:60])


def _value(node: yaml.Node, location: Location, lines: Lines) -> Any:
    if not PLAIN_TAGS.fullmatch(node.tag):
        raise Refused("file.yaml_tag", line=_line(node), tag=node.tag)
    lines.setdefault(location, _line(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, location, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*location, index), lines) for index, child in enumerate(node.value)]
    return _scalar(node) if isinstance(node, yaml.ScalarNode) else None


def _mapping(node: yaml.MappingNode, location: Location, lines: Lines) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Refused("file.yaml_key", line=_line(key))
        if key.value in found:
            raise Refused("file.yaml_twice", line=_line(key), field=key.value[:60])
        lines[(*location, key.value)] = _line(key)
        found[key.value] = _value(child, (*location, key.value), lines)
    return found


def _scalar(node: yaml.ScalarNode) -> Any:
    if node.style in ("'", '"', "|", ">"):
        return node.value
    text: str = node.value
    if text.lower() in NO_NUMBER:
        raise Refused("file.number", line=_line(node), text=text)
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if DECIMAL.fullmatch(text) and not LONG.fullmatch(text):
        return _number(text, _line(node))
    return _day(text)


def _number(text: str, line: int) -> int | float:
    if WHOLE.fullmatch(text):
        return int(text)
    if math.isfinite(value := float(text)):
        return value
    raise Refused("file.number", line=line, text=text[:60])


def _day(text: str) -> str:
    """Return a day in ISO form, whatever else as it stands."""
    if not (parts := DAY.fullmatch(text)):
        return text
    make: Callable[..., date] = date
    try:
        return make(*map(int, parts.groups())).isoformat()
    except ValueError:
        return text


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
