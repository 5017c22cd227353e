"""What is asked of the card in hand: check, repair, export and the like, another line, another direction."""

import re
from collections.abc import Callable

from assistant.actions import Action, Check, Export, Game, Readiness, Repair, Review, Revise, Score
from assistant.language.offline.cardtalk import form_language, is_strict, target_of
from assistant.language.offline.formchange import change_in
from assistant.language.offline.patterns import spoken
from assistant.language.offline.questions import asks
from assistant.language.offline.supposed import actuals_of
from assistant.language.offline.utterance import Utterance

# A form that is last year's is reviewed, not checked.
_LAST_YEAR = spoken(r"去年|上一年|上年|往年", r"\blast year\b|\bprevious year\b|\bold form\b")
# A target given, which is no weight: "set the revenue target to 2.5m".
_TARGET_SET = spoken(
    r"\b(?:set|put|make|raise|lower|change|increase|reduce)\b(?![^.;]*\bweights?\b)[^.;,]*\b(?:target|quota|goal)s?\s+"
    r"(?:value\s+)?(?:for\s+[^.;,]{2,30}\s+)?(?:to|at|=)\s*[$€£]?\d",
    r"目标值?(?:设|定|调|改|提高|降低|降|提)(?:到|为|成)\s*(?:每个?[月季年周天]度?)?\s*\d",
    r"目标值?(?:是|定|就)?\s*\d[\d.]*\s*(?:万|亿|千|元|个|家|单)",
)
# That the card is to be handed over, and nothing else: 发给我, 英文版也来一份.
_HANDED = re.compile(
    r"^(?:好了?|行|ok|那|就|请|麻烦|帮我)*[，, ]*(?:发我|发给我|传给我|给我发|发过来)"
    r"(?:一份|一下|吧|哈|了|看)*[。.!！]?$"
    r"|^(?:再|也|还要|要|来|出|给我|发我|做|导)*(?:一份|一个|个|份)?(?:英文|中文|双语|中英文?)版?(?:的)?(?:也)?(?:来|要|出|发|导|给我)?(?:我)?(?:一份|一个|个|份)?(?:吧|哈)?[。.!！]?$",
    re.IGNORECASE,
)
# A format named with hardly anything beside it: "Excel please".
_FORMAT = re.compile(
    r"^.{0,14}?(?:(?<![a-z])word(?![a-z])|excel|excle|xlsx|docx|csv|json|yaml|markdown|\bmd\b).{0,24}$",
    re.IGNORECASE | re.DOTALL,
)


def of_brought(said: Utterance) -> Action:
    """Return what is asked of a card that came with the message: it is checked where nothing else is said."""
    command = said.commands[0] if said.commands else "check"
    return about_card(said, "review" if command == "check" and _LAST_YEAR.search(said.message) else command)


def commanded_over(said: Utterance) -> Action | None:
    """Take a command over a card; without a card, a message that says anything else is none."""
    reading = said.reading
    bare = said.message.strip()
    if said.shown and not said.commands and not reading.wanted and (_FORMAT.match(bare) or _HANDED.match(bare)):
        return about_card(said, "export")
    if not said.commands:
        return None
    if said.commands[0] == "score" and not reading.roles and "%" in actuals_of(said.message):
        return about_card(said, "score")
    if not said.shown and (reading.roles or reading.themes or asks(said)):
        return None
    return about_card(said, said.commands[0])


def about_card(said: Utterance, command: str) -> Action:
    """Return a command with what the message says beside it."""
    reading = said.reading
    about = {"role": said.role, "themes": reading.themes, "profile": reading.profile, "context": reading.context}
    made: dict[str, Callable[[], Action]] = {
        "check": lambda: Check.model_validate(about),
        "repair": lambda: Repair(strict=is_strict(said.message)),
        "review": lambda: Review.model_validate(about),
        "game": Game,
        "readiness": Readiness,
        "score": lambda: Score(actuals=actuals_of(said.message)),
        "export": lambda: Export(target=target_of(said.message), language=form_language(said.message)),
    }
    return made[command]()


def of_form(said: Utterance) -> Action | None:
    """Take a message as one about a person's own form: a change of a line, or what position it is for."""
    form, reading = said.before.form, said.reading
    if form is None:
        return None
    if (change := change_in(said.text)) is not None and not reading.roles:
        return Revise(lines=(change,))
    if reading.wanted and not reading.roles:
        return Revise(wishes=said.wishes)
    told = reading.roles and form.card.role is None and not (reading.themes or reading.wanted)
    return about_card(said, "check") if told else None


def direction(said: Utterance) -> Action | None:
    """Take "more conservative" and the like; where the message says in what, it is not asked about."""
    if said.shown and _TARGET_SET.search(said.message):
        return Revise(direction="stretch")
    wanted = next((id for id in ("careful", "bold") if id in said.hits), None)
    if wanted is None or not said.shown or said.reading.wanted or said.reading.roles:
        return None
    ways = ("cash_safe", "stretch", "balanced") if wanted == "careful" else ("growth", "stretch")
    named = [way for way in ways if f"toward_{'cash' if way == 'cash_safe' else way}" in said.hits]
    unnamed = "open" if wanted == "careful" else "bold"
    return Revise.model_validate({"direction": named[0] if len(named) == 1 else unnamed})
