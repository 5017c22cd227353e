"""``scorecraft conversations``: what was talked about, shown again, taken along or deleted."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Lang, ListFormat, ListShape
from api.cli.output import write_json
from api.cli.session import Session, session
from assistant.errors import BadInput, UnknownName
from assistant.principal import LOCAL
from assistant.wording import worded
from knowledge.models import Catalogue, Language

if TYPE_CHECKING:
    from rich.console import RenderableType

    from assistant.storage.store import Heading, Store, StoredTurn

SHOWN = 8
"""Characters of an id in the list, where they are enough to tell one from the others."""
MOST = 1000
ConversationId = Annotated[str, typer.Argument(help="cli.option.conversation")]
ExportOutput = Annotated[str | None, typer.Option("--output", "-o", help="cli.option.conversation_output")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="cli.option.yes")]
ListMost = Annotated[int, typer.Option("--most", "-k", min=1, max=MOST, help="cli.option.most_conversations")]


def add_conversations(app: typer.Typer) -> None:
    group = typer.Typer(help="cli.conversations", invoke_without_command=True)
    group.callback()(listed)
    group.command("list", help="cli.conversations_list")(listing)
    group.command("show", help="cli.conversations_show")(show)
    group.command("export", help="cli.conversations_export")(export)
    group.command("delete", help="cli.conversations_delete")(delete)
    app.add_typer(group, name="conversations", help="cli.conversations")


def listed(
    context: typer.Context, most: ListMost = 50, format: ListShape = ListFormat.TABLE, lang: Lang = None
) -> None:
    """List the conversations where nothing else is asked for."""
    if context.invoked_subcommand is None:
        listing(context, most, format)


def listing(
    context: typer.Context, most: ListMost = 50, format: ListShape = ListFormat.TABLE, lang: Lang = None
) -> None:
    run = session(context)
    with _store(run) as store:
        found = store.list(LOCAL, most)
    if format is ListFormat.JSON:
        write_json([one.model_dump(mode="json") for one in found])
    elif not found:
        print(worded("conversation.none", run.language))
    else:
        from api.render.terminal import console, list_view

        keys = ("label.id", "label.conversation", "label.turns", "label.updated")
        headings = [worded(key, run.language) for key in keys]
        console().print(list_view(headings, [_row(one, found, run.language) for one in found]))


def show(context: typer.Context, id: ConversationId, lang: Lang = None) -> None:
    run = session(context)
    with _store(run) as store:
        turns = store.turns(LOCAL, _whole(store, id), MOST)
    from api.render.terminal import console

    catalogue = run.advisor().catalogue
    for turn in turns:
        console().print(_turn_view(turn, catalogue))


def export(context: typer.Context, id: ConversationId, output: ExportOutput = None, lang: Lang = None) -> None:
    run = session(context)
    with _store(run) as store:
        data = store.export(LOCAL, _whole(store, id))
    if output is None or output == "-":
        write_json(data)
        return
    _save(Path(output), json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    print(worded("conversation.saved", run.language, path=output))


def delete(context: typer.Context, id: ConversationId, yes: Yes = False, lang: Lang = None) -> int:
    run = session(context)
    with _store(run) as store:
        heading = _found(store, id)
        if not yes and not _confirmed(heading, run.language):
            print(worded("conversation.stays", run.language))
            return 1
        store.delete(LOCAL, heading.id)
    print(worded("conversation.deleted", run.language, title=_title(heading, run.language)))
    return 0


def _store(run: Session) -> "Store":
    from assistant.storage.store import open_store

    return open_store(run.settings)


def _found(store: "Store", id: str) -> "Heading":
    """Return the one conversation whose id starts so."""
    found = store.starting(LOCAL, id.strip()) if id.strip() else ()
    if not found:
        raise UnknownName("conversation", id)
    # An id may begin another; written out, it is meant.
    if len(found) > 1 and found[0].id != id.strip():
        raise BadInput("conversation.several", name=id, ids=tuple(one.id for one in found))
    return found[0]


def _whole(store: "Store", id: str) -> str:
    return _found(store, id).id


def _row(one: "Heading", all_of_them: "tuple[Heading, ...]", language: Language) -> list[str]:
    short = one.id[:SHOWN]
    alone = sum(other.id.startswith(short) for other in all_of_them) == 1
    when = one.updated.astimezone().strftime("%Y-%m-%d %H:%M")
    return [short if alone else one.id, _title(one, language), str(one.turns), when]


def _title(one: "Heading", language: Language) -> str:
    return one.title or worded("conversation.untitled", language)


def _turn_view(turn: "StoredTurn", catalogue: Catalogue) -> "RenderableType":
    """Show a turn: what was asked, the replies, and the model's wording where there was one."""
    from rich.console import Group
    from rich.text import Text

    from api.render.terminal import reply_view

    replies = [reply_view(reply, catalogue) for reply in turn.replies]
    after = [Text(line) for line in (turn.prose, turn.note) if line]
    return Group(Text(f"> {turn.said}", style="bold"), *replies, *after, Text(""))


def _confirmed(heading: "Heading", language: Language) -> bool:
    if not sys.stdin.isatty():
        raise BadInput("conversation.unconfirmed")
    asked = worded("conversation.confirm", language, title=_title(heading, language), turns=heading.turns)
    return input(asked).strip().lower() in {"y", "yes", "是", "好"}


def _save(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise BadInput("conversation.exists", path=str(path)) from error
    except OSError as error:
        raise BadInput("conversation.unwritable", path=str(path), problem=error.strerror or "") from error
