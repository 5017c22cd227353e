"""What is said and changes nothing: reasons, meanings, answers, lists, comparisons, what is not done here."""

from assistant.actions import (
    Alternatives,
    Compare,
    Decline,
    Define,
    Draft,
    Explain,
    Help,
    Leave,
    Listing,
    PersonCase,
    Question,
    Revise,
    Thanks,
)
from assistant.conversation import Choice, Column, DraftVersion, Pending
from assistant.errors import Unavailable
from assistant.models import Context
from assistant.turns.answers import Answers
from assistant.turns.drafting import draft, numbered, revise
from assistant.turns.scene import Done, Scene
from assistant.wording import listed, worded
from knowledge.models import Text
from knowledge.terms import Tenure


def explain(scene: Scene, action: Explain) -> Done:
    """Explain the lines named, or all of them; for what is not on the card, say why not."""
    if scene.current is None:
        return scene.say(worded("chat.no_card", scene.language))
    answers, mentions = Answers(scene.advisor, scene.language), scene.mentions(action.indicators)
    if unknown := answers.unknown(tuple(one.words for one in mentions if not one.choices)):
        return scene.say(*unknown)
    return scene.say(*answers.why(scene.current, mentions))


def define(scene: Scene, action: Define) -> Done:
    answers, mentions = Answers(scene.advisor, scene.language), scene.mentions(action.indicators)
    if unknown := answers.unknown(tuple(one.words for one in mentions if not one.choices)):
        return scene.say(*unknown)
    return scene.say(*answers.define(mentions, scene.weights) or [worded("chat.not_understood", scene.language)])


def ask(scene: Scene, action: Question) -> Done:
    """Answer from what is known; where nothing is, say so and what is covered."""
    offer = _offer(scene, action)
    try:
        found = scene.advisor.ask(action.question, scene.language, scene.by)
    except Unavailable as error:
        if not offer:
            raise
        return scene.say(error.say(scene.language), *offer)
    if found.covered:
        said = [worded("chat.border", scene.language)] if action.border else []
        return scene.after(), scene.reply(*said, kind="answer", answer=found, after=offer)
    if action.border:
        return decline(scene, Decline(why="person"))
    said = [worded("chat.not_covered", scene.language), *(offer or [worded("chat.covers", scene.language)])]
    return scene.after(), scene.reply(*said, kind="declined")


def _offer(scene: Scene, action: Question) -> tuple[str, ...]:
    """Offer a draft for the position that a question names."""
    role = scene.known_role(action.role)
    if role is None:
        return ()
    name = scene.catalogue.roles[role].name
    return (worded("chat.offer_draft", scene.language, role=name),)


def compare(scene: Scene, action: Compare) -> Done:
    answers = Answers(scene.advisor, scene.language)
    if action.versions:
        return _beside(scene, _versions(scene, action.versions), "chat.compare_two")
    named = (scene.known_role(role) for role in action.roles)
    roles = [role for role in dict.fromkeys(named) if role is not None]
    return _beside(scene, answers.compare(roles, action.themes, scene.current), "chat.compare_two")


def _versions(scene: Scene, numbers: tuple[int, ...]) -> tuple[Column, ...]:
    made = scene.conversation.made
    known = [number if number > 0 else made + 1 + number for number in numbers]
    if len(known) < 2 or not all(1 <= number <= made for number in known):
        return ()
    found = [(number, scene.version(number)) for number in known]
    return tuple(
        Column(
            title=worded("column.version", scene.language, number=number), weights=one.suggestion.scorecard.weights()
        )
        for number, one in found
        if isinstance(one, DraftVersion)
    )


def alternatives(scene: Scene, action: Alternatives) -> Done:
    if scene.current is None:
        return scene.say(worded("chat.no_card", scene.language))
    columns = Answers(scene.advisor, scene.language).alternatives(scene.current)
    if not columns:
        return scene.say(worded("chat.no_alternatives", scene.language))
    stances = {one.name.say(scene.language): id for id, one in scene.catalogue.stances.items()}
    others = [one for one in columns if one.title in stances]
    choices = tuple(Choice(id=stances[one.title], label=one.title) for one in others)
    said = [
        *(_summary(scene, one, number) for number, one in enumerate(others, 1)),
        worded("chat.take_alternative", scene.language),
    ]
    pending = Pending(action=Revise(), about="alternative", choices=choices)
    return scene.asking(pending, *said, kind="comparison", columns=columns)


