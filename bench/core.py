"""The recommender and the command line: ``python -m bench.core``.

Prints a suggestion in process next to the bare solver call, suggestions a second from a file on one and two processes,
and a cold ``scorecraft suggest`` next to importing what it is made of.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path

import assistant.recommender.program as program
from assistant.advisor import Advisor
from assistant.recommender import solver
from assistant.requests import Request
from knowledge import shipped

COLD_RUNS = 7
LINES = 1000
BARE = "import typer, rich.console, rich.table, pydantic, highspy"
LOADED = "from api.cli.main import main; main(['suggest', '--role', 'AE', '--strategy', 'cash', '--format', 'json'])"
HEAVY = ("chromadb", "langchain", "openai", "fastapi", "rich", "yaml")


def main() -> None:
    requests = briefs()
    in_process(requests)
    from_file(requests)
    cold()


def briefs() -> list[Request]:
    """Return briefs that are all different: every role under every ordered pair of priorities, as many as needed."""
    catalogue = shipped.load()
    pairs = ((first, second) for first, second in product(catalogue.themes, repeat=2) if first != second)
    mixed = ((role, pair) for pair in pairs for role in catalogue.roles)
    return [Request(role=role, strategy=", ".join(pair)) for role, pair in islice(mixed, LINES)]


def in_process(requests: list[Request]) -> None:
    """Time suggestions whose neutral cards are known, as in a running server, and the solver inside them."""
    advisor = Advisor(shipped.load())
    for role in advisor.catalogue.roles:
        advisor.suggest(Request(role=role))
    spent: list[float] = []
    program.solve = timed(solver.solve, spent)
    try:
        whole = [seconds(lambda request=request: advisor.suggest(request)) for request in requests]
    finally:
        program.solve = solver.solve
    print(f"suggestion in process, {len(whole)} briefs of two priorities")
    print(f"  whole   median {1e3 * statistics.median(whole):6.1f} ms   95% {1e3 * at(whole, 0.95):6.1f} ms")
    print(f"  solver  median {1e3 * statistics.median(spent):6.1f} ms   95% {1e3 * at(spent, 0.95):6.1f} ms")
    print(f"  whole / solver, in all: {sum(whole) / sum(spent):.2f}")


def timed(call: Callable[[solver.Program], solver.Solution | None], spent: list[float]) -> Callable[..., object]:
    def wrapped(task: solver.Program) -> solver.Solution | None:
        start = time.perf_counter()
        solution = call(task)
        spent.append(time.perf_counter() - start)
        return solution

    return wrapped


def from_file(requests: list[Request]) -> None:
    """Time ``suggest --from`` as a whole process, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "briefs.jsonl"
        lines = [json.dumps({"role": one.role, "strategy": one.strategy}) for one in requests]
        path.write_text("\n".join(lines), encoding="utf-8")
        print(f"suggest --from, {len(lines)} briefs")
        for workers in (1, 2):
            command = [sys.executable, "-m", "api.cli.main", "suggest", "--from", str(path), "--workers", str(workers)]
            took = seconds(lambda command=command: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))
            print(f"  {workers} process{'es' if workers > 1 else '  '} {len(lines) / took:6.1f} suggestions a second")


def cold() -> None:
    """Time a fresh process against one that only imports, in turn, so that a drifting machine hurts both."""
    suggest = [sys.executable, "-m", "api.cli.main", "suggest", "--role", "AE", "--strategy", "win new logos"]
    runs: dict[str, list[float]] = {"bare": [], "table": [], "json": []}
    commands = {"bare": [sys.executable, "-c", BARE], "table": suggest, "json": [*suggest, "--format", "json"]}
    for _ in range(COLD_RUNS):
        for name, command in commands.items():
            runs[name].append(seconds(lambda c=command: subprocess.run(c, check=True, stdout=subprocess.DEVNULL)))
    bare = statistics.median(runs["bare"])
    print(f"cold start, median of {COLD_RUNS}")
    print(f"  imports alone ({BARE.removeprefix('import ')}) {bare:.2f} s")
    for name in ("table", "json"):
        median = statistics.median(runs[name])
        print(f"  scorecraft suggest, {name:5} {median:.2f} s   ratio {median / bare:.2f}")
    print(
        f"  peak memory of the largest child: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB"
    )
    print(f"  imported by suggest --format json: {', '.join(loaded()) or 'none'} of {', '.join(HEAVY)}")


def loaded() -> list[str]:
    code = f"import sys, os; out = os.dup(1); os.dup2(os.open(os.devnull, 1), 1); {LOADED}; sys.stdout.flush(); "
    code += f"os.write(out, ' '.join(m for m in {HEAVY!r} if m in sys.modules).encode())"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def at(values: list[float], part: float) -> float:
    return sorted(values)[int(part * (len(values) - 1))]


if __name__ == "__main__":
    main()
