"""What was assumed, what the company still has to fill in, and what is worth asking."""

from assistant.models import Brief, Context, Scorecard, ScorecardItem
from assistant.recommender.candidates import CASH_GROUP, influences, reachable, sells_on_credit
from assistant.recommender.limits import SALES_GROUPS
from assistant.wording import listed, worded
from knowledge.models import Catalogue, Language, Role, Text
from knowledge.terms import Basis, Dimension, Function, Unit

MOST_QUESTIONS = 2


def without_influence(brief: Brief, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the stated priorities that the role cannot move."""
    reach = reachable(brief, catalogue)
    return tuple(theme for theme in brief.themes if not influences(catalogue.themes[theme], reach))


def assumptions(brief: Brief, card: Scorecard, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    """Return the defaults that stand because nothing else was said."""
    role, context = catalogue.roles[brief.role], brief.context
    said = [worded(f"assumed.{key}", language) for key in _defaults(role, context)]
    said += _bases(card, catalogue, language)
    said += _definitions(card, language)
    return tuple(said)


def _defaults(role: Role, context: Context) -> list[str]:
    keys = []
    if role.motions and context.motion is None:
        keys.append("motion")
    if context.business_model is None:
        keys.append("business_model")
    if context.on_credit is None and any(group.id == CASH_GROUP for group in role.groups):
        keys.append("on_credit" if sells_on_credit(context) else "paid_at_once")
    return keys


def _bases(card: Scorecard, catalogue: Catalogue, language: Language) -> list[str]:
    """Name the basis of each money KPI: an amount without one can be argued about all year."""
    terms = catalogue.terms["basis"]
    pairs = [
        worded("assumed.basis_pair", language, name=item.name, basis=terms[item.basis])
        for item in card.items
        if item.basis is not None and item.basis is not Basis.COLLECTED and _money(item)
    ]
    return [worded("assumed.bases", language, pairs=listed(pairs, language))] if pairs else []


def _money(item: ScorecardItem) -> bool:
    """Tell whether a line counts money, as an amount or as attainment of one."""
    return item.dimension is Dimension.FINANCIAL or item.unit is Unit.MONEY


def _definitions(card: Scorecard, language: Language) -> list[str]:
    return [
        worded("assumed.parameter", language, item=item.name, name=parameter.name, default=parameter.default)
        for item in card.items
        for parameter in item.parameters[:1]
    ]


def to_fill(card: Scorecard, language: Language) -> tuple[str, ...]:
    """Return what only the company knows: the targets, lines that are set in the same way together."""
    methods: dict[str, list[Text]] = {}
    for item in card.items:
        if item.tiers.target is None and item.target_method is not None:
            methods.setdefault(item.target_method.say(language), []).append(item.name)
    return tuple(
        worded("fill.target", language, items=tuple(names), method=method) for method, names in methods.items()
    )


def questions(brief: Brief, card: Scorecard, catalogue: Catalogue, language: Language) -> tuple[str, ...]:
    """Return the questions whose answers would change the card most."""
    asked = []
    if not brief.themes and not brief.context.stage:
        examples = tuple(catalogue.themes[id].name for id in _examples(brief, catalogue))
        asked.append(worded("ask.strategy", language, examples=examples))
    asked += _opposed(brief, catalogue, language)
    appraised = catalogue.profiles[brief.profile].binds_role
    sells = appraised and any(item.group in SALES_GROUPS for item in card.items)
    if sells and catalogue.roles[brief.role].function is Function.SELLING and brief.context.commission is None:
        asked.append(worded("ask.commission", language))
    return tuple(asked[:MOST_QUESTIONS])


def _examples(brief: Brief, catalogue: Catalogue) -> list[str]:
    reach = reachable(brief, catalogue)
    return [id for id, theme in catalogue.themes.items() if influences(theme, reach)][:5]


def _opposed(brief: Brief, catalogue: Catalogue, language: Language) -> list[str]:
    for first in brief.themes:
        theme = catalogue.themes[first]
        if theme.question is not None and set(theme.opposes) & set(brief.themes):
            return [theme.question.say(language)]
    return []
