"""What a conversation does with a card that is pasted, attached or shown: check, repair, review and the like."""

import re
from collections.abc import Callable

from assistant.advisor import Advisor
from assistant.conversation import Conversation, Held, Reply
from assistant.errors import BadInput
from assistant.formchange import Change, changed
from assistant.intake.cells.figures import SCALE
from assistant.intake.grids import Content
from assistant.intake.reading import Told
from assistant.intake.telling import understood_lines
from assistant.language.reading import Reading
from assistant.repair.change import Repaired
from assistant.requests import Request, merged
from assistant.wording import worded
from knowledge.models import Language
from knowledge.terms import Severity

_TARGETS = (
    ("docx", re.compile(r"word|docx", re.IGNORECASE)),
    ("md", re.compile(r"markdown|\bmd\b", re.IGNORECASE)),
    ("csv", re.compile(r"csv", re.IGNORECASE)),
    ("json", re.compile(r"json", re.IGNORECASE)),
    ("yaml", re.compile(r"yaml|yml", re.IGNORECASE)),
)
_LEAD_IN = re.compile(
    r"^.*?(?:试算|算一下得分|模拟得分|算算分|算分|dry run|simulate|score (?:it|this)(?: with)?)"
    r"\s*(?:一下)?\s*[:：,，]?\s*",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[,，]?\s*(?:能|可以|会)?得(?:多少|几)分.*$|[,，]?\s*(?:what|how many).*$", re.IGNORECASE)
_SUPPOSE = re.compile(r"^\s*(?:如果|假如|假设|若|if|suppose|with|and)\s*", re.IGNORECASE)
_ACTUAL = re.compile(
    r"^(?P<name>.*?[^\d\s=:：])\s*(?:实际)?(?:完成了?|达到|达成|做到|是|为|只有|=|:|：|reaches|reached|is|are|at|of)*\s*"
    rf"(?P<value>\d[\d,.]*\s*(?:{SCALE})?\s*%?(?:\s*/\s*\d[\d,.]*\s*(?:{SCALE})?)?)\s*\D{{0,4}}$",
    re.IGNORECASE,
)
_STRICT = re.compile(r"警告也|警告一|彻底|全部消除|严格|strict|warnings too|all warnings", re.IGNORECASE)
_BOTH = re.compile(r"双语|中英|both languages|bilingual", re.IGNORECASE)


def held(advisor: Advisor, content: Content, told: Told, language: Language, table: str | None = None) -> Held:
    """Read the card of a content that is already taken apart."""
    intake = advisor.read_content(content, told, table)[0]
    said = understood_lines(intake, advisor.catalogue, language)
    return Held(name=intake.name, card=intake.card, places=intake.places, understood=tuple(said))


def told_by(reading: Reading | None, language: Language) -> Told:
    """Return what the words around a card say about it: the position and the strategy."""
    if reading is None:
        return Told(language=language)
    role = next((one.words for one in reading.roles if one.id or one.default), None)
    strategy = ", ".join(reading.themes) or None
    return Told(role=role, profile=reading.profile, strategy=strategy, language=language, context=reading.context)


class FormTalk:
    """One command carried out over the card of a conversation."""

    def __init__(self, advisor: Advisor, before: Conversation, language: Language) -> None:
        self.advisor, self.before, self.language = advisor, before, language

    @property
    def card(self) -> Held | None:
        """The card a command is about: the form that was shown last, else the current draft."""
        current = self.before.current
        if self.before.form is not None or current is None:
            return self.before.form
        return Held(name="", card=current.suggestion.scorecard)

    def carry_out(self, command: str, reading: Reading, message: str) -> tuple[Held, Reply] | None:
        """Return the card afterwards and the reply; ``None`` where there is no card."""
        held = self.card
        if held is None:
            return None
        acts: dict[str, Callable[[Held, Reading, str], tuple[Held, Reply]]] = {
            "check": self.check,
            "repair": self.repair,
            "review": self.review,
            "game": self.game,
            "readiness": self.readiness,
            "score": self.score,
            "export": self.export,
        }
        return acts[command](held, reading, message)

    def change(self, held: Held, change: Change, message: str) -> tuple[Held, Reply]:
        """Change one line and bring the rest into line with as little else as can be."""
        try:
            asked = changed(held.card, change, self.advisor.catalogue, message.strip())
        except BadInput:
            names = tuple(item.name for item in held.card.items)
            return held, self._reply(worded("chat.form_lines", self.language, name=change.name, lines=names))
        repaired = self.advisor.repair(asked, self.language)
        after = held.model_copy(update={"card": repaired.scorecard, "places": (), "understood": ()})
        said = worded("chat.form_changed", self.language, name=change.name)
        return after, self._reply(
            said, kind="repaired", repaired=repaired, held=held.model_copy(update={"card": asked})
        )

    def told(self, held: Held, reading: Reading) -> Held:
        """Return the card with what a message says about it: the position, the strategy, the rule set."""
        role = next((one.id or one.default for one in reading.roles if one.id or one.default), None)
        said = {"role": role, "themes": reading.themes, "profile": reading.profile}
        known = {name: value for name, value in said.items() if value}
        context = merged(held.card.context, reading.context)
        return held.model_copy(update={"card": held.card.model_copy(update={**known, "context": context})})

    def check(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        held = self.told(held, reading)
        checked = self.advisor.checked(held.card, self.language)
        return held, self._reply(kind="checked", checked=checked, held=held)

    def repair(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        repaired = self.advisor.repair(held.card, self.language, strict=bool(_STRICT.search(message)))
        after = held.model_copy(update={"card": repaired.scorecard, "places": (), "understood": ()})
        return after, self._reply(*self._more(repaired, message), kind="repaired", repaired=repaired, held=held)

    def _more(self, repaired: Repaired, message: str) -> list[str]:
        """Offer the strict repair where a plain one had nothing to do and warnings stand."""
        if repaired.changes or _STRICT.search(message):
            return []
        found = self.advisor.check(repaired.scorecard, self.language)
        count = sum(one.severity is Severity.WARNING for one in found)
        return [worded("chat.repair_strictly", self.language, count=count)] if count else []

    def review(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        role = next((one.id or one.default or "" for one in reading.roles), "")
        strategy, profile = ", ".join(reading.themes), reading.profile or held.card.profile
        request = Request(
            role=role, strategy=strategy, profile=profile, language=self.language, context=reading.context
        )
        return held, self._reply(kind="reviewed", review=self.advisor.review(held.card, request), held=held)

    def game(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        return held, self._reply(kind="gamed", tricks=self.advisor.gaming(held.card), held=held)

    def readiness(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        return held, self._reply(kind="readiness", departments=self.advisor.readiness(held.card), held=held)

    def score(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        try:
            run = self.advisor.dry_run(held.card, _actuals(message), self.language)
        except BadInput as error:
            lines = tuple(item.name for item in held.card.items)
            how = worded("chat.score_how", self.language, lines=lines)
            return held, self._reply(error.say(self.language), how)
        return held, self._reply(kind="scored", dry_run=run, held=held)

    def export(self, held: Held, reading: Reading, message: str) -> tuple[Held, Reply]:
        target = next((name for name, words in _TARGETS if words.search(message)), "xlsx")
        language = "both" if _BOTH.search(message) else self.language
        return held, self._reply(kind="export", target=target, form_language=language, held=held)

    def _reply(self, *said: str, **more: object) -> Reply:
        return Reply.model_validate({"language": self.language, "said": said, **more})


def _actuals(message: str) -> str:
    """Return what a question supposes as ``name=value`` pairs: "if revenue reaches 92%, what is the score?"."""
    said = _QUESTION.sub("", _LEAD_IN.sub("", message.strip().rstrip("?？。.")))
    parts = [_SUPPOSE.sub("", part).strip() for part in re.split(r"[,，、;；\n](?!\d{3}\b)", said)]
    found = [_ACTUAL.match(part) for part in parts if part]
    return ", ".join(f"{match['name'].strip()}={match['value'].strip()}" for match in found if match)
