"""What is done with the card in hand, ours or a person's own: check, repair, review, change a line and the like."""

from assistant.actions import Check, Export, Game, LineChange, Readiness, Repair, Review, Revise, Score, Wish
from assistant.conversation import Conversation, Held
from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.intake.reading import Told
from assistant.intake.telling import understood_lines
from assistant.language.offline.supposed import REST
from assistant.models import Scorecard
from assistant.recommender.card import line
from assistant.repair.change import Repaired
from assistant.requests import Request, merged
from assistant.scoring.lines import Lines
from assistant.turns.scene import Done, Scene
from assistant.wording import listed, worded
from knowledge.terms import Severity


def bring(scene: Scene, content: Content, about: Check | Review, table: str | None = None) -> Scene:
    """Put the card of a content that is already taken apart in hand."""
    themes = ", ".join(about.themes) or None
    told = Told(about.role, about.profile, themes, scene.language, about.context)
    intake = scene.advisor.read_content(content, told, table)[0]
    said = understood_lines(intake, scene.catalogue, scene.language)
    held = Held(name=intake.name, card=intake.card, places=intake.places, understood=tuple(said))
    return Scene(scene.advisor, scene.keep(held), scene.versions, scene.by)


def check(scene: Scene, action: Check) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    about = _told(scene, held, action)
    checked = scene.advisor.checked(about.card, scene.language)
    keep = scene.conversation.form is not None and about != held
    return scene.keep(about) if keep else scene.after(), scene.reply(kind="checked", checked=checked, held=about)


def repair(scene: Scene, action: Repair) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    repaired = scene.advisor.repair(held.card, scene.language, strict=action.strict)
    said = [] if action.strict or repaired.changes else _offer_strict(scene, repaired)
    return _repaired(scene, held, repaired), scene.reply(*said, kind="repaired", repaired=repaired, held=held)


def review(scene: Scene, action: Review) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    request = Request(
        role=scene.known_role(action.role) or "",
        strategy=", ".join(action.themes),
        profile=action.profile or held.card.profile,
        language=scene.language,
        context=action.context,
    )
    return scene.after(), scene.reply(kind="reviewed", review=scene.advisor.review(held.card, request), held=held)


def game(scene: Scene, action: Game) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    return scene.after(), scene.reply(kind="gamed", tricks=scene.advisor.gaming(held.card), held=held)


def readiness(scene: Scene, action: Readiness) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    return scene.after(), scene.reply(kind="readiness", departments=scene.advisor.readiness(held.card), held=held)


def score(scene: Scene, action: Score) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    try:
        run = scene.advisor.dry_run(held.card, _every(held, scene, action.actuals), scene.language)
    except BadInput as error:
        lines = tuple(item.name for item in held.card.items)
        return scene.say(error.say(scene.language), worded("chat.score_how", scene.language, lines=lines))
    return scene.after(), scene.reply(kind="scored", dry_run=run, held=held)


def _every(held: Held, scene: Scene, actuals: str) -> str:
    """Return the actuals with what is said of all other lines said of each."""
    parts = [part.strip() for part in actuals.split(",")]
    rest = next((part.partition("=")[2] for part in parts if part.startswith(f"{REST}=")), None)
    if rest is None:
        return actuals
    named = [part for part in parts if not part.startswith(f"{REST}=")]
    lines = Lines(held.card, scene.catalogue)
    taken = {lines.place(part.partition("=")[0]) for part in named}
    others = [f"#{place + 1}={rest}" for place in range(len(held.card.items)) if place not in taken]
    return ", ".join([*named, *others])


def export(scene: Scene, action: Export) -> Done:
    held = in_hand(scene)
    if held is None:
        return no_card(scene)
    language = action.language or scene.language
    return scene.after(), scene.reply(kind="export", target=action.target, form_language=language, held=held)


