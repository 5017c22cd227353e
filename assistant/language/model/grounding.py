"""What a model read, held against the message and the catalogue: anything that does not stand there is left out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assistant.actions import (
    Action,
    Alternatives,
    Check,
    Compare,
    Decline,
    Define,
    Draft,
    Explain,
    Export,
    Game,
    Help,
    Leave,
    Listing,
    PersonCase,
    Question,
    Readiness,
    Repair,
    Reset,
    Review,
    Revise,
    Score,
    Show,
    Thanks,
    Undo,
    Wish,
)
from assistant.conversation import Conversation
from assistant.language.model.quoting import Quote, Said
from assistant.language.model.ties import tied
from assistant.language.model.wire import BOUNDS, DIRECTIONS, FORMATS, LISTS, REFUSALS, Asked, Wire, Wished
from assistant.language.offline.cardtalk import form_language, is_strict, target_of
from assistant.language.offline.lexicon import plain
from assistant.language.offline.reader import Reader
from assistant.language.offline.supposed import actuals_of
from assistant.models import Evidence

STEP = 5
"""Points by which a weight moves where the person gives no number."""
MOST_UNSAID = 60
"""Without a card in hand, a higher figure is a target rather than a weight."""
MOST_EVIDENCE = 200
KINDS = {"exclude": "exclusion", "no_data": "no_data"}


@dataclass(frozen=True)
class Grounded:
    """An action that stands in the message, and the words it stands on."""

    action: Action
    quote: Quote


@dataclass(frozen=True)
class Ground:
    """A message, its conversation and the catalogue's names."""

    said: Said
    conversation: Conversation
    reader: Reader

    def actions(self, wire: Wire) -> Iterator[Grounded]:
        """Yield the actions that stand in the message, each without what does not."""
        for asked in wire.actions:
            quote = self.said.quote(asked.quote) if asked.quote.strip() else self._unquoted()
            if quote is None or (made := self._made(asked, quote)) is None:
                continue
            yield Grounded(made, quote)

    def _unquoted(self) -> Quote | None:
        """Return the whole message where nothing of it was read: then that is what a model speaks of."""
        return self.said.whole if self.said.first.lost else None

    def _made(self, asked: Asked, quote: Quote) -> Action | None:
        makers: dict[str, Callable[[], Action | None]] = {
            "draft": lambda: self._said(asked, quote),
            "revise": lambda: self._said(asked, quote),
            "explain": lambda: self._explained(asked, quote),
            "define": lambda: self._defined(asked, quote),
            "compare": lambda: self._compared(asked, quote),
            "export": lambda: self._exported(asked),
            "list": lambda: Listing.model_validate({"what": asked.detail}) if asked.detail in LISTS else None,
            "decline": lambda: Decline.model_validate({"why": asked.detail if asked.detail in REFUSALS else "topic"}),
            "score": self._scored,
            "repair": lambda: Repair(strict=is_strict(self.said.message)),
            "ask": lambda: Question(question=self.said.message.strip()[:2000]),
            "undo": Undo if self.conversation.made else lambda: None,
            "check": Check, "review": Review, "game": Game, "readiness": Readiness, "alternatives": Alternatives,
            "show": Show, "help": Help, "thanks": Thanks, "leave": Leave, "reset": Reset, "person": PersonCase,
        }  # fmt: skip
        try:
            return makers[asked.kind]() if asked.kind in makers else None
        except ValidationError:
            return None

    # A card to be.

    def _said(self, asked: Asked, quote: Quote) -> Action | None:
        themes = tuple(dict.fromkeys(id for id in asked.themes if self._is_theme(id, quote)))
        wishes = tuple(self._wishes(asked.wishes))
        role = next((id for id in asked.roles if self._is_role(id)), None)
        about: dict[str, Any] = {
            "themes": themes,
            "wishes": tuple(wish for wish, _ in wishes),
            "evidence": (*self._evidence(role, themes, quote), *(one for _, one in wishes)),
            **self._counted(asked, quote),
        }
        direction = asked.detail if asked.detail in DIRECTIONS and self.shown and not (themes or wishes) else None
        if self.shown and role is None:
            told = any((themes, wishes, about.get("at_most"), about.get("at_least"), direction))
            return Revise.model_validate({**about, "direction": direction}) if told else None
        return Draft.model_validate({**about, "role": role})

    def _evidence(self, role: str | None, themes: tuple[str, ...], quote: Quote) -> Iterator[Evidence]:
        words = quote.words[:MOST_EVIDENCE]
        if role is not None:
            yield Evidence(kind="role", id=role, words=words)
        for theme in themes:
            yield Evidence(kind="theme", id=theme, words=words)

    def _is_theme(self, id: str, quote: Quote) -> bool:
        """Tell whether a priority of the catalogue is read from open words, and was not found to be taken back."""
        denied = any(one.kind == "theme" and one.id == id for one in self.said.evidence)
        return id in self.reader.catalogue.themes and self.said.open(quote) and not denied

    def _is_role(self, id: str) -> bool:
        """Tell whether a position may be meant: a title that the catalogue knows is never read as another one."""
        if id not in self.reader.catalogue.roles:
            return False
        names = self.reader.roles
        known = [names.of(hit) for hit in names.lexicon.find(self.said.text)]
        return all(one.id == id for one in known)

    def _counted(self, asked: Asked, quote: Quote) -> dict[str, int]:
        whole = {one.whole for one in quote.numbers if not one.percent}
        if asked.lines not in whole or not 1 <= asked.lines <= 100:
            return {}
        return {bound: asked.lines for bound in BOUNDS if asked.detail in {bound, *_neither(asked.detail)}}

    # Wishes.

    def _wishes(self, wished: list[Wished]) -> Iterator[tuple[Wish, Evidence]]:
        seen: set[str] = set()
        for one in wished:
            quote = self.said.quote(one.quote)
            id = self.indicator(one.indicator, quote) if quote else None
            if quote is None or id is None or id in seen or not (self._is_free(quote) and self._is_tied(quote, id)):
                continue
            if (wish := self._wish(one, id, quote)) is not None:
                seen.add(id)
                kind = KINDS.get(one.ask, "pin")
                yield wish, Evidence.model_validate({"kind": kind, "id": id, "words": quote.words[:MOST_EVIDENCE]})

    def _is_free(self, quote: Quote) -> bool:
        """Tell whether words can hold a wish beside those that were found: not in the same clause."""
        found = any(one.kind in {"pin", "exclusion", "no_data"} for one in self.said.evidence)
        return self.said.apart(quote) if found else self.said.open(quote)

    def _is_tied(self, quote: Quote, id: str) -> bool:
        return tied(quote.words, self.reader.catalogue.indicators[id])

    def _wish(self, wished: Wished, id: str, quote: Quote) -> Wish | None:
        """Return a wish with a number that its own words hold; where it needs one and they do not, none."""
        ask, value = wished.ask, self._weight(abs(wished.value), quote)
        if ask in {"include", "exclude", "no_data"}:
            return Wish.model_validate({"ask": ask, "indicator": id})
        if ask in {"set", "at_least", "at_most"}:
            return Wish.model_validate({"ask": ask, "indicator": id, "value": value}) if value else None
        if ask not in {"raise", "lower"} or not self.shown or (value is None and quote.numbers):
            return None
        moved = value or STEP
        return Wish(ask="by", indicator=id, value=moved if ask == "raise" else -moved)

    def _weight(self, value: int, quote: Quote) -> int | None:
        fitting = [one for one in quote.numbers if one.whole == value and (self.shown or one.percent)]
        return value if fitting and 1 <= value <= (100 if self.shown else MOST_UNSAID) else None

    def indicator(self, name: str, quote: Quote) -> str | None:
        """Return the indicator that a model names; a name that the catalogue knows is never read as another one."""
        id = name if name in self.reader.catalogue.indicators else self.reader.indicators.meaning(name).id
        hits = self.reader.indicators.lexicon.find(plain(quote.words))
        named = [self.reader.indicators.of(hit) for hit in hits]
        choices = {choice for one in named for choice in ((one.id,) if one.id else one.choices)}
        return id if id is not None and (not choices or id in choices) else None

    def _named(self, asked: Asked, quote: Quote) -> tuple[str, ...]:
        found = (self.indicator(name, quote) for name in asked.indicators)
        return tuple(dict.fromkeys(id for id in found if id is not None))

    # What is said of a card.

    def _explained(self, asked: Asked, quote: Quote) -> Action | None:
        named = self._named(asked, quote)
        return Explain(indicators=named) if self.shown and (named or not asked.indicators) else None

    def _defined(self, asked: Asked, quote: Quote) -> Action | None:
        named = self._named(asked, quote)
        return Define(indicators=named) if named else None

    def _compared(self, asked: Asked, quote: Quote) -> Action | None:
        roles = tuple(dict.fromkeys(id for id in asked.roles if self._is_role(id)))
        themes = tuple(dict.fromkeys(id for id in asked.themes if self._is_theme(id, quote)))
        return Compare(roles=roles, themes=themes) if max(len(roles), len(themes)) > 1 else None

    def _exported(self, asked: Asked) -> Action:
        stated = target_of(self.said.message)
        chosen = asked.detail if stated == "xlsx" and asked.detail in FORMATS else stated
        return Export.model_validate({"target": chosen, "language": form_language(self.said.message)})

    def _scored(self) -> Action | None:
        actuals = actuals_of(self.said.message)
        return Score(actuals=actuals) if actuals else None

    @property
    def shown(self) -> bool:
        return self.conversation.in_hand is not None


def _neither(detail: str) -> tuple[str, ...]:
    """Return both bounds in effect, where no bound was named: "six lines" are no more and no fewer."""
    return () if detail in BOUNDS else (detail,)
