"""Drafting a card and changing the one in hand."""

from dataclasses import dataclass

from assistant.actions import Draft, Revise, Said, Wish
from assistant.conversation import Choice, DraftVersion, Pending
from assistant.errors import UnknownName
from assistant.language.offline.names import Meaning
from assistant.language.reading import Wanted
from assistant.models import Brief, Context, Count, Evidence, Pin
from assistant.requests import Understanding, merged
from assistant.turns.answers import Answers
from assistant.turns.scene import Done, Scene
from assistant.wording import worded

CAREFUL = ("cash_safe", "stretch", "balanced")
_WHOLE = 100
BOLD = ("growth", "stretch")


def draft(scene: Scene, action: Draft) -> Done:
    """Propose a card for the position named, else for the one so far; ask which where that is open."""
    meaning = scene.role(action.role)
    if meaning is not None and meaning.id is None:
        return ask_role(scene, action, meaning)
    if meaning is None and scene.current is None:
        return ask_role(scene, action, None)
    return _Drafting(scene, action, meaning.id if meaning else None, action.role or "").carry_out()


def revise(scene: Scene, action: Revise) -> Done:
    """Change the draft in hand; the strategy or the circumstances changed draw it anew."""
    if scene.current is None:
        return draft(scene, Draft.model_validate(action.model_dump(exclude={"kind", "direction", "lines"})))
    if action.direction in {"open", "bold"}:
        return _ask_direction(scene, action)
    if action.direction == "stretch":
        return scene.say(worded("chat.stretch", scene.language))
    return _Drafting(scene, action, None, "").carry_out()


def ask_role(scene: Scene, action: Draft, meaning: Meaning | None) -> Done:
    """Ask which position is meant; ``UnknownName`` where a title means none we know."""
    if meaning is not None and meaning.question is None:
        names = {id: role.name for id, role in scene.catalogue.roles.items()}
        raise UnknownName("role", meaning.name, tuple(names[match.id] for match in meaning.nearest))
    ids = meaning.choices if meaning else ()
    choices = tuple(Choice(id=id, label=scene.catalogue.roles[id].name.say(scene.language)) for id in ids)
    question = worded("ask.role", scene.language)
    if meaning is not None and meaning.question is not None:
        asked = meaning.question.question
        question = worded("chat.choose", scene.language, words=meaning.name, question=asked)
    pending = Pending(action=action, about="role", words=meaning.name if meaning else "", choices=choices)
    return scene.asking(pending, question, *numbered(scene, choices))


def numbered(scene: Scene, choices: tuple[Choice, ...]) -> list[str]:
    """Return the choices of a question as numbered lines."""
    return [worded("ask.choice", scene.language, number=n, name=one.label) for n, one in enumerate(choices, 1)]


def _ask_direction(scene: Scene, action: Revise) -> Done:
    ids = BOLD if action.direction == "bold" else CAREFUL
    choices = tuple(Choice(id=id, label=direction(scene, id)) for id in ids)
    question = worded("chat.bolder" if action.direction == "bold" else "chat.safer", scene.language)
    return scene.asking(Pending(action=action, about="direction", choices=choices), question, *numbered(scene, choices))


def direction(scene: Scene, id: str) -> str:
    """Return what a direction is called in a question."""
    keys = {
        "cash_safe": "direction.cash_safe",
        "balanced": "direction.balanced",
        "growth": "direction.growth",
        "stretch": "direction.stretch",
    }
    return worded(keys[id], scene.language)


def wanted(scene: Scene, wish: Wish) -> Wanted:
    if wish.ask in {"include", "no_data"}:
        return Wanted(ask=wish.ask, mention=scene.mention(wish.indicator), value=wish.value)
    changing = wish.ask in {"by", "exclude", "at_most"}
    return Wanted(ask=wish.ask, mention=scene.line(wish.indicator, changing=changing), value=wish.value)


