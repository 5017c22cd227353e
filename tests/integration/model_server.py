"""A chat model's server for tests: OpenAI's protocol for real, in a process of its own, with scripted answers.

    python -m tests.integration.model_server --port 8099 [--script steps.json] [--brain package.module:function]

Each request takes the next step of the script, the last one stays. A step is an object:

    {"do": "answer", "text": "…"}                    also "first" and "pause": seconds before, and between, pieces
    {"do": "object", "value": {…}}                   the value as JSON
    {"do": "call", "value": {…}, "tagged": true}     a tool call written out as plain text
    {"do": "fill"}                                   the least that fits the schema of the request
    {"do": "status", "status": 429, "headers": {…}, "error": {…}}
    {"do": "hang"} | {"do": "pings"}                 nothing, or only comments, until the client leaves
    {"do": "dribble", "text": "…", "pause": 0.05}    the answer byte by byte
    {"do": "cut", "text": "…", "how": "clean"}       half of the answer, then "abort" or a "clean" end without a reason
    {"do": "malformed"} | {"do": "page"} | {"do": "error"} | {"do": "empty"} | {"do": "refusal"}
    {"do": "endless", "text": "the same\\n"}         until the client leaves
    {"do": "brain"}                                  what the brain makes of the request: a text, or a step

Any step may have "refuses": ["json_schema", "json_object"], the response formats it answers with a 400, and "finish",
the reason for the end. POST /_script sets the steps, GET /_requests tells what came, DELETE /_requests forgets it.
"""

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock
from typing import Any
from urllib.request import Request, urlopen

from tests.integration.model_answers import Step, chunk, completion, event, text
from tests.integration.servers import free_port

Brain = Callable[[dict[str, Any]], "str | Step"]
STARTS = 20.0
PIECE = 12
LONGEST = 60.0


