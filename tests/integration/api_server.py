"""The web server as it is started: a process of its own, over a real socket."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

STARTS = 30.0
ENDS = 40.0


@dataclass(frozen=True)
class Served:
    """A running server; ``log`` is the file that its log goes to."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]

    def client(self, token: str | None = None, timeout: float = 30.0) -> httpx2.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return httpx2.Client(base_url=self.url, headers=headers, timeout=timeout)

    @property
    def memory(self) -> float:
        """The server's memory in MB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def command(self, *words: str) -> str:
        """Run the command line over the same data and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "api.cli.main", *words],
            env=self.environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout

    def key(self, workspace: str = "acme", scopes: str = "read,write") -> str:
        """Make a key and return its token."""
        return self.command("keys", "create", "--name", "test", "--workspace", workspace, "--scopes", scopes).strip()


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, more: Mapping[str, str] | None = None, *words: str, ready: bool = True) -> Iterator[Served]:
    """Start a server over a folder and yield it once it is ready; it is told to stop at the end."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "SCORECRAFT_DATA_DIR": str(folder), "PYTHONUTF8": "1", **(more or {})}
    log = folder / "server.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "api.cli.main", "serve", "--port", str(port), *words],
            env=environment,
            stdout=written,
            stderr=written,
        )
    served = Served(f"http://127.0.0.1:{port}", process, log, environment)
    try:
        if ready:
            wait_ready(served)
        yield served
    finally:
        process.terminate()
        try:
            process.wait(ENDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_warm(served: Served, seconds: float = STARTS) -> None:
    """Wait until nothing is made ready behind the requests any more."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        parts = httpx2.get(f"{served.url}/readyz", timeout=5).json()["parts"]
        if "warming" not in parts.values():
            return
        time.sleep(0.1)
    raise AssertionError("still warming up")


def wait_ready(served: Served, seconds: float = STARTS) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if served.process.poll() is not None:
            raise AssertionError(served.log.read_text(encoding="utf-8"))
        try:
            if httpx2.get(f"{served.url}/readyz", timeout=2).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"not ready: {served.log.read_text(encoding='utf-8')}")