@dataclass(frozen=True)
class _Drafting:
    """One card being drafted or changed."""

    scene: Scene
    said: Said
    role: str | None
    role_words: str

    def carry_out(self) -> Done:
        scene, current = self.scene, self.scene.current
        answers = Answers(scene.advisor, scene.language)
        wishes = tuple(wanted(scene, wish) for wish in self.said.wishes)
        if unknown := answers.unknown(tuple(one.mention.words for one in wishes if not one.mention.choices)):
            return scene.say(*unknown)
        understander = scene.advisor.understander
        brief = understander.with_wishes(self._brief(), wishes, scene.weights)
        assumed = answers.defaults(wishes, scene.weights)
        understanding = Understanding(brief, self._evidence(), assumed, scene.language)
        if current is not None and self._only_wishes:
            suggestion = scene.advisor.revise(current.suggestion.scorecard, understanding)
        else:
            suggestion = scene.advisor.draft(understanding, self._stance)
        version = DraftVersion(brief=brief, evidence=understanding.evidence, suggestion=suggestion)
        said = self._changes(answers, version, assumed)
        reply = scene.reply(*said, kind="changed" if said else "card", suggestion=suggestion)
        return scene.keep(version), reply

    def _changes(self, answers: Answers, after: DraftVersion, assumed: tuple[str, ...]) -> list[str]:
        """Say what a change of wishes or direction did; a card drawn anew speaks for itself."""
        current = self.scene.current
        if current is None or not (self._only_wishes or self._stance):
            return []
        changes = answers.changes(current.suggestion.scorecard, after.suggestion.scorecard)
        key = "chat.revised" if changes else "chat.unchanged"
        return [worded(key, self.scene.language, **({"changes": changes} if changes else {})), *assumed]

    @property
    def _stance(self) -> str | None:
        return self.said.direction if isinstance(self.said, Revise) else None

    @property
    def _only_wishes(self) -> bool:
        """Whether nothing is said about the position, its circumstances or the strategy."""
        told = self.role or self.said.themes or self.said.profile or self._stance
        return not told and self.said.context == Context()

    def _brief(self) -> Brief:
        """Return the brief so far with what the message adds; a new role keeps the strategy and drops the wishes."""
        current, said = self.scene.current, self.said
        old = current.brief if current else Brief(role=self.role or "")
        moved = self.role is not None and self.role != old.role
        context = Context(**old.context.model_dump(exclude={"motion"})) if moved else old.context
        counted = said.at_least or said.at_most
        count = Count(at_least=said.at_least or 1, at_most=said.at_most or 100) if counted else None
        # A number of lines is meant for one rule set: two measures of an incentive plan are no appraisal.
        other_rules = said.profile is not None and said.profile != old.profile
        return old.model_copy(
            update={
                "role": self.role or old.role,
                "themes": said.themes or old.themes,
                "profile": said.profile or old.profile,
                "context": merged(context, said.context),
                "count": count or (None if moved or other_rules else old.count),
                "pins": () if moved else _loosened(old.pins) if said.wishes else old.pins,
                "exclusions": () if moved else old.exclusions,
            }
        )

    def _evidence(self) -> tuple[Evidence, ...]:
        """Return the words behind the brief; new words about the role or the strategy replace the old ones."""
        old = self.scene.current.evidence if self.scene.current else ()
        replaced = {"theme"} if self.said.themes else set()
        replaced |= {"role"} if self.role else set()
        kept = tuple(one for one in old if one.kind not in replaced)
        heard = next((one for one in self.said.evidence if one.kind == "role" and one.id == self.role), None)
        known = (heard or Evidence(kind="role", id=self.role, words=self.role_words),) if self.role else ()
        return (*kept, *known, *(one for one in self.said.evidence if one.kind != "role"))


def _loosened(pins: tuple[Pin, ...]) -> tuple[Pin, ...]:
    """Return wishes of before without their weights where these make up a whole card, so that a later one has room."""
    fixed = sum(pin.at_least or 0 for pin in pins if pin.at_least == pin.at_most)
    return tuple(Pin(indicator=pin.indicator, reason=pin.reason) for pin in pins) if fixed >= _WHOLE else pins
