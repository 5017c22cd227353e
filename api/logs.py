"""The server's log: one JSON object a line, or plain text for people; no words of users, no secrets."""

import logging
import sys
from typing import Literal

import structlog


def configure(shape: Literal["json", "text"]) -> None:
    """Send our log and the libraries' to standard error in one shape."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if shape == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, last],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_plain, last]))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # When it starts and stops is worth a line; its own account of requests would be a second one.
    logging.getLogger("uvicorn.error").setLevel(logging.INFO)
    logging.getLogger("uvicorn.access").disabled = True


def _plain(logger: object, name: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Drop what only this formatter needs, and tracebacks, whose messages may hold what somebody wrote."""
    event.pop("_record", None)
    event.pop("_from_structlog", None)
    if error := event.pop("exc_info", None):
        event["error"] = error[0].__name__ if isinstance(error, tuple) and error[0] else "error"
    return event
