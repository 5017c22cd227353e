"""A workspace of Slack: a real HTTP server that plays its Web API, and people who write, press and submit.

The methods answer in the form of docs.slack.dev/reference/methods; faults are scripted a method.
"""

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from api.slack.health import scopes
from tests.api.slack.limits import flaws, view_flaws

TEAM, HOME_BOT, BOT_ID = "T100", "UBOT", "BBOT"
SECRET, BOT_TOKEN, APP_TOKEN = "8f742231b10e8888abcd99yyyzzz85a5", "xoxb-test", "xapp-test"
DM, CHANNEL, PRIVATE, PARTNERS = "D1", "C1", "G1", "C9"
NUMBERS = ("limit", "length")


@dataclass
class Fault:
    """What goes wrong with one call: ``done`` whether it is carried out all the same."""

    status: int = 200
    error: str = ""
    retry_after: int | None = None
    hang: float = 0.0
    done: bool = False


@dataclass
class Workspace:
    """What is seen in Slack: messages by channel, private ones by person, windows, files, statuses."""

    url: str = ""
    messages: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    ephemeral: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    windows: list[dict[str, Any]] = field(default_factory=list)
    prompts: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    shared: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    users: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: set[str] = field(default_factory=lambda: {DM, CHANNEL, PARTNERS})
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    streaming: bool = True
    scopes: str = ",".join(sorted(scopes()))
    responses: dict[str, str] = field(default_factory=dict)
    socket_url: str = ""

    def __post_init__(self) -> None:
        self._clock = itertools.count()
        self._guard = threading.Lock()
        for id, locale in (("UANN", "en-US"), ("UBOB", "en-GB"), ("ULI", "zh-CN"), ("UWANG", "zh-TW")):
            self.users[id] = {"id": id, "team_id": TEAM, "locale": locale}
        self.users["UGUEST"] = {"id": "UGUEST", "team_id": TEAM, "locale": "en-US", "is_restricted": True}
        self.users["UPARTNER"] = {"id": "UPARTNER", "team_id": "T999", "locale": "zh-CN", "is_stranger": True}
        self.users["UROBOT"] = {"id": "UROBOT", "team_id": TEAM, "locale": "en-US", "is_bot": True}

    def fault(self, method: str, *faults: Fault) -> None:
        self.faults[method].extend(faults)

    def ts(self) -> str:
        return f"{time.time():.3f}{next(self._clock) % 1000:03d}"

    def called(self, method: str) -> list[dict[str, Any]]:
        return [arguments for name, arguments in self.calls if name == method]

    def response_url(self, user: str, channel: str = CHANNEL) -> str:
        id = f"{user}-{channel}-{next(self._clock)}"
        self.responses[id] = user
        return f"{self.url}/response/{id}"

    def write(self, user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
        """Keep a message that a person wrote, and return it."""
        message = {"type": "message", "user": user, "text": text, "ts": self.ts(), "channel": channel, **more}
        self.messages[channel].append(message)
        return message

    def said(self, channel: str = DM) -> list[dict[str, Any]]:
        """Return what the bot said in a channel."""
        return [one for one in self.messages[channel] if one.get("bot_id")]

    def answer(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Carry a method out."""
        act = getattr(self, "_" + method.replace(".", "_"), None)
        if act is None:
            return {"ok": False, "error": "unknown_method"}
        with self._guard:
            found: dict[str, Any] = act(arguments)
        return {"ok": "error" not in found, **found}

    def _auth_test(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": TEAM, "team": "Acme", "user": "scorecraft", "user_id": HOME_BOT, "bot_id": BOT_ID}

    def _users_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        user = self.users.get(arguments["user"]) or (
            {"id": arguments["user"], "team_id": TEAM, "locale": "en-US"}
            if arguments["user"].startswith("UMANY")
            else None
        )
        return {"user": user} if user else {"error": "user_not_found"}

    def _conversations_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": arguments["channel"], "is_ext_shared": arguments["channel"] == PARTNERS}}

    def _conversations_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": f"D-{arguments['users']}"}}

    def _conversations_replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        root, oldest = arguments["ts"], float(arguments.get("oldest", 0))
        found = [one for one in self.messages[arguments["channel"]] if root in {one["ts"], one.get("thread_ts")}]
        return {"messages": [one for one in found if float(one["ts"]) >= oldest or one["ts"] == root]}

    def _conversations_history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        oldest = float(arguments.get("oldest", 0))
        return {"messages": [one for one in self.messages[arguments["channel"]] if float(one["ts"]) >= oldest]}

    def _chat_postMessage(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = arguments["channel"]
        if channel not in self.members and not channel.startswith("D"):
            return {"error": "not_in_channel"}
        if found := self._wrong(arguments):
            return {"error": "invalid_blocks", "response_metadata": {"messages": found}}
        told = {"user": HOME_BOT, "bot_id": BOT_ID, "ts": self.ts(), **arguments}
        self.messages[channel].append(told)
        return {"ts": told["ts"], "channel": channel}

    def _chat_postEphemeral(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if arguments["channel"] not in self.members and not arguments["channel"].startswith("D"):
            return {"error": "not_in_channel"}
        if self._wrong(arguments):
            return {"error": "invalid_blocks"}
        self.ephemeral[arguments["user"]].append(arguments)
        return {"message_ts": self.ts()}

    def _chat_startStream(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if not self.streaming:
            return {"error": "method_not_supported_for_channel_type"}
        told = {"user": HOME_BOT, "bot_id": BOT_ID, "ts": self.ts(), "streaming": True, "text": "", **arguments}
        told["text"] = told.pop("markdown_text", "")
        self.messages[arguments["channel"]].append(told)
        return {"ts": told["ts"], "channel": arguments["channel"]}

    def _chat_appendStream(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._stream(arguments)["text"] += arguments["markdown_text"]
        return {"ts": arguments["ts"]}

    def _chat_stopStream(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self._stream(arguments).update(streaming=False, metadata=arguments.get("metadata"))
        return {"ts": arguments["ts"]}

    def _stream(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return next(one for one in self.messages[arguments["channel"]] if one["ts"] == arguments["ts"])

    def _views_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        if found := view_flaws(arguments["view"]):
            self.refused += found
            return {"error": "invalid_arguments"}
        self.windows.append(arguments["view"])
        return {"view": {"id": f"V{len(self.windows)}", **arguments["view"]}}

    def _assistant_threads_setStatus(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self.statuses.append(arguments["status"])
        return {}

    def _assistant_threads_setSuggestedPrompts(self, arguments: dict[str, Any]) -> dict[str, Any]:
        self.prompts.append(arguments)
        return {}

    def _files_info(self, arguments: dict[str, Any]) -> dict[str, Any]:
        file = self.files.get(arguments["file"])
        return (
            {"file": {key: value for key, value in file.items() if key != "data"}}
            if file
            else {"error": "file_not_found"}
        )

    def _files_getUploadURLExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:
        id = f"F{len(self.files) + 1}"
        self.files[id] = {"id": id, "name": arguments["filename"], "size": arguments["length"], "data": b""}
        return {"upload_url": f"{self.url}/upload/{id}", "file_id": id}

    def _files_completeUploadExternal(self, arguments: dict[str, Any]) -> dict[str, Any]:
        names = [
            {"id": one["id"], "title": one["title"], "data": self.files[one["id"]]["data"]}
            for one in arguments["files"]
        ]
        told = {"user": HOME_BOT, "bot_id": BOT_ID, "ts": self.ts(), "files": names, "text": ""}
        channel = arguments["channel_id"]
        self.messages[channel].append({**told, "channel": channel, "thread_ts": arguments.get("thread_ts")})
        self.shared.append(arguments)
        return {"files": arguments["files"]}

    def _apps_connections_open(self, arguments: dict[str, Any]) -> dict[str, Any]:
        return {"url": self.socket_url} if self.socket_url else {"error": "not_allowed_token_type"}

    def attach(self, name: str, data: bytes) -> dict[str, Any]:
        """Return a file as it hangs on a message."""
        id = f"F{len(self.files) + 1}"
        url = f"{self.url}/download/{id}"
        self.files[id] = {"id": id, "name": name, "size": len(data), "data": data, "url_private_download": url}
        return {"id": id, "name": name}

    def respond(self, id: str, told: dict[str, Any]) -> int:
        """Take an answer through a response URL."""
        if id not in self.responses:
            return 404
        if self._wrong(told):
            return 500
        user, channel, _ = id.split("-", 2)
        if told.get("response_type") == "in_channel":
            self.messages[channel].append({"user": HOME_BOT, "bot_id": BOT_ID, "ts": self.ts(), **told})
        else:
            self.ephemeral[user].append(told)
        return 200

    def _wrong(self, told: dict[str, Any]) -> list[str]:
        found = flaws(told["blocks"]) if told.get("blocks") else []
        self.refused += found
        return found


class _Handler(BaseHTTPRequestHandler):
    workspace: Workspace
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        _, kind, *rest = self.path.split("/")
        if kind == "response":
            self._send(self.workspace.respond(rest[0], json.loads(body)), b"ok")
        elif kind == "upload":
            self.workspace.files[rest[0]]["data"] = body
            self._send(200, b"OK")
        else:
            self._method(rest[0], self._arguments(body))

    def do_GET(self) -> None:
        file = self.workspace.files.get(self.path.rpartition("/")[2])
        if file is None or self.headers.get("authorization") != f"Bearer {BOT_TOKEN}":
            self._send(403, b"")
            return
        self._send(200, file["data"])

    def _method(self, method: str, arguments: dict[str, Any]) -> None:
        space = self.workspace
        space.calls.append((method, arguments))
        fault = space.faults[method].popleft() if space.faults[method] else None
        if fault is None:
            answer = json.dumps(space.answer(method, arguments), default=lambda _: None).encode()
            self._send(200, answer, headers={"X-OAuth-Scopes": space.scopes}, json_=True)
            return
        found = space.answer(method, arguments) if fault.done else {}
        time.sleep(fault.hang)
        answer = {"ok": False, "error": fault.error} if fault.error else (found or {"ok": False, "error": "fault"})
        headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after is not None else {}
        if fault.status >= 500:
            self._send(fault.status, b"<html>", headers=headers)
        else:
            self._send(fault.status, json.dumps(answer, default=lambda _: None).encode(), headers=headers, json_=True)

    def _arguments(self, body: bytes) -> dict[str, Any]:
        if "json" in self.headers.get("content-type", ""):
            found: dict[str, Any] = json.loads(body or b"{}")
            return found
        return {name: _value(value) for name, value in parse_qsl(body.decode())}

    def _send(self, status: int, body: bytes, *, headers: dict[str, str] | None = None, json_: bool = False) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json" if json_ else "text/plain")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        return


class _Server(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True


@contextmanager
def workspace() -> Iterator[Workspace]:
    """Yield a workspace whose Web API is being served."""
    made = Workspace()
    handler = type("Handler", (_Handler,), {"workspace": made})
    server = _Server(("127.0.0.1", 0), handler)
    made.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def signed(body: str, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Return the headers with which Slack sends a body."""
    stamp = str(int(at if at is not None else time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _value(value: str) -> Any:
    if value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
