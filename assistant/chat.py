"""One turn: a conversation and a message in, the next conversation and a reply out."""

from assistant.advisor import Advisor
from assistant.answers import Answers
from assistant.conversation import MOST_PAST, Choice, Column, Conversation, Draft, Held, Pending, Reply
from assistant.errors import ScorecraftError, Unavailable
from assistant.formchange import change_in
from assistant.formtalk import FormTalk, held, told_by
from assistant.intake.grids import Content
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source
from assistant.language.reading import Named, Reading
from assistant.models import Brief, Context, Evidence
from assistant.pasted import Pasted, pasted
from assistant.requests import Understanding, clean, merged
from assistant.wording import worded
from knowledge.models import Language

Turn = tuple[Conversation, Reply]
# Where a message holds several commands, the first of these is carried out.
COMMANDS = (
    "decline",
    "border",
    "quit",
    "help",
    "undo",
    "reset",
    "show",
    "alternatives",
    "compare",
    "why_not",
    "why",
    "define",
)


def turn(conversation: Conversation, message: str, advisor: Advisor, attached: Content | None = None) -> Turn:
    """Carry out one message, with the content of a file where one came with it.

    What cannot be done is said, and nothing is lost.
    """
    try:
        return _Turn(conversation, advisor).take(clean(message, lines=True), attached)
    except ScorecraftError as error:
        language = conversation.language
        return conversation, Reply(language=language, said=(error.say(language),))


