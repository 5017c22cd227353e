"""Starting the web server: what would be unsafe, or would not work, is refused before it listens."""

import errno
import os
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from assistant.errors import BadInput
from assistant.settings import PREFIX, Settings, within_machine
from assistant.wording import phrase_text

GRACE = 30
"""Seconds that running requests have to end once the server is told to stop."""
FILES = 65_536
"""Connections are open files; this many are asked for."""
M_ARENA_MAX = -8
"""Of glibc's malloc.h."""
DEFAULT_HOSTS = Settings.model_fields["api_hosts"].default


def serve(settings: Settings, begins: Callable[[], None]) -> None:
    """Serve until told to stop; ``begins`` is called once nothing stands against it, ``BadInput`` says what does."""
    import uvicorn

    from api import logs
    from api.app import create_app

    refuse_unsafe(settings, keyed=_keyed(settings))
    _refuse_taken(settings)
    begins()
    _open_files()
    _few_arenas()
    logs.configure(settings.log_format)
    about: dict[str, Any] = {
        "host": settings.api_host,
        "port": settings.api_port,
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,
        "timeout_graceful_shutdown": GRACE,
        "timeout_keep_alive": 30,
    }
    if settings.api_workers == 1:
        uvicorn.run(create_app(settings), **about)
        return
    with tempfile.TemporaryDirectory(prefix="scorecraft-") as figures:
        # Read by the workers' metrics, which add theirs up there; and what the command line set is theirs too.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures
        os.environ[f"{PREFIX}API_HOST"] = settings.api_host
        os.environ[f"{PREFIX}API_WORKERS"] = str(settings.api_workers)
        uvicorn.run("api.app:create_app", factory=True, workers=settings.api_workers, **about)


def refuse_unsafe(settings: Settings, *, keyed: bool) -> None:
    """Refuse to let anybody in without a key, and to run processes that do not see each other's work."""
    if not keyed and not within_machine(settings.api_host):
        raise BadInput("serve.no_keys", host=settings.api_host)
    if not keyed and settings.api_hosts != DEFAULT_HOSTS:
        raise BadInput("serve.no_keys_behind", hosts=settings.api_hosts)
    if settings.api_workers > 1:
        wanted = ("database_url", "chroma_url", "valkey_url")
        missing = tuple(PREFIX + name.upper() for name in wanted if getattr(settings, name) is None)
        if missing:
            raise BadInput("serve.workers", count=settings.api_workers, missing=missing)


def _refuse_taken(settings: Settings) -> None:
    """Refuse an address or a port that cannot be listened on, before anything is opened for it."""
    host, port = settings.api_host, settings.api_port
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((host, port))
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        problem = phrase_text("serve.taken") if taken else error.strerror or str(error)
        raise BadInput("serve.cannot_listen", host=host, port=port, problem=problem, other=port + 1) from error


def _keyed(settings: Settings) -> bool:
    from assistant.storage.keys import Keys
    from assistant.storage.store import open_store

    with open_store(settings) as store:
        return Keys(store.database).any()


def _few_arenas() -> None:
    """Let threads share two heaps where glibc would give each its own, which never shrink again."""
    with suppress(OSError, AttributeError):
        import ctypes

        ctypes.CDLL("libc.so.6").mallopt(M_ARENA_MAX, 2)


def _open_files() -> None:
    """Ask for as many open files as are allowed; Windows has no such limit to raise."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
