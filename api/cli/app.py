"""The commands. Help is written in one language, so the application is built for it."""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from api.cli import listing, suggest
from assistant.advisor import Advisor, from_settings
from assistant.errors import BadInput
from assistant.requests import Request
from assistant.settings import Settings
from assistant.wording import worded
from knowledge.models import Language


def build(language: Language, settings: Settings, *, told: bool) -> Callable[[Sequence[str]], int]:
    """Return the command line as a function from arguments to an exit code; ``told``: someone set the language."""
    app = typer.Typer(
        help=worded("cli.about", language), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    _add_chat(app, language, told=told)
    _add_suggest(app, language, settings)
    _add_lists(app, language)

    def run(arguments: Sequence[str]) -> int:
        return _exit_code(app, arguments, language)

    return run


def _exit_code(app: typer.Typer, arguments: Sequence[str], language: Language) -> int:
    command = typer.main.get_command(app)
    try:
        result = command.main(args=list(arguments), prog_name="scorecraft", standalone_mode=False)
    except typer.Exit as done:
        return done.exit_code
    except typer.Abort:
        return 130
    except Exception as error:
        if hasattr(error, "format_message") and hasattr(error, "exit_code"):
            # Typer words its own refusals in English only.
            print(worded("error.command_line", language, problem=error.format_message()), file=sys.stderr)
            return int(error.exit_code)
        raise
    return int(result or 0)


def _option(language: Language, key: str, *names: str) -> Any:
    return typer.Option(*names, help=worded(f"cli.option.{key}", language))


def _add_chat(app: typer.Typer, language: Language, *, told: bool) -> None:
    lang = Annotated[str | None, _option(language, "lang", "--lang")]

    # --lang is read before the application is built; commands name it so that help does and it may stand anywhere.
    @app.callback()
    def everywhere(lang_: lang = None) -> None: ...

    @app.command("chat", help=worded("cli.chat", language))
    def chat_command(lang_: lang = None) -> None:
        from api.cli import chat

        chat.run(_advisor(), language, fixed=told)


def _add_suggest(app: typer.Typer, language: Language, settings: Settings) -> None:
    lang = Annotated[str | None, _option(language, "lang", "--lang")]
    many = list[str]

    @app.command("suggest", help=worded("cli.suggest", language))
    def suggest_command(
        role: Annotated[str, _option(language, "role", "--role", "-r")] = "",
        strategy: Annotated[str, _option(language, "strategy", "--strategy", "-s")] = "",
        profile: Annotated[str, _option(language, "profile", "--profile")] = "appraisal",
        count: Annotated[int | None, _option(language, "count", "--count")] = None,
        pin: Annotated[many, _option(language, "pin", "--pin")] = [],  # noqa: B006 (Typer copies it)
        exclude: Annotated[many, _option(language, "exclude", "--exclude")] = [],  # noqa: B006
        no_data: Annotated[many, _option(language, "no_data", "--no-data")] = [],  # noqa: B006
        format_: Annotated[suggest.Format, _option(language, "format", "--format")] = suggest.Format.TABLE,
        from_: Annotated[str | None, _option(language, "from", "--from")] = None,
        workers: Annotated[
            int, typer.Option(min=1, max=64, help=worded("cli.option.workers", language))
        ] = settings.workers,
        lang_: lang = None,
    ) -> None:
        if from_ is not None:
            from api.cli import batch

            if role or strategy or count is not None or pin or exclude or no_data:
                raise BadInput("error.both")
            batch.run(from_, language, workers)
            return
        wishes = {
            "count": suggest.count(count),
            "pins": tuple(pin),
            "exclude": tuple(exclude),
            "no_data": tuple(no_data),
        }
        request = Request.model_validate(
            {"role": role, "strategy": strategy, "profile": profile, "language": language, **wishes}
        )
        suggest.run(_advisor(), request, format_, language)


def _add_lists(app: typer.Typer, language: Language) -> None:
    lang = Annotated[str | None, _option(language, "lang", "--lang")]
    query = Annotated[str, typer.Argument(help=worded("cli.option.query", language))]
    shape = Annotated[listing.Format, _option(language, "list_format", "--format")]

    @app.command("roles", help=worded("cli.roles", language))
    def roles(name: query = "", format_: shape = listing.Format.TABLE, lang_: lang = None) -> None:
        listing.roles(_advisor(), name, format_, language)

    @app.command("indicators", help=worded("cli.indicators", language))
    def indicators(name: query = "", format_: shape = listing.Format.TABLE, lang_: lang = None) -> None:
        listing.indicators(_advisor(), name, format_, language)

    @app.command("themes", help=worded("cli.themes", language))
    def themes(name: query = "", format_: shape = listing.Format.TABLE, lang_: lang = None) -> None:
        listing.themes(_advisor(), name, format_, language)

    @app.command("rules", help=worded("cli.rules", language))
    def rules(
        code: Annotated[str, typer.Argument(help=worded("cli.option.code", language))] = "",
        format_: shape = listing.Format.TABLE,
        lang_: lang = None,
    ) -> None:
        listing.rules(_advisor(), code, format_, language)


def _advisor() -> Advisor:
    return from_settings()