def _summary(scene: Scene, column: Column, number: int) -> str:
    told = worded("chat.alternative", scene.language, name=column.title, summary=column.summary)
    return worded("ask.choice", scene.language, number=number, name=told)


def _beside(scene: Scene, columns: tuple[Column, ...], otherwise: str) -> Done:
    """Show cards side by side; a phrase where there are none to show."""
    if not columns:
        return scene.say(worded(otherwise, scene.language))
    return scene.after(), scene.reply(kind="comparison", columns=columns)


def listing(scene: Scene, action: Listing) -> Done:
    """List what is known, in the catalogue's order."""
    if action.what == "versions":
        return scene.say(*_made(scene))
    if action.what == "rules":
        return scene.say(worded("list.rules", scene.language))
    title = {
        "roles": "list.roles",
        "indicators": "list.indicators",
        "themes": "list.themes",
        "profiles": "list.profiles",
    }
    names = listed(_names(scene, action), scene.language)
    return scene.say(worded(title[action.what], scene.language), names)


def _names(scene: Scene, action: Listing) -> list[str]:
    catalogue = scene.catalogue
    role = scene.known_role(action.role) or (scene.current.brief.role if scene.current else None)
    names: dict[str, list[Text]] = {
        "roles": [one.name for one in catalogue.roles.values()],
        "themes": [one.name for one in catalogue.themes.values()],
        "profiles": [one.name for one in catalogue.profiles.values()],
    }
    if action.what != "indicators":
        return [name.say(scene.language) for name in names[action.what]]
    held = [one.indicator for group in catalogue.roles[role].groups for one in group.items] if role else []
    return [catalogue.indicators[id].name.say(scene.language) for id in dict.fromkeys(held or catalogue.indicators)]


def _made(scene: Scene) -> list[str]:
    """Name the versions made so far, and which is in hand."""
    if not scene.conversation.made:
        return [worded("chat.no_card", scene.language)]
    now = scene.conversation.steps[-1].number if scene.conversation.steps else 0
    return [worded("list.versions", scene.language, made=scene.conversation.made, number=now)]


def help_(scene: Scene, action: Help) -> Done:
    return scene.say(worded("chat.help", scene.language))


def thanks(scene: Scene, action: Thanks) -> Done:
    return scene.say(worded("chat.thanks", scene.language))


def leave(scene: Scene, action: Leave) -> Done:
    return scene.after(ended=True), scene.reply(worded("chat.bye", scene.language))


def decline(scene: Scene, action: Decline) -> Done:
    """Say in a sentence that this is not done here, and what is."""
    reasons = {
        "person": "decline.person",
        "distribution": "decline.distribution",
        "pay": "decline.pay",
        "law": "decline.law",
        "secret": "decline.secret",
        "targets": "decline.targets",
        "topic": "decline.topic",
    }
    said = [worded(reasons[action.why], scene.language), worded("decline.instead", scene.language)]
    return scene.after(), scene.reply(*said, kind="declined")


def person(scene: Scene, action: PersonCase) -> Done:
    """Design for the position a person holds; offer ramp and territory, and give no verdict on the person."""
    if action.remedy == "ramp":
        return _ramp(scene)
    if action.remedy == "territory":
        return scene.say(worded("person.territory", scene.language))
    if action.remedy == "position":
        return scene.say(worded("person.position" if scene.current else "chat.no_card", scene.language))
    labels = {
        "ramp": "person.choice_ramp",
        "territory": "person.choice_territory",
        "position": "person.choice_position",
    }
    choices = tuple(Choice(id=id, label=worded(key, scene.language)) for id, key in labels.items())
    question = worded("person.ask", scene.language)
    return scene.asking(Pending(action=action, about="remedy", choices=choices), question, *numbered(scene, choices))


def _ramp(scene: Scene) -> Done:
    """Draw the card for someone new to the position; the position is asked for where it is open."""
    ramping = Context(tenure=Tenure.RAMPING)
    if scene.current is None:
        return draft(scene, Draft(context=ramping))
    return revise(scene, Revise(context=ramping))
