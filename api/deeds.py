"""The deeds of the API over the advisor: from what a program sent to what it gets back, nothing of the web in them."""

from collections.abc import Sequence

from api.bodies import (
    Alternative,
    BriefBody,
    CardBody,
    CompareBody,
    Compared,
    ComparedColumn,
    ComparedRow,
    DepartmentSuggested,
    ExplainBody,
    Explained,
    RepairBody,
    RepairedCard,
    ReviewBody,
    ScoreBody,
    SuggestBody,
    Suggested,
)
from assistant.advisor import Advisor
from assistant.checked import Checked
from assistant.department import department
from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.intake.reading import Intake, Told
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source
from assistant.intake.telling import understood_lines
from assistant.models import Ignored, Scorecard
from assistant.requests import Request
from assistant.review import Review
from assistant.scoring.actuals import from_mapping, from_text
from assistant.scoring.models import DryRun
from assistant.scoring.run import dry_run
from assistant.wording import worded
from knowledge.models import Language

EVERY_ROLE = "all"


def suggest(advisor: Advisor, body: SuggestBody, preferred: Language | None) -> Suggested | DepartmentSuggested:
    """Propose a card, with its alternatives where they are asked for, or one for every role."""
    request = body.request(preferred)
    if request.role.strip().lower() == EVERY_ROLE:
        found = department(advisor, request)
        return DepartmentSuggested(suggestions=found.suggestions, matrix=found.matrix)
    understanding = advisor.understander.understand(request)
    drafted = advisor.draft(understanding)
    if not body.alternatives:
        return Suggested.model_construct(**drafted.__dict__)
    others = advisor.alternatives(understanding, drafted.scorecard.weights())
    named = tuple(Alternative(stance=one.stance.id, name=one.stance.name, suggestion=one.suggestion) for one in others)
    return Suggested.model_construct(**drafted.__dict__, alternatives=named)


def explain(advisor: Advisor, body: ExplainBody, preferred: Language | None) -> Explained:
    """Say why each line of a brief's card has its weight, and why one indicator is on it or not."""
    understanding = advisor.understander.understand(body.request(preferred))
    drafted = advisor.draft(understanding)
    found = Explained(explanation=drafted.explanation, considered=drafted.considered)
    if body.indicator is None:
        return found
    id, language = advisor.understander.indicator(body.indicator), understanding.language
    held = next((one for one in drafted.explanation if one.indicator == id), None)
    missing = None if held else advisor.why_not(id, understanding.brief, drafted.scorecard.weights())
    answer = held.text if held else missing.reason.say(language) if missing else ""
    return found.model_copy(update={"indicator": id, "on_card": held is not None, "answer": answer})


def read(advisor: Advisor, body: CardBody, preferred: Language | None) -> tuple[Intake, Language]:
    """Read the card of a body; ``BadInput`` where it holds none, or two."""
    stated = body.language or preferred
    language = stated or "en"
    if (body.card is None) == (body.text is None):
        raise BadInput("web.card_or_text")
    told = Told(role=body.role, profile=body.profile, strategy=body.strategy, language=stated, context=body.context)
    name = worded("place.body", language)
    if body.card is not None:
        intake = advisor.read_content(Content("json", name, data=body.card), told)[0]
    else:
        intake = advisor.read_content(in_process(Source(name, (body.text or "").encode())), told)[0]
    card = intake.card.model_copy(update={"ignored": (*intake.card.ignored, *_ignored(advisor, body))})
    return _with_card(intake, card), stated or intake.language


def _ignored(advisor: Advisor, body: CardBody) -> list[Ignored]:
    return [
        Ignored(code=rule.code, reason=reason) for code, reason in body.ignore.items() for rule in advisor.rules(code)
    ]


def _with_card(intake: Intake, card: Scorecard) -> Intake:
    from dataclasses import replace

    return replace(intake, card=card)


def check(advisor: Advisor, body: CardBody, preferred: Language | None) -> Checked:
    intake, language = read(advisor, body, preferred)
    notes = tuple(understood_lines(intake, advisor.catalogue, language))
    return advisor.checked(intake.card, language).model_copy(update={"notes": notes})


def repair(advisor: Advisor, body: RepairBody, preferred: Language | None) -> RepairedCard:
    intake, language = read(advisor, body, preferred)
    found = advisor.repair(intake.card, language, strict=body.strict)
    return RepairedCard.model_construct(**found.__dict__, sound=advisor.checked(found.scorecard, language).sound)


def review(advisor: Advisor, body: ReviewBody, preferred: Language | None) -> Review:
    intake, language = read(advisor, body, preferred)
    card = intake.card
    return advisor.review(
        card, Request(role=body.role or "", strategy=body.strategy or "", profile=card.profile, language=language)
    )


def score(advisor: Advisor, body: ScoreBody, preferred: Language | None) -> DryRun:
    intake, language = read(advisor, body, preferred)
    actuals = from_text(body.actuals) if isinstance(body.actuals, str) else from_mapping(body.actuals)
    return dry_run(intake.card, actuals, advisor.catalogue, language)


def compare(advisor: Advisor, body: CompareBody, preferred: Language | None) -> Compared:
    """Put the cards of briefs and cards as given side by side, line by line."""
    if len(body.briefs) + len(body.cards) < 2:
        raise BadInput("web.compare_two")
    language = body.language or preferred
    drafted = [_drafted(advisor, one, language) for one in body.briefs]
    given = [read(advisor, one, language)[0].card for one in body.cards]
    return _beside(advisor, [*drafted, *given], language or "en")


def _drafted(advisor: Advisor, body: BriefBody, language: Language | None) -> Scorecard:
    return advisor.suggest(body.request(language)).scorecard


def _beside(advisor: Advisor, cards: Sequence[Scorecard], language: Language) -> Compared:
    lines: dict[str, tuple[str | None, str]] = {}
    for card in cards:
        for item in card.displayed():
            lines.setdefault(item.indicator or item.name.zh, (item.indicator, item.name.say(language)))
    weights = [{item.indicator or item.name.zh: item.weight for item in card.items} for card in cards]
    return Compared(
        columns=tuple(
            ComparedColumn(title=_title(advisor, card, language), role=card.role, items=len(card.items))
            for card in cards
        ),
        rows=tuple(
            ComparedRow(indicator=id, name=name, weights=tuple(column.get(key) for column in weights))
            for key, (id, name) in lines.items()
        ),
    )


def _title(advisor: Advisor, card: Scorecard, language: Language) -> str:
    role = advisor.catalogue.roles.get(card.role or "")
    return role.name.say(language) if role else card.position
