"""A server that counts requests: Valkey, or Redis, whose protocol it speaks."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.integration.api_server import free_port

PROGRAM = shutil.which("valkey-server") or shutil.which("redis-server")


class Counting:
    """The server at one port, which can go away and come back."""

    def __init__(self, folder: Path) -> None:
        if PROGRAM is None:
            if os.environ.get("CI") == "true":
                raise AssertionError("neither valkey-server nor redis-server is installed")
            pytest.skip("needs valkey-server or redis-server")
        self.program, self.folder, self.port = PROGRAM, folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"valkey://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(0.3)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
