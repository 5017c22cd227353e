"""What is known about a position beside its role, in words."""

from assistant.models import Context
from assistant.wording import phrase_text
from knowledge.models import Catalogue, Text


def circumstances(context: Context, catalogue: Catalogue) -> tuple[Text, ...]:
    """Return a text for everything a context says, but for the targets as typed."""
    return (*_kinds(context, catalogue), *_facts(context))


def _kinds(context: Context, catalogue: Catalogue) -> list[Text]:
    named = {"motion": context.motion, "business_model": context.business_model, "tenure": context.tenure}
    said = [catalogue.terms[name][value] for name, value in named.items() if value is not None]
    return [*said, catalogue.stages[context.stage].name] if context.stage else said


def _facts(context: Context) -> list[Text]:
    said = []
    if context.cycle_months is not None:
        said.append(phrase_text("context.cycle", months=context.cycle_months))
    flags = {"on_credit": context.on_credit, "commission": context.commission}
    said += [phrase_text(f"context.{name}_{'yes' if on else 'no'}") for name, on in flags.items() if on is not None]
    if context.own_quota:
        said.append(phrase_text("context.own_quota", weight=context.own_quota))
    return said
