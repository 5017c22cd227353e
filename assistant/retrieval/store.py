"""Where the index lives: a Chroma folder with one owner process, or a Chroma server.

An open folder does not see what another process writes, so a folder is owned by one process at a time.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from assistant.errors import ScorecraftError, Unavailable
from assistant.retrieval.soundness import obstacle, sound
from assistant.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.config import Settings as ChromaSettings
    from filelock import FileLock

PATIENCE = 60.0
"""Seconds in which a server has to answer; writing a batch of chunks takes it a few."""
WAIT = 5.0
"""Seconds to wait for the owner: a search from the command line is over sooner."""
SAID = {
    "readonly": "index.read_only",
    "read-only": "index.read_only",
    "permission denied": "index.read_only",
    "disk is full": "index.full",
    "no space left": "index.full",
    "disk i/o error": "index.full",
}
"""What Chroma says, and what it comes to."""
_Value = TypeVar("_Value")


class Store:
    """A connection to Chroma; ``Unavailable`` says why there is none, and the way out."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.home / "index"
        self._lock: FileLock | None = None
        self._client: ClientAPI | None = None

    @property
    def place(self) -> str:
        return self.settings.chroma_url or str(self.folder)

    @property
    def client(self) -> "ClientAPI":
        if self._client is None:
            self._client = self._served() if self.settings.chroma_url else self._owned()
        return self._client

    def close(self) -> None:
        """Give the folder free."""
        if self._client is not None:
            if self.settings.chroma_url:
                _hang_up(self._client)
            with suppress(Exception):
                self._client.close()  # type: ignore[attr-defined]
            self._client = None
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            with suppress(OSError):
                self._owner.unlink(missing_ok=True)
            self._lock.release()
            self._lock = None

    def set_aside(self) -> Path | None:
        """Move a damaged folder out of the way and return where it is; a server's index is emptied by its owner."""
        if self.settings.chroma_url:
            raise Unavailable("index.server_rebuild", url=self.settings.chroma_url)
        self.close()
        with self._told():
            self._acquire()
            if not self.folder.exists():
                return None
            stamp = time.strftime("%Y%m%d-%H%M%S")
            names = (f"index-{stamp}{number or ''}" for number in count())
            aside = next(path for name in names if not (path := self.folder.with_name(name)).exists())
            self.folder.rename(aside)
            return aside

    def guarded(self, act: Callable[[], _Value]) -> _Value:
        """Do something with the index; what Chroma says of a broken one becomes ``Unavailable``."""
        with self._told():
            return act()

    def replaced(self, error: Unavailable) -> bool:
        """Tell whether a server has a collection no more: another client has put its own in its place."""
        return bool(self.settings.chroma_url) and type(error.__cause__).__name__ == "NotFoundError"

    @property
    def _owner(self) -> Path:
        return self.folder.with_suffix(".owner")

    def _owned(self) -> "ClientAPI":
        with self._told():
            self._acquire()
        try:
            with self._told():
                return self._opened()
        except BaseException:
            self._release()
            raise

    def _opened(self) -> "ClientAPI":
        import chromadb

        if not sound(self.folder):
            raise Unavailable("index.damaged", place=self.place)
        try:
            return chromadb.PersistentClient(str(self.folder), settings=_quiet())
        except BaseException as error:
            # Otherwise it would hand out what it left half open.
            _let_go(str(self.folder))
            if isinstance(error, ValueError | AttributeError):
                raise self._said(error) from error
            raise

    def _acquire(self) -> None:
        """Become the folder's owner, or say who is."""
        from filelock import FileLock, Timeout

        if self._lock is not None:
            return
        self.settings.home.mkdir(parents=True, exist_ok=True)
        # Whoever opens the folder again in this process owns it too; the last one to close it gives it free.
        lock = FileLock(self.folder.with_suffix(".lock"), is_singleton=True, thread_local=False)
        try:
            lock.acquire(timeout=WAIT)
        except Timeout as error:
            raise Unavailable("index.owned", place=self.place, owner=self._who()) from error
        self._lock = lock
        self._owner.write_text(str(os.getpid()), encoding="ascii")

    def _who(self) -> str:
        try:
            return self._owner.read_text(encoding="ascii").strip() or "?"
        except (OSError, UnicodeDecodeError):
            return "?"

    def _served(self) -> "ClientAPI":
        parts = urlsplit(self.settings.chroma_url or "")
        secure = parts.scheme == "https"
        with self._told():
            import chromadb

            port = parts.port or (443 if secure else 8000)
            client = chromadb.HttpClient(host=parts.hostname or "", port=port, ssl=secure, settings=_quiet())
            _bounded(client)
            return client

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a file system, Chroma or its server says into what a person can act on."""
        try:
            yield
        except ScorecraftError:
            raise
        except OSError as error:
            key = "index.server" if self.settings.chroma_url else "index.folder"
            raise Unavailable(key, place=self.place, problem=error.strerror or type(error).__name__) from error
        except BaseException as error:
            if not _of_chroma(error, bool(self.settings.chroma_url)):
                raise
            raise self._said(error) from error

    def _said(self, error: BaseException) -> Unavailable:
        text = _whole(error)
        if self.settings.chroma_url:
            return Unavailable("index.server", place=self.place, problem=type(error).__name__)
        if "locked" in text:
            return Unavailable("index.owned", place=self.place, owner="?")
        told = next((key for word, key in SAID.items() if word in text), "")
        # Often it does not say why, and a full disk looks like damage.
        return Unavailable(told or obstacle(self.settings.home) or "index.damaged", place=self.place)


def _quiet() -> "ChromaSettings":
    """Return settings under which nothing is reported to anyone."""
    from chromadb.config import Settings as ChromaSettings

    return ChromaSettings(anonymized_telemetry=False)


def _bounded(client: "ClientAPI") -> None:
    """Give up on a server that takes a request and never answers: as it is made, a client would wait for ever."""
    inner: Any = client
    with suppress(AttributeError):
        for one in (inner, inner._admin_client):
            one._server._session.timeout = PATIENCE


def _hang_up(client: "ClientAPI") -> None:
    """Close the connections to a server, which closing the client leaves open."""
    inner: Any = client
    with suppress(AttributeError):
        for one in (inner, inner._admin_client):
            one._server._session.close()


def _let_go(folder: str) -> None:
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient._identifier_to_system.pop(folder, None)
    SharedSystemClient._identifier_to_refcount.pop(folder, None)


def _of_chroma(error: BaseException, served: bool) -> bool:
    """Tell what the index says from a fault of ours; its engine ends in a panic, which is no ``Exception``."""
    home = type(error).__module__.partition(".")[0]
    return (
        home in {"chromadb", "sqlite3", "httpx", "httpcore"}
        or type(error).__name__ == "PanicException"
        or (served and isinstance(error, ValueError))
    )


def _whole(error: BaseException | None) -> str:
    """Return what an error says with all that led to it."""
    said = ""
    while error is not None:
        said += f" {error}".lower()
        error = error.__cause__ or error.__context__
    return said
