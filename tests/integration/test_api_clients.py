"""Clients that mean harm or are just slow, against the server as it is started."""

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.integration.api_server import Served, serving

BRIEF = {"role": "sales representative", "strategy": "cash first"}
WORD = "Zebraplan"
PATIENCE = 3
SLOW = 1000


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("clients"), {"SCORECRAFT_API_PATIENCE": str(PATIENCE)}) as running:
        yield running


@pytest.fixture(scope="module")
def client(served: Served) -> Iterator[httpx2.Client]:
    with served.client() as opened:
        yield opened


def address(served: Served) -> tuple[str, int]:
    host, port = served.url.removeprefix("http://").split(":")
    return host, int(port)


def sent(served: Served, request: bytes, seconds: float = 15) -> bytes:
    """Send bytes and return everything that comes back until the server closes."""
    with socket.create_connection(address(served), timeout=seconds) as line:
        line.sendall(request)
        found = b""
        while part := line.recv(65536):
            found += part
            if b"\r\n\r\n" in found and b"problem" in found:
                break
        return found


@pytest.mark.parametrize("chunked", [False, True])
def test_a_flood_is_stopped_early(served: Served, client: httpx2.Client, chunked: bool) -> None:
    hundred = 100_000_000

    def flood() -> Iterator[bytes]:
        for _ in range(hundred // 100_000):
            yield b"x" * 100_000

    before = served.memory
    headers = {"Content-Type": "application/json"} | ({} if chunked else {"Content-Length": str(hundred)})
    try:
        with served.client() as flooding:
            answer = flooding.post("/v1/scorecards:suggest", content=flood(), headers=headers)
        assert answer.status_code == 413 and answer.json()["type"].endswith("too-large")
    except httpx2.TransportError:
        pass  # Hung up on while still sending.
    assert client.get("/healthz").status_code == 200
    assert served.memory - before < 50


def test_a_trickle_is_ended(served: Served) -> None:
    start = time.monotonic()
    head = b"POST /v1/scorecards:suggest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    answer = sent(served, head + b'Content-Length: 500\r\n\r\n{"role"')
    assert b" 408 " in answer.split(b"\r\n")[0]
    assert time.monotonic() - start < 3 * PATIENCE


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /v1/scorecards:suggest HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /v1/roles HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"GARBAGE\r\n\r\n",
    ],
)
def test_requests_that_are_none_are_refused(served: Served, request_: bytes) -> None:
    with socket.create_connection(address(served), timeout=10) as line:
        line.sendall(request_)
        found = line.recv(65536)
    assert b" 400 " in found.split(b"\r\n")[0] or found == b""
    assert b"scorecraft_requests" not in found


def test_many_slow_clients_do_not_stop_others(served: Served, client: httpx2.Client) -> None:
    head = b"POST /v1/scorecards:suggest HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    lines = []
    try:
        for _ in range(SLOW):
            line = socket.create_connection(address(served), timeout=10)
            line.sendall(head + b'Content-Length: 60\r\n\r\n{"role"')
            lines.append(line)
        for number in range(5):
            start = time.monotonic()
            answer = client.post("/v1/scorecards:suggest", json=BRIEF | {"count": 4 + number})
            assert answer.status_code == 200
            assert time.monotonic() - start < 5
    finally:
        for line in lines:
            line.close()


def test_a_turn_is_kept_whose_listener_left(served: Served, client: httpx2.Client) -> None:
    id = client.post("/v1/conversations", json={}).json()["id"]
    body = json.dumps({"text": f"AE, win new logos, {WORD}"}).encode()
    head = f"POST /v1/conversations/{id}/messages HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
    with socket.create_connection(address(served), timeout=10) as line:
        line.sendall(f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        line.recv(10)
    for _ in range(100):
        turns = client.get(f"/v1/conversations/{id}/messages").json()["items"]
        if turns:
            break
        time.sleep(0.1)
    assert turns[0]["number"] == 1 and turns[0]["replies"]


def test_a_batch_stops_whose_reader_left(served: Served, client: httpx2.Client) -> None:
    lines = "\n".join(json.dumps(BRIEF | {"strategy": f"cash first {number}"}) for number in range(2000))
    with (
        served.client() as leaving,
        leaving.stream(
            "POST", "/v1/scorecards:suggestBatch", content=lines, headers={"Content-Type": "application/jsonl"}
        ) as answer,
    ):
        next(answer.iter_bytes())
    start = time.monotonic()
    assert client.post("/v1/scorecards:suggest", json=BRIEF | {"count": 9}).status_code == 200
    assert time.monotonic() - start < 3


def test_the_log_holds_no_words_of_users(served: Served, client: httpx2.Client) -> None:
    client.post("/v1/scorecards:suggest", json={"role": WORD, "strategy": WORD})
    client.post("/v1/guidance:search", json={"query": WORD})
    client.get(f"/v1/scorecards/{WORD}")
    time.sleep(0.2)
    written = served.log.read_text(encoding="utf-8")
    assert WORD not in written and "Traceback" not in written
    lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
    assert {"request", "route", "status", "ms"} <= next(one for one in lines if one["event"] == "request").keys()


def test_what_runs_is_finished_when_told_to_stop(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        found: list[httpx2.Response] = []
        lines = "\n".join(json.dumps(BRIEF | {"strategy": f"cash first {number}"}) for number in range(150))

        def ask() -> None:
            headers = {"Content-Type": "application/jsonl"}
            with served.client(timeout=60) as asking:
                found.append(asking.post("/v1/scorecards:suggestBatch", content=lines, headers=headers))

        thread = threading.Thread(target=ask)
        thread.start()
        time.sleep(0.7)
        served.process.send_signal(signal.SIGTERM)
        thread.join(60)
        assert found and found[0].text.count("\n") == 150
        assert served.process.wait(30) in {0, -signal.SIGTERM}


@pytest.mark.parametrize(
    ("more", "words", "told"),
    [
        ({}, ("--host", "0.0.0.0"), "scorecraft keys create"),  # noqa: S104
        ({"SCORECRAFT_API_HOSTS": "kpi.example.com"}, (), "SCORECRAFT_API_HOSTS"),
        ({}, ("--workers", "2"), "SCORECRAFT_DATABASE_URL"),
        ({"SCORECRAFT_API_HOSTS": "*"}, (), "SCORECRAFT_API_HOSTS"),
        ({"SCORECRAFT_API_RATE": "often"}, (), "SCORECRAFT_API_RATE"),
        ({"SCORECRAFT_VALKEY_URL": "valkey://valkey.example.com"}, (), "SCORECRAFT_VALKEY_URL"),
    ],
)
def test_unsafe_settings_are_refused(tmp_path: Path, more: dict[str, str], words: tuple[str, ...], told: str) -> None:
    with serving(tmp_path, more, *words, ready=False) as served:
        assert served.process.wait(30) == 2
    written = served.log.read_text(encoding="utf-8")
    assert told in written and "Traceback" not in written


def test_a_port_in_use_is_said_in_a_line(served: Served, tmp_path: Path) -> None:
    with serving(tmp_path, {}, "--port", str(address(served)[1]), ready=False) as second:
        assert second.process.wait(30) != 0
    assert "Traceback" not in second.log.read_text(encoding="utf-8")
