"""Real servers for tests: Chroma's own, and a small one that speaks OpenAI's protocol for embeddings."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from tests.assistant.retrieval.made import Hashing

STARTS = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Chroma:
    """A Chroma server over a folder, which can be stopped and started again."""

    folder: Path
    port: int = field(default_factory=free_port)
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        program = Path(sys.executable).with_name("chroma")
        command = [program, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.running = subprocess.Popen(command, **quiet)  # type: ignore[call-overload]
        end = time.monotonic() + STARTS
        while not self._answers():
            assert time.monotonic() < end, "the Chroma server does not start"
            time.sleep(0.05)

    def stop(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait(10)
            self.running = None

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/api/v2/heartbeat", timeout=1) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


@dataclass
class Embeddings:
    """A server of embeddings in a thread; what it answers can be changed while it runs."""

    dimension: int = 48
    garbage: bool = False
    requests: int = 0
    keys: set[str] = field(default_factory=set)
    server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    def answer(self, asked: dict[str, Any]) -> Any:
        if self.garbage:
            return {"hello": "there"}
        made = Hashing(self.dimension).embed_documents([str(text) for text in asked["input"]])
        data = [{"object": "embedding", "index": place, "embedding": row} for place, row in enumerate(made)]
        return {
            "object": "list",
            "model": asked["model"],
            "data": data,
            "usage": {"prompt_tokens": 1, "total_tokens": 1},
        }


@contextmanager
def embeddings() -> Iterator[Embeddings]:
    state = Embeddings()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests += 1
            state.keys.add(self.headers["Authorization"])
            body = json.dumps(state.answer(asked)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    state.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=state.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.server.shutdown()
        state.server.server_close()
        thread.join(10)
