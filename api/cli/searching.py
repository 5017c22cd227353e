"""The commands over guidance and the company's own documents: search, ingest, documents."""

import typer

from api.cli.options import (
    Documents,
    Lang,
    ListFormat,
    ListShape,
    Most,
    Paths,
    PreferCompany,
    Question,
    Rebuild,
    SearchFormat,
    SearchLanguage,
    SearchRole,
    SearchShape,
    SearchSource,
    Topic,
)
from api.cli.session import session


def add_searching(app: typer.Typer) -> None:
    app.command("search", help="cli.search")(search)
    app.command("ingest", help="cli.ingest")(ingest)
    group = typer.Typer(help="cli.documents", invoke_without_command=True)
    group.callback()(listed)
    group.command("list", help="cli.documents_list")(listing)
    group.command("remove", help="cli.documents_remove")(remove)
    app.add_typer(group, name="documents", help="cli.documents")


def search(
    context: typer.Context,
    query: Question,
    format: SearchShape = SearchFormat.TABLE,
    most: Most = 5,
    role: SearchRole = None,
    topic: Topic = None,
    source: SearchSource = None,
    only: SearchLanguage = None,
    prefer_company: PreferCompany = False,
    lang: Lang = None,
) -> None:
    from api.cli import search

    run = session(context)
    limits = search.Limits(role=role, topic=topic, source=source, language=only)
    search.run(run.advisor(), query, most, limits, prefer_company or None, format, run.language)


def ingest(
    context: typer.Context,
    paths: Paths = None,
    rebuild: Rebuild = False,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> int:
    from api.cli import ingest

    run = session(context)
    return ingest.run(run.advisor(), paths or [], format, run.language, rebuild=rebuild)


def listed(context: typer.Context, format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    """List the documents where nothing else is asked for."""
    if context.invoked_subcommand is None:
        listing(context, format)


def listing(context: typer.Context, format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    from api.cli import documents

    run = session(context)
    documents.run(run.advisor(), format, run.language)


def remove(context: typer.Context, names: Documents, format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    from api.cli import documents

    run = session(context)
    documents.remove(run.advisor(), names, format, run.language)
