"""``scorecraft serve`` and ``scorecraft keys``: the web server, and who may use it."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import Lang, ListFormat, ListShape
from api.cli.output import write_json
from api.cli.session import Session, session
from assistant.errors import BadInput
from assistant.principal import LOCAL, SCOPES, Principal, Scope
from assistant.wording import worded
from knowledge.models import Language

if TYPE_CHECKING:
    from assistant.storage.keys import Keys
    from assistant.storage.models import Key
    from assistant.storage.store import Store

USUAL_SCOPES = "read,write"
Host = Annotated[str | None, typer.Option("--host", help="cli.option.host")]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="cli.option.port")]
Processes = Annotated[int | None, typer.Option("--workers", min=1, max=64, help="cli.option.processes")]
KeyName = Annotated[str, typer.Option("--name", help="cli.option.key_name")]
Scopes = Annotated[str, typer.Option("--scopes", help="cli.option.scopes")]
Workspace = Annotated[str, typer.Option("--workspace", help="cli.option.workspace")]
Days = Annotated[int | None, typer.Option("--days", min=1, max=3660, help="cli.option.days")]
KeyId = Annotated[str, typer.Argument(help="cli.option.key_id")]


def add_serving(app: typer.Typer) -> None:
    app.command("serve", help="cli.serve")(serve)
    group = typer.Typer(help="cli.keys", no_args_is_help=True)
    group.command("create", help="cli.keys_create")(create)
    group.command("list", help="cli.keys_list")(listing)
    group.command("revoke", help="cli.keys_revoke")(revoke)
    app.add_typer(group, name="keys", help="cli.keys")


def serve(
    context: typer.Context, host: Host = None, port: Port = None, workers: Processes = None, lang: Lang = None
) -> None:
    from api import server

    run = session(context)
    stated = {"api_host": host, "api_port": port, "api_workers": workers}
    chosen = run.settings.model_copy(update={name: value for name, value in stated.items() if value is not None})
    at = f"[{chosen.api_host}]" if ":" in chosen.api_host else chosen.api_host
    told = worded("serve.at", run.language, url=f"http://{at}:{chosen.api_port}")
    server.serve(chosen, lambda: typer.echo(told, err=True))


def create(
    context: typer.Context,
    name: KeyName,
    scopes: Scopes = USUAL_SCOPES,
    workspace: Workspace = LOCAL.workspace,
    days: Days = None,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> None:
    run = session(context)
    expires = datetime.now(UTC) + timedelta(days=days) if days else None
    with _store(run) as store:
        key, token = _keys(store).create(_workspace(workspace), name, _scopes(scopes), expires)
    if format is ListFormat.JSON:
        write_json(_plain(key) | {"token": token})
        return
    typer.echo(worded("keys.made", run.language, id=key.id, name=key.name), err=True)
    typer.echo(token)


def listing(context: typer.Context, format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    run = session(context)
    with _store(run) as store:
        found = _keys(store).list()
    if format is ListFormat.JSON:
        write_json([_plain(key) for key in found])
        return
    if not found:
        typer.echo(worded("keys.none", run.language))
        return
    _show(found, run.language)


def revoke(context: typer.Context, id: KeyId, lang: Lang = None) -> None:
    run = session(context)
    with _store(run) as store:
        key = _keys(store).revoke(id)
    typer.echo(worded("keys.revoked", run.language, id=key.id, name=key.name))


def _store(run: Session) -> "Store":
    from assistant.storage.store import open_store

    return open_store(run.settings)


def _keys(store: "Store") -> "Keys":
    from assistant.storage.keys import Keys

    return Keys(store.database)


def _workspace(name: str) -> str:
    """Return a workspace's name; ``BadInput`` for one that no index could carry."""
    from pydantic import ValidationError

    try:
        return Principal(workspace=name, subject="?").workspace
    except ValidationError as error:
        raise BadInput("keys.workspace", name=name) from error


def _scopes(text: str) -> frozenset[Scope]:
    asked = {part.strip() for part in text.split(",") if part.strip()}
    found = frozenset(scope for scope in SCOPES if scope in asked)
    if not found or len(found) < len(asked):
        raise BadInput("keys.scopes", scopes=text, known=SCOPES)
    return found


def _plain(key: "Key") -> dict[str, object]:
    """Return a key as plain data, its scopes in their usual order."""
    return key.model_dump(mode="json") | {"scopes": [scope for scope in SCOPES if scope in key.scopes]}


def _show(keys: "tuple[Key, ...]", language: Language) -> None:
    from rich.table import Table

    from api.render.terminal import console

    table = Table(box=None)
    for heading in ("keys.id", "keys.name", "keys.workspace_heading", "keys.scopes_heading", "keys.state"):
        table.add_column(worded(heading, language))
    for key in keys:
        scopes = ", ".join(scope for scope in SCOPES if scope in key.scopes)
        table.add_row(key.id, key.name, key.workspace, scopes, _state(key, language))
    console().print(table)


def _state(key: "Key", language: Language) -> str:
    if key.revoked is not None:
        return worded("keys.is_revoked", language)
    if key.expires is None:
        return worded("keys.is_valid", language)
    phrase = "keys.is_expired" if key.expires <= datetime.now(UTC) else "keys.is_valid_until"
    return worded(phrase, language, day=key.expires.date().isoformat())
