"""``scorecraft profile``: a company's own rule set, begun and tried."""

import typer

from api.cli.options import Extends, Lang, ListFormat, ListShape, NewProfile, ProfileFile
from api.cli.session import session
from assistant.models import USUAL_PROFILE


def add_profiles(app: typer.Typer) -> None:
    group = typer.Typer(help="cli.profile", no_args_is_help=True)
    group.command("init", help="cli.profile_init")(init)
    group.command("check", help="cli.profile_check")(check)
    app.add_typer(group, name="profile", help="cli.profile")


def init(context: typer.Context, file: NewProfile = None, extends: Extends = USUAL_PROFILE, lang: Lang = None) -> None:
    from api.cli import profile

    profile.init(file, session(context).language, extends)


def check(context: typer.Context, file: ProfileFile, format: ListShape = ListFormat.TABLE, lang: Lang = None) -> int:
    from api.cli import profile

    return profile.check(file, session(context).language, format)
