"""The commands that draft cards and show what the catalogue holds."""

import typer

from api.cli import listing, suggest
from api.cli.options import (
    Briefs,
    CardFormat,
    CardShape,
    Code,
    CountWish,
    ExcludeWish,
    Lang,
    ListFormat,
    ListShape,
    NoData,
    PinWish,
    Profile,
    Query,
    Resume,
    Role,
    Strategy,
    Workers,
)
from api.cli.session import session
from assistant.errors import BadInput
from assistant.models import USUAL_PROFILE
from assistant.requests import Request


def add_drafting(app: typer.Typer) -> None:
    app.command("chat", help="cli.chat")(chat)
    app.command("suggest", help="cli.suggest")(suggest_card)
    app.command("roles", help="cli.roles")(roles)
    app.command("indicators", help="cli.indicators")(indicators)
    app.command("themes", help="cli.themes")(themes)
    app.command("rules", help="cli.rules")(rules)


def chat(context: typer.Context, resume: Resume = None, lang: Lang = None) -> None:
    from api.cli import chat

    run = session(context)
    chat.run(run.advisor(), run.language, fixed=run.told, resume=resume)


def suggest_card(
    context: typer.Context,
    role: Role = "",
    strategy: Strategy = "",
    profile: Profile = USUAL_PROFILE,
    count: CountWish = None,
    pin: PinWish = None,
    exclude: ExcludeWish = None,
    no_data: NoData = None,
    format: CardShape = CardFormat.TABLE,
    from_: Briefs = None,
    workers: Workers = None,
    lang: Lang = None,
) -> None:
    run = session(context)
    if from_ is not None:
        from api.cli import batch

        if role or strategy or count is not None or pin or exclude or no_data:
            raise BadInput("error.both")
        company = profile if profile != USUAL_PROFILE else None
        batch.run(from_, run.language, workers or run.settings.workers, "suggest", company)
        return
    advisor = run.advisor(profile)
    request = Request.model_validate(
        {
            "role": role,
            "strategy": strategy,
            "profile": advisor.default_profile,
            "language": run.language,
            "count": suggest.count(count),
            "pins": tuple(pin or ()),
            "exclude": tuple(exclude or ()),
            "no_data": tuple(no_data or ()),
        }
    )
    suggest.run(advisor, request, format, run.language)


def roles(context: typer.Context, name: Query = "", format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    listing.roles(session(context).advisor(), name, format, session(context).language)


def indicators(
    context: typer.Context, name: Query = "", format: ListShape = ListFormat.TABLE, lang: Lang = None
) -> None:
    listing.indicators(session(context).advisor(), name, format, session(context).language)


def themes(context: typer.Context, name: Query = "", format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    listing.themes(session(context).advisor(), name, format, session(context).language)


def rules(context: typer.Context, code: Code = "", format: ListShape = ListFormat.TABLE, lang: Lang = None) -> None:
    listing.rules(session(context).advisor(), code, format, session(context).language)