class Script:
    """The steps to come and the requests that were; shared by the threads of a server."""

    def __init__(self, steps: list[Step], brain: Brain | None) -> None:
        self._lock = Lock()
        self.steps = steps
        self.brain = brain
        self.requests: list[dict[str, Any]] = []

    def take(self, request: dict[str, Any]) -> Step:
        with self._lock:
            self.requests.append(request)
            step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if step["do"] == "brain":
            assert self.brain is not None
            thought = self.brain(request["body"])
            return {"do": "answer", "text": thought} if isinstance(thought, str) else thought
        return step

    def set(self, steps: list[Step]) -> None:
        with self._lock:
            self.steps = steps


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    script: Script
    leaving: Event

    def do_GET(self) -> None:
        if self.path == "/_requests":
            self._json(200, self.script.requests)
        else:
            self._json(200, {"object": "list", "data": [{"id": "scripted", "object": "model"}]})

    def do_DELETE(self) -> None:
        self.script.requests.clear()
        self._json(200, {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/_script":
            self.script.set(body)
            self._json(200, {})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        step = self.script.take({"path": self.path, "headers": headers, "body": body})
        form = (body.get("response_format") or {}).get("type")
        try:
            if form in step.get("refuses", ()):
                self._json(400, {"error": {"message": f"This response_format type {form} is unavailable now"}})
            else:
                self._act(step, body)
        except OSError:
            self.close_connection = True

    def _act(self, step: Step, body: dict[str, Any]) -> None:
        act = getattr(self, f"_do_{step['do']}", None)
        if act is not None:
            act(step)
        elif body.get("stream"):
            self._stream(step, text(step, body))
        else:
            self._json(200, completion(text(step, body), step.get("finish", "stop")))

    def _stream(self, step: Step, said: str) -> None:
        self._wait(step.get("first", 0))
        self._begin()
        for piece in [said[at : at + PIECE] for at in range(0, len(said), PIECE)]:
            self._send(event(piece))
            self._wait(step.get("pause", 0))
        self._send(event(finish=step.get("finish", "stop")))
        self._send(b"data: [DONE]\n\n")
        self._end()

    def _do_status(self, step: Step) -> None:
        error = step.get("error", {"message": "no", "type": "scripted"})
        self._json(step["status"], {"error": error}, step.get("headers", {}))

    def _do_hang(self, step: Step) -> None:
        self._wait(LONGEST)

    def _do_pings(self, step: Step) -> None:
        self._begin()
        while not self.leaving.is_set():
            self._send(b": still there\n\n")
            self._wait(0.05)

    def _do_dribble(self, step: Step) -> None:
        self._begin()
        for byte in event(step["text"]) + event(finish="stop") + b"data: [DONE]\n\n":
            self._send(bytes([byte]))
            self._wait(step["pause"])
        self._end()

    def _do_cut(self, step: Step) -> None:
        self._begin()
        self._send(event(step["text"][: len(step["text"]) // 2]))
        self.close_connection = True
        if step.get("how") == "clean":
            self._end()

    def _do_malformed(self, step: Step) -> None:
        self._begin()
        self._send(b'data: {"choices": [{"delta": {"con\n\n')
        self._end()

    def _do_page(self, step: Step) -> None:
        self._raw(200, b"<html>Log in first</html>", {"Content-Type": "text/html"})

    def _do_error(self, step: Step) -> None:
        self._begin()
        self._send(event("The "))
        self._send(b'data: {"error": {"message": "out of memory", "code": 500}}\n\n')
        self._end()

    def _do_refusal(self, step: Step) -> None:
        self._begin()
        self._send(b"data: " + json.dumps(chunk({"refusal": "I cannot"}, None)).encode() + b"\n\n")
        self._send(event(finish="stop"))
        self._end()

    def _do_endless(self, step: Step) -> None:
        self._begin()
        while not self.leaving.is_set():
            self._send(event(step["text"]))
            self._wait(step.get("pause", 0.002))

    def _wait(self, seconds: float) -> None:
        if seconds:
            self.leaving.wait(seconds)

    def _begin(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _send(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def _end(self) -> None:
        self.wfile.write(b"0\r\n\r\n")

    def _json(self, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
        self._raw(status, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})})

    def _raw(self, status: int, data: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that left."""


def serve(port: int, steps: list[Step], brain: Brain | None) -> None:
    known = {"script": Script(steps, brain), "leaving": Event()}
    server = Server(("127.0.0.1", port), type("Scripted", (Handler,), known))
    server.serve_forever()


@dataclass
class ModelServer:
    """The server in its own process, which can be stopped and started again at the same place."""

    brain: str | None = None
    port: int = field(default_factory=free_port)
    running: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.integration.model_server", "--port", str(self.port)]
        self.running = subprocess.Popen(command + (["--brain", self.brain] if self.brain else []))
        end = time.monotonic() + STARTS
        while not self._answers():
            assert time.monotonic() < end, "the model's server does not start"
            time.sleep(0.02)

    def stop(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait(10)
            self.running = None

    def script(self, *steps: Step) -> None:
        """Set what it does from now on, and forget what came before."""
        self._ask("POST", "/_script", list(steps))
        self._ask("DELETE", "/_requests")

    def requests(self) -> list[dict[str, Any]]:
        """Return path, headers and body of each request since the script was set."""
        return list(self._ask("GET", "/_requests"))

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        data = json.dumps(body).encode()
        request = Request(f"http://127.0.0.1:{self.port}{path}", data, method=method)
        with urlopen(request, timeout=5) as answer:  # noqa: S310
            return json.load(answer)

    def _answers(self) -> bool:
        try:
            self._ask("GET", "/v1/models")
        except OSError:
            return False
        return True


def running(brain: str | None = None) -> Iterator[ModelServer]:
    """Yield a running server; the body of a fixture."""
    server = ModelServer(brain)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--script", type=Path)
    parser.add_argument("--brain", help="package.module:function")
    given = parser.parse_args()
    brain = None
    if given.brain:
        module, _, name = given.brain.partition(":")
        brain = getattr(importlib.import_module(module), name)
    steps = [{"do": "brain"} if brain else {"do": "answer", "text": "Hello."}]
    serve(given.port, json.loads(given.script.read_text(encoding="utf-8")) if given.script else steps, brain)


if __name__ == "__main__":
    main()
