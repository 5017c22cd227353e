"""A card drawn up as a form."""

from collections.abc import Sequence

from api.export.blocks import blocks, final
from api.export.form import Field, Form
from api.export.grounds import grounds
from api.export.layout import own, together
from api.export.lines import columns, sections
from api.export.reasons import reasons
from api.export.remarks import remarks
from assistant.circumstances import circumstances
from assistant.errors import UnknownName
from assistant.models import Considered, Finding, Part, Scorecard
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Text

SIGNERS = ("export.employee", "export.assessor", "export.hr")


def compose(
    card: Scorecard, catalogue: Catalogue, considered: Sequence[Considered] = (), findings: Sequence[Finding] = ()
) -> Form:
    """Return the form of a card; an id on it that the catalogue does not hold is an ``UnknownName``."""
    _know(card, catalogue)
    position = own(card.position) or (catalogue.roles[card.role].name if card.role else None)
    return Form(
        title=_title(position, catalogue.profiles[card.profile].title),
        fields=_fields(card, position, catalogue),
        columns=columns(card, catalogue),
        sections=sections(card, catalogue),
        total=phrase_text("export.total"),
        blocks=blocks(card, catalogue),
        final=final(card, catalogue),
        notes=remarks(card),
        signers=tuple(phrase_text(key) for key in SIGNERS),
        reasons=reasons(card, catalogue),
        grounds=grounds(card, catalogue, considered, findings),
    )


def _title(position: Text | None, title: Text) -> Text:
    return phrase_text("export.title", position=position, title=title) if position else title


def _fields(card: Scorecard, position: Text | None, catalogue: Catalogue) -> tuple[Field, ...]:
    filled: dict[str, Text | None] = {
        "export.employee": None,
        "export.department": None,
        "export.position": position,
        "export.period_covered": None,
        "export.assessor": None,
        "export.profile": catalogue.profiles[card.profile].name,
        "export.themes": together(*(catalogue.themes[id].name for id in card.themes)),
    }
    if told := together(*circumstances(card.context, catalogue)):
        filled["export.context"] = told
    return tuple(Field(phrase_text(key), value) for key, value in filled.items())


def _know(card: Scorecard, catalogue: Catalogue) -> None:
    if card.profile not in catalogue.profiles:
        names = tuple(profile.name for profile in catalogue.profiles.values())
        raise UnknownName("profile", card.profile, names)
    if card.context.stage and card.context.stage not in catalogue.stages:
        names = tuple(stage.name for stage in catalogue.stages.values())
        raise UnknownName("stage", card.context.stage, names)
    named = {
        "role": ({card.role} if card.role else set()) - catalogue.roles.keys(),
        "theme": set(card.themes) - catalogue.themes.keys(),
        "indicator": {item.indicator for item in card.items if item.indicator} - catalogue.indicators.keys(),
    }
    for kind, unknown in named.items():
        if unknown:
            raise UnknownName(kind, min(unknown))
    _know_parts([part for item in card.items for part in item.parts], catalogue)


def _know_parts(parts: list[Part], catalogue: Catalogue) -> None:
    known = {"theme": set(catalogue.themes), "stage": set(catalogue.stages), "stance": set(catalogue.stances)}
    for part in parts:
        if part.id and part.id not in known.get(part.source, set()):
            raise UnknownName("theme", part.id)
