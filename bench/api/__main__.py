"""The HTTP API: ``python -m bench.api [--quick] [--format json]``.

Requests a second and percentiles of the main routes beside a bare FastAPI endpoint and the recommender in process; two
workers beside one; memory over many requests; time to be ready. wrk (Debian's) makes the load.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from assistant.advisor import Advisor
from assistant.requests import Request
from bench.api import bodies
from bench.api.load import Load, loaded
from knowledge import shipped
from tests.integration.api_server import Served, free_port, serving
from tests.integration.postgres import running
from tests.integration.test_api_backends import Chroma
from tests.integration.valkey import Counting

CLIENTS = 8
SUGGEST = "/v1/scorecards:suggest"


def main() -> None:
    asked = arguments()
    seconds, rounds, many = (2.0, 1, 5_000) if asked.quick else (8.0, 3, 50_000)
    catalogue = shipped.load()
    found: dict[str, Any] = {"date": time.strftime("%Y-%m-%d"), "machine": machine()}
    told = print if asked.format == "text" else (lambda *_: None)
    told(f"{found['date']}, {found['machine']}; {CLIENTS} connections, {rounds} x {seconds:g} s, medians\n")
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        with serving(Path(folder) / "one") as served:
            found["ready"] = time.perf_counter() - begun
            told(f"ready after {found['ready']:.1f} s (aim 3 s)\n")
            wait_warm(served)
            found["routes"] = routes(served, Path(folder), catalogue, seconds, rounds)
            table(found["routes"], told)
            found["memory"] = over_many(served, catalogue, many)
        found["in_process"] = in_process(catalogue, seconds)
        found["workers"] = workers(Path(folder), catalogue, seconds, rounds)
    found["ratios"] = ratios(found)
    verdict(found, told)
    if asked.format == "json":
        print(json.dumps(found, indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser("bench.api")
    parser.add_argument("--quick", action="store_true", help="a short look; its figures are rough")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser.parse_args()


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def wait_warm(served: Served) -> None:
    for _ in range(300):
        if set(httpx2.get(f"{served.url}/readyz").json()["parts"].values()) == {"ready"}:
            return
        time.sleep(0.1)


def routes(served: Served, folder: Path, catalogue: Any, seconds: float, rounds: int) -> dict[str, dict[str, float]]:
    """Measure each route in turn, round after round, so that all meet the same machine."""
    brief = bodies.briefs(catalogue, 1)
    with bare(folder, httpx2.post(served.url + SUGGEST, json=brief[0]).content) as other:
        most = int(seconds * 400)
        plans = {
            "bare endpoint, same bytes": lambda place: loaded(other, brief, seconds, CLIENTS),
            "suggest, repeated": lambda place: loaded(served.url + SUGGEST, brief, seconds, CLIENTS),
            "suggest, new briefs": lambda place: loaded(
                served.url + SUGGEST, bodies.briefs(catalogue, most, 1 + place * most), seconds, CLIENTS
            ),
            "check, new cards": lambda place: loaded(
                f"{served.url}/v1/scorecards:check", bodies.cards((place + 1) * 8000)[place * 8000 :], seconds, CLIENTS
            ),
            "guidance search, new questions": lambda place: loaded(
                f"{served.url}/v1/guidance:search", bodies.questions(catalogue, 1600)[place::3], seconds, CLIENTS
            ),
        }
        taken: dict[str, list[Load]] = {name: [] for name in plans}
        for place in range(rounds):
            for name, act in plans.items():
                taken[name].append(act(place))
    return {name: middle(loads) for name, loads in taken.items()}


def middle(loads: list[Load]) -> dict[str, float]:
    fields = ("rate", "half", "most", "share", "failed")
    return {field: statistics.median(getattr(load, field) for load in loads) for field in fields}


@contextmanager
def bare(folder: Path, answer: bytes) -> Iterator[str]:
    (folder / "answer.json").write_bytes(answer)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.api.bare:app", "--port", str(port), "--no-access-log"]
    environment = {**os.environ, "BARE_ANSWER": str(folder / "answer.json")}
    process = subprocess.Popen([*command, "--log-level", "error"], env=environment)
    try:
        for _ in range(100):
            try:
                httpx2.get(f"http://127.0.0.1:{port}/")
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait()


def in_process(catalogue: Any, seconds: float) -> float:
    """Return the briefs a second of one thread that does nothing else."""
    advisor = Advisor(catalogue)
    briefs = bodies.briefs(catalogue, 100_000, 500_000)
    advisor.suggest(Request.model_validate(briefs[0])).model_dump_json()
    done, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        advisor.suggest(Request.model_validate(briefs[done])).model_dump_json()
        done += 1
    return done / (time.perf_counter() - begun)


def over_many(served: Served, catalogue: Any, many: int) -> dict[str, float]:
    """Return the server's memory in MB at the end of many requests, old and new, and its slope for 10,000 of them."""
    sizes: list[tuple[int, float]] = []
    done = 0
    while done < many:
        new = bodies.briefs(catalogue, 300, 200_000 + done)
        mixed = [one for pair in zip(new, bodies.cards(done + 300)[done:], strict=True) for one in pair]
        for path in (SUGGEST, "/v1/scorecards:check"):
            wanted = [one for one in mixed if ("card" in one) == path.endswith("check")]
            done += loaded(served.url + path, wanted, 2, CLIENTS).requests
        sizes.append((done, served.memory))
    later = [one for one in sizes if one[0] > many / 10] or sizes
    slope = statistics.linear_regression(*zip(*later, strict=True)).slope if len(later) > 1 else 0.0
    return {"requests": done, "mb": sizes[-1][1], "slope": slope * 10_000}