def change_lines(scene: Scene, held: Held, action: Revise) -> Done:
    """Change lines of a person's own form by their names and bring the rest into line with as little as can be."""
    changes: tuple[LineChange | None, ...] = action.lines or tuple(_line_change(wish) for wish in action.wishes)
    if not changes or None in changes:
        return scene.say(worded("chat.form_change_how", scene.language, lines=_names(held)))
    asked = held.card
    for change in filter(None, changes):
        try:
            asked = _changed(scene, asked, change)
        except BadInput:
            return scene.say(worded("chat.form_lines", scene.language, name=change.name, lines=_names(held)))
    repaired = scene.advisor.repair(asked, scene.language)
    names = listed([change.name for change in filter(None, changes)], scene.language)
    said = worded("chat.form_changed", scene.language, name=names)
    before = held.model_copy(update={"card": asked})
    return _repaired(scene, held, repaired), scene.reply(said, kind="repaired", repaired=repaired, held=before)


def in_hand(scene: Scene) -> Held | None:
    """Return the card that a command is about: the form that was shown last, else the draft in hand."""
    if scene.conversation.form is not None or scene.current is None:
        return scene.conversation.form
    return Held(name="", card=scene.current.suggestion.scorecard)


def no_card(scene: Scene) -> Done:
    return scene.say(worded("chat.no_form", scene.language))


def _told(scene: Scene, held: Held, action: Check) -> Held:
    """Return the card with what is said about it: the position, the strategy, the rule set."""
    said = {"role": scene.known_role(action.role), "themes": action.themes, "profile": action.profile}
    known = {name: value for name, value in said.items() if value}
    context = merged(held.card.context, action.context)
    return held.model_copy(update={"card": held.card.model_copy(update={**known, "context": context})})


def _repaired(scene: Scene, held: Held, repaired: Repaired) -> Conversation:
    """Keep what a repair made of a card, where it made anything of it."""
    if repaired.scorecard == held.card:
        return scene.after()
    return scene.keep(held.model_copy(update={"card": repaired.scorecard, "places": (), "understood": ()}))


def _offer_strict(scene: Scene, repaired: Repaired) -> list[str]:
    """Offer the strict repair where a plain one had nothing to do and warnings stand."""
    found = scene.advisor.check(repaired.scorecard, scene.language)
    count = sum(one.severity is Severity.WARNING for one in found)
    return [worded("chat.repair_strictly", scene.language, count=count)] if count else []


def _names(held: Held) -> tuple[object, ...]:
    return tuple(item.name for item in held.card.items)


def _line_change(wish: Wish) -> LineChange | None:
    """Return a wish about an indicator as a change of the line of that name, where a form can take it."""
    if wish.ask == "exclude":
        return LineChange(name=wish.indicator)
    if wish.ask in {"set", "at_least", "at_most"} and wish.value is not None and 1 <= wish.value <= 100:
        return LineChange(name=wish.indicator, weight=wish.value, add=True)
    return None


def _asked(scene: Scene, change: LineChange) -> str:
    return worded("chat.asked_weight", scene.language, name=change.name, weight=change.weight)


def _changed(scene: Scene, card: Scorecard, change: LineChange) -> Scorecard:
    """Return a card with one change; ``BadInput`` where no line, or more than one, has that name."""
    items = list(card.items)
    try:
        place = Lines(card, scene.catalogue).place(change.name)
    except BadInput:
        if not change.add or (known := scene.advisor.reader.indicators.meaning(change.name).id) is None:
            raise
        added = line(scene.catalogue.indicators[known], change.weight, pinned=_asked(scene, change))
        return card.model_copy(update={"items": (*items, added)})
    if place >= len(items):
        return card
    if change.weight is None:
        del items[place]
    else:
        stated = {"weight": change.weight, "stated_weight": None, "pinned": _asked(scene, change)}
        items[place] = items[place].model_copy(update=stated)
    return card.model_copy(update={"items": tuple(items)})
