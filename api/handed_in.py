"""Documents that programs handed in, taken into the search one after the other, behind the requests."""

import threading
from datetime import timedelta

import structlog

from assistant.advisor import Advisor
from assistant.errors import ScorecraftError
from assistant.principal import Principal
from assistant.storage.models import Claimed
from assistant.storage.uploads import Uploads
from knowledge.models import Text

LEASE = timedelta(minutes=15)
"""After which another process takes a document over whose process is gone."""
PAUSE = 2.0
"""Seconds between looks for what other processes have left."""
log = structlog.get_logger("scorecraft.api")


class Reading:
    """A thread that reads what was handed in; several processes share the work through the database.

    One that is ``alone`` with its database goes on at once with what it left when it was killed.
    """

    def __init__(self, advisor: Advisor, uploads: Uploads, *, alone: bool) -> None:
        self.advisor, self.uploads, self.alone = advisor, uploads, alone
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="documents", daemon=True)

    def start(self) -> None:
        if self.alone:
            self.uploads.abandon()
        self._thread.start()

    def wake(self) -> None:
        """Look at once: something was handed in."""
        self._wake.set()

    def stop(self) -> None:
        """End after the document at work."""
        self._stopped.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(LEASE.total_seconds())

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.wait(PAUSE)
            self._wake.clear()
            try:
                while not self._stopped.is_set() and (claimed := self.uploads.claim(LEASE)) is not None:
                    self._take_in(claimed)
            except ScorecraftError as error:
                # The database or the index does not answer; what is claimed is claimed anew after its lease.
                log.warning("documents_wait", error=type(error).__name__)

    def _take_in(self, claimed: Claimed) -> None:
        by = Principal(workspace=claimed.workspace, subject="documents")
        report = self.advisor.take_in(claimed.upload.name, claimed.data, by)
        if report.reason is not None:
            self.uploads.fail(claimed.upload.id, Text(zh=report.reason.say("zh"), en=report.reason.say("en")))
            return
        held = next((one for one in self.advisor.documents(by) if one.name == claimed.upload.name), None)
        self.uploads.finish(claimed.upload.id, held.chunks if held else report.chunks)
