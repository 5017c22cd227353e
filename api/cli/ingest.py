"""``scorecraft ingest``: the company's own documents, taken into the search."""

import sys
from contextlib import closing

from api.cli.options import ListFormat
from api.cli.output import write_json
from api.cli.progress import bars
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.wording import worded
from knowledge.models import Language

REFUSED = 1


def run(advisor: Advisor, paths: list[str], shape: ListFormat, language: Language, *, rebuild: bool) -> int:
    """Take in files and folders, or all that was ever taken in; return 1 where any was refused."""
    from api.render.ingested import report_lines, reports_data, summary_lines
    from assistant.retrieval import ingestion

    aside, reports = None, []
    with closing(advisor.library) as library, bars(language, "ingest.reading", "ingest.chunks") as (files, chunks):
        library.progress = chunks
        wanted = [*paths] or ingestion.roots(library).known()
        if not wanted and not rebuild:
            raise BadInput("ingest.nothing")
        if rebuild:
            aside = library.set_aside()
            wanted = list(dict.fromkeys([*ingestion.roots(library).known(), *paths]))
        for report in advisor.ingest(wanted, files, chunks):
            reports.append(report)
            if shape is ListFormat.TABLE:
                _write(report_lines(report, language))
    if shape is ListFormat.JSON:
        write_json(reports_data(reports, str(aside) if aside else None, language))
    else:
        _write(summary_lines(reports, language))
        _write([worded("ingest.aside", language, path=str(aside))] if aside else [])
        _write([worded("ingest.rebuilt", language)] if rebuild and not wanted else [])
    return REFUSED if any(one.status == "refused" and not one.passed_over for one in reports) else 0


def _write(lines: list[str]) -> None:
    """Write whole lines at once: a bar may be drawn below them meanwhile."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
