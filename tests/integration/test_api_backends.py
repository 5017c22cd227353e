"""PostgreSQL, Valkey and the Chroma server go away and come back under the web server; two processes share them."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import psycopg
import pytest

from tests.integration.api_server import Served, free_port, serving
from tests.integration.postgres import Postgres, postgres
from tests.integration.valkey import Counting
from tests.integration.wire import Wire

__all__ = ["postgres"]
CARD = {"position": "Sales representative", "items": [{"name": "Revenue", "weight": 60}, {"name": "NPS", "weight": 40}]}
BRIEF = {"role": "sales representative", "strategy": "cash first"}
SOON = 20.0


class Chroma:
    """A Chroma server over a folder, which can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [str(Path(sys.executable).parent / "chroma"), *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: httpx2.get(f"{self.url}/api/v2/heartbeat", timeout=1).status_code == 200)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


def until(true: Callable[[], bool], seconds: float = SOON) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("it did not come about in time")


@pytest.fixture
def line(postgres: Postgres) -> Iterator[tuple[Wire, str]]:
    """A database behind a line that can be cut, and its address."""
    with postgres.database() as url:
        with psycopg.connect(url) as connection:
            socket = f"{connection.info.host}/.s.PGSQL.{connection.info.port}"
            name = connection.info.dbname
        wire = Wire(socket)
        try:
            yield wire, f"postgresql://postgres@127.0.0.1:{wire.port}/{name}"
        finally:
            wire.close()


def kept(client: httpx2.Client, name: str) -> httpx2.Response:
    return client.post("/v1/scorecards", json={"card": CARD, "name": name})


def told_to_come_back(answer: httpx2.Response) -> bool:
    assert answer.status_code in {200, 201, 503}, answer.text
    if answer.status_code != 503:
        return False
    assert int(answer.headers["retry-after"]) > 0 and answer.json()["detail"]
    return True


def test_a_database_that_goes_away_and_comes_back(line: tuple[Wire, str], tmp_path: Path) -> None:
    wire, url = line
    with serving(tmp_path, {"SCORECRAFT_DATABASE_URL": url}) as served, served.client() as client:
        names = [f"card {number}" for number in range(5)]
        acknowledged = [name for name in names if kept(client, name).status_code == 201]
        wire.sever()
        until(lambda: told_to_come_back(kept(client, "lost")))
        assert client.get("/healthz").status_code == 200
        assert client.get("/readyz").status_code == 503
        assert client.post("/v1/scorecards:suggest", json=BRIEF).status_code in {200, 503}
        wire.mend()
        until(lambda: kept(client, "back").status_code == 201)
        assert client.get("/readyz").status_code == 200
        found = {one["name"] for one in client.get("/v1/scorecards").json()["items"]}
        assert len(acknowledged) == 5 and {*acknowledged, "back"} <= found
    assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_a_counter_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    counting = Counting(tmp_path)
    try:
        more = {"SCORECRAFT_VALKEY_URL": counting.url, "SCORECRAFT_API_RATE": "1000/minute"}
        with serving(tmp_path / "data", more) as served, served.client(served.key()) as client:
            assert client.get("/v1/rules").status_code == 200
            counting.stop()
            until(lambda: told_to_come_back(client.get("/v1/rules")))
            assert client.get("/healthz").status_code == 200
            counting.start()
            until(lambda: client.get("/v1/rules").status_code == 200)
    finally:
        counting.stop()


def test_an_index_that_goes_away_and_comes_back(tmp_path: Path) -> None:
    chroma = Chroma(tmp_path / "chroma")
    query = {"query": "How many points do zebras get in the zebra plan?"}
    try:
        with (
            serving(tmp_path / "data", {"SCORECRAFT_CHROMA_URL": chroma.url}) as served,
            served.client(timeout=60) as client,
        ):
            files = {"file": ("zebra.md", b"# Zebra plan\n\nZebras get 12 points.")}
            path = client.post("/v1/documents", files=files).headers["location"]
            until(lambda: client.get(path).json()["status"] == "ready", 60)
            assert "zebra.md" in client.post("/v1/guidance:search", json=query).text
            chroma.stop()
            until(lambda: told_to_come_back(client.post("/v1/guidance:search", json=query)), 60)
            assert client.post("/v1/scorecards:suggest", json=BRIEF | {"count": 7}).status_code == 200
            chroma.start()
            until(lambda: client.post("/v1/guidance:search", json=query).status_code == 200, 60)
            assert "zebra.md" in client.post("/v1/guidance:search", json=query).text
    finally:
        chroma.stop()


def test_two_processes_share_what_they_keep(line: tuple[Wire, str], tmp_path: Path) -> None:
    counting, chroma = Counting(tmp_path), Chroma(tmp_path / "chroma")
    more = {
        "SCORECRAFT_DATABASE_URL": line[1],
        "SCORECRAFT_VALKEY_URL": counting.url,
        "SCORECRAFT_CHROMA_URL": chroma.url,
        "SCORECRAFT_API_RATE": "60/minute",
    }
    try:
        with serving(tmp_path / "data", more, "--workers", "2") as served:
            _shared(served)
    finally:
        counting.stop()
        chroma.stop()


def _shared(served: Served) -> None:
    token = served.key()
    time.sleep(10.5)
    made = []
    for number in range(12):
        # A connection each, so that both processes get some.
        with served.client(token) as client:
            made.append(kept(client, f"card {number}"))
    assert {one.status_code for one in made} == {201}
    for one in made:
        with served.client(token) as client:
            assert client.get(one.headers["location"]).status_code == 200
    statuses = []
    for _ in range(40):
        with served.client(token) as client:
            statuses.append(client.get("/v1/rules/W001").status_code)
    assert statuses[0] == 200 and statuses[-1] == 429 and statuses.count(200) <= 60 - 24
    other = served.key("other", "read")
    with served.client(other) as client:
        figures = client.get("/metrics").text
    counted = sum(
        float(value)
        for value in re.findall(r'^scorecraft_requests_total\{.*status="201".*\} ([\d.e+]+)$', figures, re.MULTILINE)
    )
    assert counted == 12