def workers(folder: Path, catalogue: Any, seconds: float, rounds: int) -> dict[str, float]:
    """Return the new briefs a second of one worker and of two, over the same PostgreSQL, index and counter.

    Each worker drafts on one thread: with more, one worker has all cores of a small machine to itself.
    """
    found: dict[str, list[float]] = {"1": [], "2": []}
    counting, chroma = Counting(folder), Chroma(folder / "chroma")
    try:
        with running() as postgres, postgres.database() as url:
            more = {"DATABASE_URL": url, "CHROMA_URL": chroma.url, "VALKEY_URL": counting.url, "API_THREADS": "1"}
            set_ = {f"SCORECRAFT_{name}": value for name, value in more.items()}
            for place in range(rounds):
                for number in found:
                    with serving(folder / f"workers{number}", set_, "--workers", number) as served:
                        wait_warm(served)
                        time.sleep(3)
                        start = 700_000 + (2 * place + int(number)) * 20_000
                        briefs = bodies.briefs(catalogue, int(seconds * 800), start)
                        found[number].append(loaded(served.url + SUGGEST, briefs, seconds, 2 * CLIENTS).rate)
    finally:
        counting.stop()
        chroma.stop()
    return {number: statistics.median(rates) for number, rates in found.items()}


def ratios(found: dict[str, Any]) -> dict[str, float]:
    rate = {name: one["rate"] for name, one in found["routes"].items()}
    return {
        "repeated / bare": rate["suggest, repeated"] / rate["bare endpoint, same bytes"],
        "new / in process": rate["suggest, new briefs"] / found["in_process"],
        "two workers / one": found["workers"]["2"] / found["workers"]["1"],
    }


AIMS = {"repeated / bare": 0.5, "new / in process": 0.8, "two workers / one": 1.6}


def table(found: dict[str, dict[str, float]], told: Any) -> None:
    told(f"{'':34}{'req/s':>9}{'50 %':>10}{'99 %':>10}{'failed':>8}{'wrk cores':>11}")
    for name, one in found.items():
        times = f"{one['half']:7.1f} ms{one['most']:7.1f} ms"
        told(f"{name:34}{one['rate']:9.1f}{times}{one['failed']:8.0f}{one['share']:11.2f}")


def verdict(found: dict[str, Any], told: Any) -> None:
    told(f"\nnew briefs in process, one thread: {found['in_process']:.1f} a second")
    told(f"new briefs: one worker {found['workers']['1']:.1f}, two {found['workers']['2']:.1f} a second")
    for name, ratio in found["ratios"].items():
        told(f"{name:20} {ratio:5.2f}   (aim {AIMS[name]})")
    size = found["memory"]
    told(
        f"memory after {size['requests']} requests: {size['mb']:.0f} MB (aim < 450), {size['slope']:+.2f} MB per 10,000"
    )


if __name__ == "__main__":
    main()
