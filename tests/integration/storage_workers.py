"""Starting processes that use the store."""

import os
import subprocess
import sys

from assistant.settings import Settings

WORKER = "tests.integration.storage_worker"


def started(settings: Settings, *arguments: str) -> "subprocess.Popen[str]":
    """Start a worker that prints what was acknowledged to it, a line each."""
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    environment = os.environ | {"SCORECRAFT_DATA_DIR": str(settings.home), "SCORECRAFT_DATABASE_URL": url}
    return subprocess.Popen(
        [sys.executable, "-m", WORKER, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
    )


def finished(worker: "subprocess.Popen[str]") -> str:
    out, err = worker.communicate(timeout=120)
    assert worker.returncode == 0, err
    return out
