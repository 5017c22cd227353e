"""Slack's side of Socket Mode: a real websocket server that sends envelopes and notes what is acknowledged."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.api.slack.workspace import Workspace


@dataclass
class Line:
    """The connection to the bot; it may be dropped and come again."""

    space: Workspace
    connections: list[ServerConnection] = field(default_factory=list)
    acknowledged: dict[str, float] = field(default_factory=dict)
    answers: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, float] = field(default_factory=dict)

    def open(self, connection: ServerConnection) -> None:
        self.connections.append(connection)
        connection.send(json.dumps({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A1"}}))
        try:
            for text in connection:
                told = json.loads(text)
                self.acknowledged[told["envelope_id"]] = time.monotonic()
                self.answers[told["envelope_id"]] = told.get("payload")
        except ConnectionClosed:
            return

    def send(self, kind: str, payload: dict[str, Any], envelope: str, attempt: int = 0) -> None:
        about: dict[str, Any] = {"envelope_id": envelope, "type": kind, "payload": payload}
        if kind == "events_api":
            about |= {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
        self.sent[envelope] = time.monotonic()
        self.connections[-1].send(json.dumps(about))

    def acknowledgement(self, envelope: str, seconds: float = 10.0) -> float:
        """Wait until an envelope is acknowledged and return the seconds that it took."""
        until(lambda: envelope in self.acknowledged, seconds)
        return self.acknowledged[envelope] - self.sent[envelope]


def until(found: Any, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


@contextmanager
def line(space: Workspace) -> Iterator[Line]:
    """Yield a line that the bot is told of when it asks where to connect."""
    made = Line(space)
    with serve(made.open, "127.0.0.1", 0) as server:
        space.socket_url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}/link?ticket=1"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()
