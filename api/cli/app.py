"""The command line in the reader's language."""

import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer

from api.cli.conversations import add_conversations
from api.cli.doctor import add_doctor
from api.cli.drafting import add_drafting
from api.cli.forms import add_forms
from api.cli.options import Lang
from api.cli.profiles import add_profiles
from api.cli.searching import add_searching
from api.cli.serving import add_serving
from api.cli.session import Session
from api.cli.slack import add_slack
from assistant.settings import Settings
from assistant.wording import worded
from knowledge.models import Language


def build(language: Language, settings: Settings, *, told: bool) -> Callable[[Sequence[str]], int]:
    """Return the command line as a function from arguments to an exit code; ``told``: someone set the language."""
    app = typer.Typer(help="cli.about", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    app.callback()(everywhere)
    add_drafting(app)
    add_forms(app)
    add_searching(app)
    add_conversations(app)
    add_doctor(app)
    add_profiles(app)
    add_serving(app)
    add_slack(app)
    command = typer.main.get_command(app)
    _translate(command, language)
    session = Session(language, told, settings)

    def run(arguments: Sequence[str]) -> int:
        return _exit_code(command, arguments, session)

    return run


def everywhere(lang: Lang = None) -> None:
    """Take ``--lang`` before the command's name too."""


def _translate(command: Any, language: Language) -> None:
    """Put every help text, which so far is the key of a phrase, into the reader's language."""
    command.help = worded(command.help, language)
    for parameter in command.params:
        if key := getattr(parameter, "help", None):
            parameter.help = worded(key, language) if key.startswith("cli.") else key
    for inner in getattr(command, "commands", {}).values():
        _translate(inner, language)


def _exit_code(command: Any, arguments: Sequence[str], session: Session) -> int:
    try:
        result = command.main(args=list(arguments), prog_name="scorecraft", standalone_mode=False, obj=session)
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        return 130
    except Exception as error:
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):
            # Typer words its own refusals in English only.
            print(worded("error.command_line", session.language, problem=error.format_message()), file=sys.stderr)
            return int(error.exit_code)
        raise
    return int(result or 0)