class _Turn:
    """One message being carried out over a conversation."""

    def __init__(self, conversation: Conversation, advisor: Advisor) -> None:
        self.before, self.advisor, self.catalogue = conversation, advisor, advisor.catalogue
        self.language: Language = conversation.language

    def take(self, message: str, attached: Content | None = None) -> Turn:
        if attached is not None or (found := self._pasted(message)) is not None:
            return self._form(message, attached, None if attached is not None else found)
        message = clean(message)
        if not message.strip():
            return self._say(worded("chat.empty", self.language))
        if self.before.pending and (chosen := self._chosen(self.before.pending, message)):
            return self._draft(
                self.before.pending.reading, Named(words=self.before.pending.words or message.strip(), id=chosen)
            )
        reading = self.advisor.reader.read(message, self.before.language, revising=self.before.current is not None)
        if not self.before.fixed_language:
            self.language = reading.language
        try:
            return self._act(reading, message)
        except ScorecraftError as error:
            return self._say(error.say(self.language))

    def _pasted(self, message: str) -> Pasted | None:
        commands = self.advisor.reader.form_commands(message)
        # Actuals look like weights: a dry run is over the card there is.
        return pasted(message, asked=bool(commands)) if "score" not in commands else None

    def _form(self, message: str, attached: Content | None, found: Pasted | None) -> Turn:
        """Take a card that came with a message, and do with it what the message asks for."""
        talk = found.talk if found else message
        if not self.before.fixed_language:
            self.language = self.advisor.reader.read(message, self.before.language).language
        reading = self.advisor.reader.read(talk, self.language) if talk.strip() else None
        try:
            content = attached or in_process(self._source(found))
            card = held(self.advisor, content, told_by(reading, self.language), self.language)
            self.before = self.before.model_copy(update={"forms": (card,)})
            commands = self.advisor.reader.form_commands(talk)
            return self._over_form(next(iter(commands), "check"), reading or Reading(language=self.language), talk)
        except ScorecraftError as error:
            return self._say(error.say(self.language))

    def _source(self, found: Pasted | None) -> Source:
        return Source(worded("chat.pasted", self.language), found.card.encode() if found else b"")

    def _over_form(self, command: str, reading: Reading, message: str) -> Turn:
        done = FormTalk(self.advisor, self.before, self.language).carry_out(command, reading, message)
        if done is None:
            return self._say(worded("chat.no_form", self.language))
        return self._kept(*done, changed=command == "repair")

    def _kept(self, card: Held, reply: Reply, *, changed: bool) -> Turn:
        """Keep the card as a new version; a draft of ours stays one until something changes it."""
        forms = self.before.forms
        if (forms or changed) and (not forms or forms[-1] != card):
            forms = (*forms, card)[-MOST_PAST:]
        return self._next(forms=forms), reply

    def _act(self, reading: Reading, message: str) -> Turn:
        commands = self._asked_of_card(reading, message)
        if not (commands and self._shown) and (known := self._asked(reading, message)) is not None:
            return known
        if commands:
            return self._over_form(commands[0], reading, message)
        if self.before.form is not None and (turn := self._about_form(self.before.form, reading, message)):
            return turn
        for command in COMMANDS:
            if command in reading.commands and not (command == "define" and _no_question(reading)):
                return self._command(command, reading)
        if reading.empty or _only_asks(reading):
            return self._lost(reading, message)
        if reading.unread:
            return self._say(*self.answers.unknown(reading))
        role = reading.roles[0] if reading.roles else None
        if self.before.pending:
            reading = _joined(self.before.pending.reading, reading)
            role = role or self._still_asked(self.before.pending)
        return self._draft(reading, role)

    def _asked(self, reading: Reading, message: str) -> Turn | None:
        """Answer a question from the guidance; ``None`` where it is no question, or one about the card there is."""
        if not is_question(reading, shown=self._shown):
            return None
        try:
            found = self.advisor.ask(message, self.language)
        except Unavailable:
            if reading.roles or reading.commands:
                return None  # There is something else to do with it, which needs no index.
            raise
        if not found.covered:
            return None
        said = [worded("chat.border", self.language)] if "border" in reading.commands else []
        after = tuple(self._offer(role) for role in reading.roles[:1] if role.id is not None)
        return self._next(), self._reply(*said, kind="answer", answer=found, after=after)

    def _offer(self, role: Named) -> str:
        name = self.catalogue.roles[role.id or ""].name
        return worded("chat.offer_draft", self.language, role=name)

    def _about_form(self, form: Held, reading: Reading, message: str) -> Turn | None:
        """Take a message as one about the form: a change of a line, undoing one, or what position it is for."""
        talk = FormTalk(self.advisor, self.before, self.language)
        if "undo" in reading.commands:
            return self._undo_form()
        if (change := change_in(message)) is not None and not reading.roles:
            return self._kept(*talk.change(form, change, message), changed=True)
        told = reading.roles and form.card.role is None and not (reading.themes or reading.wanted)
        return self._kept(*talk.check(form, reading, message), changed=True) if told else None

    def _undo_form(self) -> Turn:
        if len(self.before.forms) < 2:
            return self._say(worded("chat.nothing_to_undo", self.language))
        self.before = self.before.model_copy(update={"forms": self.before.forms[:-1]})
        return self._over_form("check", Reading(language=self.language), "")

    def _asked_of_card(self, reading: Reading, message: str) -> tuple[str, ...]:
        """Return the commands over a card; without a card, a message that says anything else is no command."""
        commands = self.advisor.reader.form_commands(message)
        return commands if self._shown or not (reading.roles or reading.themes) else ()

    @property
    def _shown(self) -> bool:
        return self.before.form is not None or self.before.current is not None

    def _still_asked(self, pending: Pending) -> Named | None:
        """Return the question that a message left unanswered, so that it is asked again."""
        if not pending.choices:
            return None
        return Named(words=pending.words, choices=tuple(choice.id for choice in pending.choices))

    def _command(self, command: str, reading: Reading) -> Turn:
        if command == "quit":
            return self._next(ended=True), self._reply(worded("chat.bye", self.language))
        if command == "help":
            return self._say(worded("chat.help", self.language))
        if command == "reset":
            return self._next(drafts=(), pending=None, forms=()), self._reply(worded("chat.reset", self.language))
        if command in {"decline", "border"}:
            return self._say(worded("chat.declined", self.language))
        if command == "compare":
            columns = self.answers.compare(reading, self.before.current)
            return self._beside(columns, "chat.compare_two")
        if command == "define":
            weights = _weights(self.before.current)
            return self._say(*self.answers.define(reading, weights) or [worded("chat.not_understood", self.language)])
        if self.before.current is None:
            return self._say(worded("chat.no_card", self.language))
        if command == "alternatives":
            return self._beside(self.answers.alternatives(self.before.current), "chat.no_alternatives")
        act = {"undo": self._undo, "show": self._show}.get(command)
        return act(self.before.current) if act else self._say(*self.answers.why(self.before.current, reading))

    @property
    def answers(self) -> Answers:
        return Answers(self.advisor, self.language)

    def _beside(self, columns: tuple[Column, ...], otherwise: str) -> Turn:
        """Show cards side by side with what each is; a phrase where there are none to show."""
        if not columns:
            return self._say(worded(otherwise, self.language))
        named = [one for one in columns if one.summary]
        said = [worded("chat.alternative", self.language, name=one.title, summary=one.summary) for one in named]
        return self._next(), self._reply(*said, kind="comparison", columns=columns)

    def _draft(self, reading: Reading, role: Named | None) -> Turn:
        """Draft a card, or change the one there is."""
        current = self.before.current
        if role is not None and role.id is None:
            return self._ask_role(reading, role)
        if role is None and current is None:
            return self._ask_role(reading, None)
        brief = self._brief(reading, role.id if role else None)
        evidence = _evidence(reading, current, role)
        only_wishes = current is not None and role is None and not reading.themes and _silent(reading)
        wished = self.advisor.understander.with_wishes(brief, reading.wanted, _weights(current))
        assumed = self.answers.defaults(reading.wanted, _weights(current))
        understanding = Understanding(wished, evidence, assumed, self.language)
        if only_wishes and current is not None:
            suggestion = self.advisor.revise(current.suggestion.scorecard, understanding)
            changes = self.answers.changes(current.suggestion.scorecard, suggestion.scorecard)
            revised = worded("chat.revised", self.language, changes=changes)
            said = [revised if changes else worded("chat.unchanged", self.language), *assumed]
        else:
            suggestion, said = self.advisor.draft(understanding), []
        draft = Draft(brief=wished, evidence=evidence, suggestion=suggestion)
        reply = self._reply(*said, kind="changed" if said else "card", suggestion=suggestion)
        return self._next(drafts=(*self.before.drafts, draft)[-MOST_PAST:], pending=None, forms=()), reply

    def _brief(self, reading: Reading, role: str | None) -> Brief:
        """Return the brief so far with what the message adds; a new role keeps the strategy and drops the wishes."""
        current = self.before.current
        old = current.brief if current else Brief(role=role or "")
        moved = role is not None and role != old.role
        context = Context(**old.context.model_dump(exclude={"motion"})) if moved else old.context
        return old.model_copy(
            update={
                "role": role or old.role,
                "themes": reading.themes or old.themes,
                "profile": reading.profile or old.profile,
                "context": merged(context, reading.context),
                "count": reading.count or (None if moved else old.count),
                "pins": () if moved else old.pins,
                "exclusions": () if moved else old.exclusions,
            }
        )

    def _ask_role(self, reading: Reading, role: Named | None) -> Turn:
        ids = role.choices if role else ()
        choices = tuple(Choice(id=id, label=self.catalogue.roles[id].name.say(self.language)) for id in ids)
        question = worded("ask.role", self.language)
        if role is not None:
            asked = self.advisor.reader.roles.meaning(role.words).question
            question = worded("chat.choose", self.language, words=role.words, question=asked.question if asked else "")
        said = [worded("ask.choice", self.language, number=n, name=one.label) for n, one in enumerate(choices, 1)]
        pending = Pending(words=role.words if role else "", choices=choices, reading=reading)
        return self._next(pending=pending), self._reply(question, *said, kind="question", choices=choices)

    def _chosen(self, pending: Pending, message: str) -> str | None:
        """Return the choice that a short answer names: by its number, or by a name that means one of the choices."""
        answer = message.strip().rstrip(".。、)）")
        for number, choice in enumerate(pending.choices, 1):
            if answer == str(number):
                return choice.id
        meaning = self.advisor.reader.roles.meaning(answer) if len(answer) <= 40 else None
        offered = {choice.id for choice in pending.choices}
        by_label = next((one.id for one in pending.choices if one.label == answer), None)
        return by_label or (meaning.id if meaning and meaning.id in offered else None)

    def _undo(self, current: Draft) -> Turn:
        if len(self.before.drafts) < 2:
            return self._say(worded("chat.nothing_to_undo", self.language))
        drafts = self.before.drafts[:-1]
        said = worded("chat.undone", self.language)
        return self._next(drafts=drafts), self._reply(said, kind="changed", suggestion=drafts[-1].suggestion)

    def _show(self, current: Draft) -> Turn:
        return self._next(), self._reply(kind="card", suggestion=current.suggestion)

    def _lost(self, reading: Reading, message: str) -> Turn:
        if reading.asking:
            return self._say(worded("chat.not_covered", self.language), worded("chat.covers", self.language))
        near = self.advisor.reader.roles.meaning(message) if len(message) <= 40 else None
        if near and near.nearest and self.before.current is None:
            names = tuple(self.catalogue.roles[match.id].name for match in near.nearest[:3])
            return self._say(worded("chat.not_understood_near", self.language, nearest=names))
        return self._say(worded("chat.not_understood", self.language))

    def _say(self, *said: str) -> Turn:
        return self._next(), self._reply(*said)

    def _reply(self, *said: str, **more: object) -> Reply:
        return Reply.model_validate({"language": self.language, "said": said, **more})

    def _next(self, **changes: object) -> Conversation:
        return self.before.model_copy(update={"language": self.language, **changes})


