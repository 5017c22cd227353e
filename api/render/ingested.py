"""What became of documents that were taken in, and what is there."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from assistant.retrieval.ingestion import Report
from assistant.retrieval.models import Entry
from assistant.wording import listed, worded
from knowledge.models import Language

if TYPE_CHECKING:
    from rich.table import Table

STATUS = {
    "added": "ingest.added",
    "updated": "ingest.updated",
    "unchanged": "ingest.unchanged",
    "removed": "ingest.removed",
    "refused": "ingest.refused",
}
NAMED = 3
"""Files that are named where many were passed over."""


def report_lines(report: Report, language: Language) -> list[str]:
    """Say what became of a document; one that was only passed over is said in the summary."""
    if report.passed_over:
        return []
    status = worded(STATUS[report.status], language)
    if report.reason is not None:
        said = worded("ingest.line_refused", language, status=status, reason=report.reason)
        return [said, *(["    " + worded("ingest.kept", language)] if report.kept else [])]
    key = "ingest.line_chunks" if report.chunks else "ingest.line"
    values = {"chunks": report.chunks} if report.chunks else {}
    return [worded(key, language, status=status, name=report.name, **values)]


def summary_lines(reports: Sequence[Report], language: Language) -> list[str]:
    """Say how many of each there were, and what was passed over."""
    counts: Counter[str] = Counter(report.status for report in reports if not report.passed_over)
    over = [report.name for report in reports if report.passed_over]
    said = []
    if over:
        said.append(worded("ingest.passed_over", language, count=len(over), names=tuple(over[:NAMED])))
    return [*said, worded("ingest.summary", language, **{status: counts[status] for status in STATUS})]


def reports_data(reports: Sequence[Report], aside: str | None, language: Language) -> dict[str, Any]:
    counts: Counter[str] = Counter(report.status for report in reports)
    return {
        "files": [_report(report, language) for report in reports],
        "summary": {status: counts[status] for status in STATUS},
        "set_aside": aside,
    }


def _report(report: Report, language: Language) -> dict[str, Any]:
    return {
        "name": report.name,
        "status": report.status,
        "chunks": report.chunks,
        "reason": report.reason.say(language) if report.reason else None,
        "code": report.reason.key if report.reason else None,
        "kept": report.kept,
        "passed_over": report.passed_over,
    }


def entries_view(entries: Sequence[Entry], language: Language) -> "Table":
    from api.render.terminal import list_view

    keys = ("documents.name", "documents.title", "documents.chunks", "documents.languages")
    rows = [[entry.name, entry.title, str(entry.chunks), listed(list(entry.languages), language)] for entry in entries]
    return list_view([worded(key, language) for key in keys], rows)


def entry_data(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "title": entry.title,
        "sha256": entry.sha256,
        "chunks": entry.chunks,
        "languages": list(entry.languages),
    }
