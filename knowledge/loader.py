"""Knowledge files to models: every problem is gathered, with its file, line and field, and raised once."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import TypeAdapter, ValidationError

from knowledge import documents
from knowledge.company import CompanyProfile
from knowledge.documents import Document
from knowledge.errors import KnowledgeError, Problem
from knowledge.links import broken_links, called
from knowledge.models import (
    Ambiguous,
    Catalogue,
    Frozen,
    Indicator,
    QualityScale,
    Role,
    RuleProfile,
    RuleText,
    Stage,
    Stance,
    StrategyTheme,
    Synonyms,
    Text,
    WordList,
)
from knowledge.shipped import HOME

# One entry of the catalogue, and where it stands.
Part: TypeAlias = tuple[Any, Document, documents.Location]

SOURCES = HOME / "catalogue"

# Which model the entries of a file have; a folder's files all have the folder's model.
SHAPES: dict[str, Any] = {
    "indicators": list[Indicator],
    "roles": Role,
    "profiles": RuleProfile,
    "strategies.yaml": list[StrategyTheme],
    "stages.yaml": list[Stage],
    "stances.yaml": list[Stance],
    "rules.yaml": list[RuleText],
    "quality.yaml": QualityScale,
    "ambiguous_roles.yaml": list[Ambiguous],
    "ambiguous_indicators.yaml": list[Ambiguous],
    "words.yaml": list[WordList],
    "cues.yaml": list[WordList],
    "talk.yaml": list[WordList],
    "headings.yaml": list[WordList],
    "synonyms.yaml": list[Synonyms],
    "terms.yaml": dict[str, dict[str, Text]],
}


def digest(sources: Path = SOURCES) -> str:
    """Return the content hash of the catalogue's source files."""
    total = hashlib.sha256()
    for path in sorted(sources.rglob("*.yaml")):
        total.update(path.relative_to(sources).as_posix().encode())
        total.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()


def read_sources(sources: Path = SOURCES) -> Catalogue:
    """Read the source files; raise one ``KnowledgeError`` with everything that is wrong in them."""
    problems: list[Problem] = []
    parts: dict[str, list[Part]] = {name: [] for name in SHAPES}
    for name, path in _files(sources):
        try:
            document = documents.read(path, path.relative_to(sources.parent).as_posix())
            parts[name] += _entries(check(document, SHAPES[name]), document)
        except KnowledgeError as error:
            problems += error.problems
    keyed = {name: _keyed(entries, problems) for name, entries in parts.items()}
    if problems:
        raise KnowledgeError(problems)
    catalogue = _assemble(keyed)
    _refuse_broken_links(catalogue, parts)
    return catalogue


def read_profile(path: Path) -> tuple[CompanyProfile, Document]:
    """Read what a company's own file says, with the lines on which it does."""
    document = documents.read(path, str(path))
    profile: CompanyProfile = check(document, CompanyProfile)
    return profile, document


def check(document: Document, shape: Any) -> Any:
    """Validate a document against a shape, giving each problem its line."""
    try:
        return TypeAdapter(shape).validate_json(json.dumps(document.data), strict=False)
    except ValidationError as error:
        found = [
            document.problem(tuple(flaw["loc"]), flaw["msg"], flaw["type"], flaw.get("ctx"))
            for flaw in error.errors(include_url=False)
        ]
        raise KnowledgeError(found) from error
    except TypeError as error:
        raise KnowledgeError([document.problem((), f"holds a value of no plain type: {error}", "plain")]) from error


def _files(sources: Path) -> Iterator[tuple[str, Path]]:
    for name in SHAPES:
        place = sources / name
        yield from ((name, path) for path in (sorted(place.glob("*.yaml")) if place.is_dir() else [place]))


def _entries(value: Any, document: Document) -> Iterable[Part]:
    if isinstance(value, list):
        return [(entry, document, (index,)) for index, entry in enumerate(value)]
    return [(value, document, ())]


def _keyed(entries: list[Part], problems: list[Problem]) -> dict[str, Any]:
    """Key entries by id or code; entries without one keep their order."""
    keyed: dict[str, Any] = {}
    for index, (entry, document, location) in enumerate(entries):
        key = str(getattr(entry, "id", None) or getattr(entry, "code", None) or index)
        if key in keyed:
            problems.append(document.problem((*location, "id"), f"{key} stands twice in the catalogue"))
        keyed[key] = entry
    return keyed


def _assemble(keyed: dict[str, dict[str, Any]]) -> Catalogue:
    return Catalogue(
        indicators=keyed["indicators"],
        roles=keyed["roles"],
        profiles=keyed["profiles"],
        themes=keyed["strategies.yaml"],
        stages=keyed["stages.yaml"],
        stances=keyed["stances.yaml"],
        rules=keyed["rules.yaml"],
        quality=keyed["quality.yaml"]["0"],
        ambiguous_roles=tuple(keyed["ambiguous_roles.yaml"].values()),
        ambiguous_indicators=tuple(keyed["ambiguous_indicators.yaml"].values()),
        word_lists=keyed["words.yaml"] | keyed["cues.yaml"] | keyed["talk.yaml"] | keyed["headings.yaml"],
        synonyms=keyed["synonyms.yaml"],
        terms=keyed["terms.yaml"]["0"],
    )


def _refuse_broken_links(catalogue: Catalogue, parts: dict[str, list[Part]]) -> None:
    places = {
        (Path(name).stem, called(entry)): (document.file, document.line(location))
        for name, entries in parts.items()
        for entry, document, location in entries
    }
    found = []
    for source, entry, field, expected in broken_links(catalogue):
        file, line = places.get((source, entry), (source, None))
        found.append(Problem(file=file, line=line, field=f"{entry}.{field}", expected=expected))
    if found:
        raise KnowledgeError(found)


def dump(model: Frozen) -> dict[str, Any]:
    """Return a model as plain JSON data without the fields that hold their defaults."""
    return model.model_dump(mode="json", exclude_defaults=True)
