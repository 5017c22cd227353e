"""``scorecraft documents``: what the company has taken into the search, and taking it out again."""

from contextlib import closing

from api.cli.options import ListFormat
from api.cli.output import write_json
from api.cli.progress import bars
from assistant.advisor import Advisor
from assistant.wording import worded
from knowledge.models import Language


def run(advisor: Advisor, shape: ListFormat, language: Language) -> None:
    """Print the documents by name."""
    from api.render.ingested import entries_view, entry_data

    with closing(advisor.library) as library, bars(language, "search.preparing") as (progress,):
        library.progress = progress
        entries = advisor.documents()
    if shape is ListFormat.JSON:
        write_json([entry_data(entry) for entry in entries])
    elif not entries:
        print(worded("documents.none", language))
    else:
        from api.render.terminal import console

        console().print(entries_view(entries, language))


def remove(advisor: Advisor, names: list[str], shape: ListFormat, language: Language) -> None:
    """Take documents out of the search: all of those named, or none where a name is unclear."""
    from api.render.ingested import entry_data
    from assistant.retrieval.entries import named

    with closing(advisor.library):
        known = advisor.documents()
        wanted = list(dict.fromkeys(named(name, known) for name in names))
        for entry in wanted:
            advisor.forget(entry.name)
    if shape is ListFormat.JSON:
        write_json([entry_data(entry) for entry in wanted])
        return
    for entry in wanted:
        print(worded("documents.removed", language, name=entry.name, chunks=entry.chunks))
    print(worded("documents.returns", language))
