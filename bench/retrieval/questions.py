"""The labelled questions. Those collected elsewhere have their text in a file of their own, which does not ship."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from knowledge.models import Language

LABELS = Path(__file__).parent / "questions.jsonl"
Part: TypeAlias = Literal["held-out", "tuning", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    id: str
    language: Language
    text: str
    topics: Mapping[str, int]
    """Grades of the pages that answer it: 3 the page to read, 2 needed as well, 1 beside it; none out of scope."""
    kind: str
    """Out of scope ``neighbour``, what the same office asks, or ``far``; otherwise a form of question."""
    origin: Literal["written", "collected"]
    held_out: bool

    @property
    def covered(self) -> bool:
        return bool(self.topics)


def load(collected: Path | None) -> list[Question]:
    """Return every question whose text is known."""
    texts = {row["id"]: row["question"] for row in _rows(collected)} if collected else {}
    rows = ((row, row.get("question") or texts.get(row["id"])) for row in _rows(LABELS))
    return [_question(row, text) for row, text in rows if text]


def of_part(questions: Sequence[Question], part: Part) -> list[Question]:
    return [one for one in questions if part == "all" or one.held_out == (part == "held-out")]


def _rows(file: Path) -> Iterator[dict[str, object]]:
    yield from map(json.loads, filter(str.strip, file.read_text(encoding="utf-8").splitlines()))


def _question(row: Mapping[str, object], text: str) -> Question:
    known = {key: row[key] for key in ("id", "language", "topics", "kind", "origin", "held_out")}
    return Question(text=text, **known)  # type: ignore[arg-type]
