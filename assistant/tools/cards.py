"""Cards on their way out, small enough for a model to carry, and back in without loss.

A line goes out as id, name and weight, and whatever a form reader would not make of these alone stands beside them
under ``stated``: nothing for a line as the catalogue has it, everything for one of the company's own.
"""

from math import isfinite
from typing import Any, TypeVar

from pydantic import ValidationError

from assistant.errors import BadInput
from assistant.intake.grids import Content
from assistant.intake.reading import Told
from assistant.models import Adjustment, Context, Monitor, Scorecard, ScorecardItem, Veto
from assistant.tools.arguments import CardGiven
from assistant.tools.contents import carried, content_of, is_ours, with_data
from assistant.tools.desk import Desk
from assistant.tools.plain import part, plain
from knowledge.models import Frozen

NOT_CARRIED = frozenset({"weight", "rationale", "parts", "citations"})
TEXTS = frozenset({"name", "definition", "target_method", "data_source", "trigger", "effect", "evidence", "reason"})
Model = TypeVar("Model", bound=Frozen)


class Beside(Frozen):
    """What stands on a card beside its lines, as it went out."""

    context: Context = Context()
    gates: tuple[Veto, ...] = ()
    monitors: tuple[Monitor, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


def card_data(card: Scorecard, desk: Desk) -> dict[str, Any]:
    """Return a card as a model carries it from one tool to the next."""
    said = {"role": card.role, "position": card.position, "themes": card.themes, "profile": card.profile}
    data: dict[str, Any] = {**plain(said, desk.language), "items": [_line(item, desk) for item in card.displayed()]}
    if data["items"]:
        read = _read(desk, Content("json", "", data=data), Told())
        for line, item, back in zip(data["items"], card.displayed(), read.items, strict=True):
            line |= _stated(item, back)
    beside = {"gates": card.vetoes, "monitors": card.monitors, "adjustments": card.adjustments}
    total = sum(item.points for item in card.items)
    # A context goes out even where it is empty, so that none is guessed from the position when the card comes back.
    return data | {"context": plain(card.context, desk.language), **plain({"total": total, **beside}, desk.language)}


def read_card(desk: Desk, given: CardGiven) -> Scorecard:
    """Return the card that came as JSON or text; ``BadInput`` where it is none, or several."""
    content = content_of(given.card, desk.language)
    data = carried(content) or {}
    stated = {name: _both(data[name]) for name in Beside.model_fields if isinstance(data.get(name), dict | list)}
    beside = _checked(Beside, stated, "")
    told = Told(given.role or None, given.profile or None, given.strategy or None, desk.language, beside.context)
    card = _read(desk, content, told, given.table or None)
    return card if is_ours(content) else card.model_copy(update=_besides(beside, data, card))


def _line(item: ScorecardItem, desk: Desk) -> dict[str, Any]:
    line = part(item, "indicator name dimension", desk.language)
    return line | ({"weight": plain(item.weight, "en")} if item.weight is not None and isfinite(item.weight) else {})


def _stated(item: ScorecardItem, read: ScorecardItem) -> dict[str, Any]:
    """Return what a line says that reading its name and weight does not give."""
    said, back = item.model_dump(mode="json"), read.model_dump(mode="json")
    short = item.model_dump(mode="json", exclude_defaults=True)
    other = [name for name, value in said.items() if name not in NOT_CARRIED and value != back[name]]
    return {"stated": {name: _in_one(short.get(name, said[name])) for name in other}} if other else {}


def _read(desk: Desk, content: Content, told: Told, table: str | None = None) -> Scorecard:
    """Read one card, and give its lines what they state beside their names."""
    data = carried(content)
    bare = with_data(content, {**data, "items": [_bare(one, desk) for one in data["items"]]}) if data else content
    found = desk.advisor.read_content(bare, told, table)
    if len(found) > 1:
        raise BadInput("tool.several_cards", count=len(found), names=tuple(one.card.position for one in found))
    card = found[0].card
    if data is None or len(card.items) != len(data["items"]):
        return card
    items = tuple(_restored(item, one) for item, one in zip(card.items, data["items"], strict=True))
    return card.model_copy(update={"items": items})


def _bare(one: Any, desk: Desk) -> Any:
    """Return a line without what is restored after it is read; the catalogue's own name is known in both languages."""
    known = desk.catalogue.indicators.get(str(one.get("indicator"))) if isinstance(one, dict) else None
    if not isinstance(one, dict):
        return one
    idle = {"name", "dimension"} if known and one.get("name") in (known.name.zh, known.name.en) else set()
    return {key: value for key, value in one.items() if key not in idle | {"stated"}}


def _restored(item: ScorecardItem, one: Any) -> ScorecardItem:
    stated = one.get("stated") if isinstance(one, dict) else None
    if not isinstance(stated, dict):
        return item
    carried_fields = {name: value for name, value in _both(stated).items() if name not in NOT_CARRIED}
    return _checked(ScorecardItem, item.model_dump(mode="json") | carried_fields, "stated.")


def _besides(beside: Beside, data: dict[str, Any], card: Scorecard) -> dict[str, Any]:
    """Return what a card that comes back holds beside its lines; its title is none where it is only the id."""
    stated = {"vetoes": beside.gates, "monitors": beside.monitors, "adjustments": beside.adjustments}
    more: dict[str, Any] = {name: value for name, value in stated.items() if value}
    if "context" in data:
        more["context"] = beside.context
    return more | ({"position": str(data.get("position") or "")} if card.position == card.role else {})


def _in_one(value: Any) -> Any:
    """Return a text that is the same in both languages as one."""
    same = isinstance(value, dict) and value.keys() == {"zh", "en"} and value["zh"] == value["en"]
    return value["zh"] if same else value


def _both(value: Any) -> Any:
    """Return parts of a card with each text in one language standing for both."""
    if isinstance(value, list):
        return [_both(one) for one in value]
    if not isinstance(value, dict):
        return value
    both = {key: {"zh": one, "en": one} for key, one in value.items() if key in TEXTS and isinstance(one, str)}
    return {**value, **both}


def _checked(shape: type[Model], value: dict[str, Any], within: str) -> Model:
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        flaw = error.errors(include_url=False)[0]
        field = within + ".".join(map(str, flaw["loc"]))
        raise BadInput("tool.field", field=field, problem=flaw["msg"]) from error
