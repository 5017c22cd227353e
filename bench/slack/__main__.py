"""The Slack bot: ``python -m bench.slack [--quick] [--format json]``.

Many people at once over HTTP against the server as it is started, with Slack sending some again: seconds until each
request is acknowledged, until everybody is answered, and how many were answered more or less than once. Then the same
through the adapter that Bolt brings for FastAPI, which runs on the event loop.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.api.slack.workspace import Workspace, workspace
from tests.integration.api_server import free_port, serving, wait_warm
from tests.integration.slack_socket import until
from tests.integration.slack_storm import Storm, answers, everybody, settings, storm

STOCK = "bench.slack.stock:app"


def main() -> None:
    asked = _arguments()
    many, rounds = (60, 1) if asked.quick else (200, 3)
    found = {
        "bot": [_bot(many, warm=True) for _ in range(rounds)],
        "bot, just started": [_bot(many, warm=False) for _ in range(rounds)],
        "stock adapter": [_stock(many) for _ in range(rounds)],
    }
    if asked.format == "json":
        print(json.dumps({"people": many, **found}, indent=2))
        return
    print(f"{many} people at once, every fourth request sent twice; {rounds} rounds, medians")
    for name, several in found.items():
        middle = {key: statistics.median(one[key] for one in several) for key in several[0]}
        print(f"  {name}: " + ", ".join(f"{key} {value:.3g}" for key, value in middle.items()))


def _bot(many: int, *, warm: bool) -> dict[str, float]:
    with (
        workspace() as space,
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), settings(space)) as server,
    ):
        if warm:
            wait_warm(server)
        requests = everybody(space, many)
        began = time.perf_counter()
        acknowledged = storm([server.url], requests)
        until(lambda: min(answers(space, requests).values()) > 0, 300)
        seconds = time.perf_counter() - began
        time.sleep(2)
        wrong = sum(count != 1 for count in answers(space, requests).values())
    return {**_figures(acknowledged), "all answered after s": seconds, "not answered exactly once": wrong}


def _stock(many: int) -> dict[str, float]:
    with workspace() as space, _started(space) as url:
        return _figures(storm([url], everybody(space, many)))


@contextmanager
def _started(space: Workspace) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", STOCK, "--port", str(port), "--log-level", "warning"]
    process = subprocess.Popen(command, env={**os.environ, **settings(space)})
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    import socket

    def open_() -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", port)) == 0

    until(open_, 30)


def _figures(found: Storm) -> dict[str, float]:
    ordered = sorted(found.seconds)
    return {
        "acknowledged after s, half": _at(ordered, 0.5),
        "99 %": _at(ordered, 0.99),
        "at most": ordered[-1],
        "later than 3 s": found.late,
    }


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--format", choices=["text", "json"], default="text")
    return parser.parse_args()


if __name__ == "__main__":
    main()
