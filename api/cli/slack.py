"""``scorecraft slack``: the Slack bot in Socket Mode, and the manifest of its app."""

from typing import Annotated

import typer

from api.cli.options import Lang
from api.cli.session import session
from assistant.wording import worded

Manifest = Annotated[bool, typer.Option("--manifest", help="cli.option.manifest")]
Url = Annotated[str | None, typer.Option("--url", help="cli.option.slack_url")]


def add_slack(app: typer.Typer) -> None:
    app.command("slack", help="cli.slack")(slack)


def slack(context: typer.Context, manifest: Manifest = False, url: Url = None, lang: Lang = None) -> None:
    run = session(context)
    if manifest or url is not None:
        from api.slack import manifest as manifests

        typer.echo(manifests.manifest(url), nl=False)
        return
    from api import logs
    from api.slack import socket

    logs.configure(run.settings.log_format)
    socket.run(run.settings, lambda name: typer.echo(worded("slack.connected", run.language, name=name), err=True))
