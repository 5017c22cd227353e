"""The commands over people's own forms: check, repair, review, game, readiness, score, export."""

from typing import TYPE_CHECKING

import typer

from api.cli.options import (
    Actuals,
    Cards,
    CheckFormat,
    CheckShape,
    File,
    Files,
    FormLang,
    FormProfile,
    FormRole,
    FormStrategy,
    Ignore,
    InPlace,
    Lang,
    ListFormat,
    ListShape,
    Output,
    Overwrite,
    Strict,
    Table,
    To,
    Workers,
)
from api.cli.session import Session, session
from assistant.advisor import Advisor
from assistant.errors import BadInput
from assistant.requests import Request

if TYPE_CHECKING:
    from assistant.intake.reading import Told
    from assistant.models import Scorecard


def add_forms(app: typer.Typer) -> None:
    app.command("check", help="cli.check")(check)
    app.command("repair", help="cli.repair")(repair)
    app.command("review", help="cli.review")(review)
    app.command("game", help="cli.game")(game)
    app.command("readiness", help="cli.readiness")(readiness)
    app.command("score", help="cli.score")(score)
    app.command("export", help="cli.export")(export)


def told(run: Session, advisor: Advisor, role: str | None, profile: str | None, strategy: str | None) -> "Told":
    from assistant.intake.reading import Told

    stated = advisor.default_profile if profile else None
    return Told(role=role, profile=stated, strategy=strategy, language=run.language)


def opened(
    context: typer.Context,
    file: str,
    role: str | None,
    profile: str | None,
    table: str | None,
    strategy: str | None = None,
) -> "tuple[Session, Advisor, Scorecard]":
    """Return the session, the advisor under the wanted rule set, and the one card of a file."""
    from api.cli import check

    run = session(context)
    advisor = run.advisor(profile)
    return run, advisor, check.one(advisor, file, told(run, advisor, role, profile, strategy), table)


def check(
    context: typer.Context,
    files: Files = None,
    role: FormRole = None,
    profile: FormProfile = None,
    strategy: FormStrategy = None,
    table: Table = None,
    ignore: Ignore = None,
    format: CheckShape = CheckFormat.TABLE,
    from_: Cards = None,
    workers: Workers = None,
    lang: Lang = None,
) -> int:
    run = session(context)
    if from_ is not None:
        from api.cli import batch

        if files or role or strategy or table or ignore:
            raise BadInput("error.both")
        batch.run(from_, run.language, workers or run.settings.workers, "check", profile)
        return 0
    from api.cli import check

    advisor = run.advisor(profile)
    aside = check.ignored(ignore or [], advisor)
    stated = told(run, advisor, role, profile, strategy)
    return check.run(advisor, files or [], stated, table, aside, format, run.language)


def repair(
    context: typer.Context,
    file: File,
    role: FormRole = None,
    profile: FormProfile = None,
    strategy: FormStrategy = None,
    table: Table = None,
    ignore: Ignore = None,
    strict: Strict = False,
    in_place: InPlace = False,
    output: Output = None,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> int:
    from api.cli import check, repair

    run = session(context)
    advisor = run.advisor(profile)
    card = repair.Given(file, told(run, advisor, role, profile, strategy), table, check.ignored(ignore or [], advisor))
    return repair.run(advisor, card, format, run.language, strict=strict, in_place=in_place, output=output)


def review(
    context: typer.Context,
    file: File,
    role: FormRole = None,
    profile: FormProfile = None,
    strategy: FormStrategy = None,
    table: Table = None,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> None:
    from api.cli import trust

    run, advisor, card = opened(context, file, role, profile, table, strategy)
    request = Request(role=role or "", strategy=strategy or "", profile=card.profile, language=run.language)
    trust.run_review(advisor, card, request, format, run.language)


def game(
    context: typer.Context,
    file: File,
    role: FormRole = None,
    profile: FormProfile = None,
    table: Table = None,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> None:
    from api.cli import trust

    run, advisor, card = opened(context, file, role, profile, table)
    trust.run_game(advisor, card, format, run.language)


def readiness(
    context: typer.Context,
    file: File,
    role: FormRole = None,
    profile: FormProfile = None,
    table: Table = None,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> None:
    from api.cli import trust

    run, advisor, card = opened(context, file, role, profile, table)
    trust.run_readiness(advisor, card, format, run.language)


def score(
    context: typer.Context,
    file: File,
    actuals: Actuals,
    role: FormRole = None,
    profile: FormProfile = None,
    table: Table = None,
    format: ListShape = ListFormat.TABLE,
    lang: Lang = None,
) -> None:
    from api.cli import score

    run, advisor, card = opened(context, file, role, profile, table)
    score.run(advisor.catalogue, card, actuals, format, run.language)


def export(
    context: typer.Context,
    file: File,
    to: To,
    role: FormRole = None,
    profile: FormProfile = None,
    strategy: FormStrategy = None,
    table: Table = None,
    overwrite: Overwrite = False,
    lang: FormLang = None,
) -> None:
    from api.cli import export

    run, advisor, card = opened(context, file, role, profile, table, strategy)
    path, target = export.destination(to, file)
    export.run(advisor, card, path, lang or run.language, run.language, target=target, overwrite=overwrite)