def _only_asks(reading: Reading) -> bool:
    """Tell whether a question says nothing that a card could be drafted or changed from."""
    said = (reading.roles, reading.themes, reading.wanted, reading.unread, reading.profile, reading.count)
    return reading.asking and not any(said)


def is_question(reading: Reading, *, shown: bool) -> bool:
    """Tell whether a message asks about KPI design rather than for a card, a change of it or something about it."""
    if not reading.asking or reading.drafting or "decline" in reading.commands:
        return False
    if reading.wanted or (reading.roles and (reading.themes or reading.profile)):
        return False
    if "define" in reading.commands and not _no_question(reading):
        return False
    if "compare" in reading.commands and max(len(reading.roles), len(reading.themes)) > 1:
        return False
    if {"help", "quit"}.intersection(reading.commands):
        return False
    about_card = {"undo", "reset", "alternatives", "show", "why", "why_not"}
    return not (shown and about_card.intersection(reading.commands))


def _weights(current: Draft | None) -> dict[str, int]:
    return current.suggestion.scorecard.weights() if current else {}


def _no_question(reading: Reading) -> bool:
    """Tell whether words that can ask for a meaning do not: nothing is named to explain, or a position is."""
    return not reading.mentions or bool(reading.roles)


def _silent(reading: Reading) -> bool:
    """Tell whether a message says nothing about the position beyond its wishes."""
    return reading.context == Context() and reading.profile is None


def _evidence(reading: Reading, current: Draft | None, role: Named | None) -> tuple[Evidence, ...]:
    """Return the words behind the brief; new words about the role or the strategy replace the old ones."""
    old = current.evidence if current else ()
    replaced = {"theme"} if reading.themes else set()
    replaced |= {"role"} if role else set()
    kept = tuple(one for one in old if one.kind not in replaced)
    known = (Evidence(kind="role", id=role.id, words=role.words),) if role and role.id else ()
    return (*kept, *known, *(one for one in reading.evidence if one.kind != "role"))


def _joined(first: Reading, second: Reading) -> Reading:
    """Return what two messages say together; the later one wins where both speak."""
    return second.model_copy(
        update={
            "themes": second.themes or first.themes,
            "context": merged(first.context, second.context),
            "profile": second.profile or first.profile,
            "wanted": (*first.wanted, *second.wanted),
            "count": second.count or first.count,
            "evidence": (*first.evidence, *second.evidence),
        }
    )
