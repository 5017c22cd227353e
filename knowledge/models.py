"""The catalogue's shapes: frozen, and closed to unknown fields."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from knowledge import formula
from knowledge.terms import (
    Basis,
    BusinessModel,
    Confidence,
    Dimension,
    Function,
    Grade,
    GuardArea,
    Kind,
    Level,
    Motion,
    Nature,
    Party,
    Period,
    Polarity,
    ScoringMethod,
    Severity,
    Span,
    Unit,
)
from knowledge.words import word_in

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, Language] = ("zh", "en")
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
BUILT = {"built": True}
"""Validation context of the generated catalogue, whose formulas were parsed when it was generated."""
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Percent = Annotated[int, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]


class Frozen(BaseModel):
    # Building a validator takes longer than using it, and most of these models are only ever parts of others.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(Frozen):
    """One text in both languages."""

    zh: Words
    en: Words

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def in_both(value: Any) -> Any:
    """Let what a company says in one language stand for the other."""
    if isinstance(value, str):
        return {"zh": value, "en": value}
    if isinstance(value, dict) and len(value) == 1 and value.keys() <= {"zh", "en"}:
        return in_both(*value.values())
    return value


OwnText = Annotated[Text, BeforeValidator(in_both)]
"""A text of the company's own, for which one language is enough."""


def no_truth(value: Any) -> Any:
    """Refuse true and false as numbers: YAML reads ``yes`` as true."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_type", "is no number")
    return value


Points = Annotated[int, BeforeValidator(no_truth), Field(ge=1, le=100)]


class Phrases(Frozen):
    """Wordings of one thing, in each language as people write them."""

    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()

    def all(self) -> tuple[str, ...]:
        return self.zh + self.en


class Parameter(Frozen):
    """A definition that an indicator depends on and a company may set otherwise."""

    id: Id
    name: Text
    default: Text


class RaterShare(Frozen):
    rater: Party
    share: Percent = 100


class Gaming(Frozen):
    """How an indicator can be hit without doing the job, and what stops that."""

    area: GuardArea
    how: Text
    guards: tuple[Id, ...] = ()
    """Indicators of which any one keeps this one honest."""
    counts_when: Text | None = None
    """A condition inside the definition that is itself the guard, such as 'counted once the first order is paid'."""

    @model_validator(mode="after")
    def some_guard(self) -> Self:
        if not self.guards and self.counts_when is None:
            raise ValueError("names neither a guard nor a counting condition")
        return self


class Indicator(Frozen):
    """One indicator; a key task and a behaviour are described by the same fields."""

    id: Id
    kind: Kind = Kind.KPI
    family: Id
    """Amount, attainment and period variants of one result share a family; one member carries weight."""
    base: Id | None = None
    """What is counted, where several families count the same: signed and recognised sales, for one."""
    name: Text
    aliases: Phrases
    definition: Text
    formula: Words
    variables: dict[Id, Text]
    unit: Unit
    polarity: Polarity
    nature: Nature
    dimension: Dimension
    basis: Basis | None = None
    subjective: bool = False
    vanity: bool = False
    """A bare count of activity or output that says nothing about its effect."""
    level: Level
    period: Period
    """The shortest period over which the figure means something."""
    data_source: Text
    provider: Party
    raters: tuple[RaterShare, ...]
    scoring: ScoringMethod
    gaming: Gaming | None = None
    gate: Text | None = None
    """How this indicator reads as the trigger of a disqualifier; without it, its name and its bound."""
    levers: tuple[Text, ...]
    pitfalls: tuple[Text, ...]
    parameters: tuple[Parameter, ...] = ()
    business_models: tuple[BusinessModel, ...] = ()
    """Where the indicator makes sense; empty means everywhere."""
    grade: Grade

    @model_validator(mode="after")
    def formula_uses_its_variables(self, info: ValidationInfo) -> Self:
        if info.context is BUILT:
            return self
        used, declared = formula.names(self.formula), set(self.variables)
        if used != declared:
            raise ValueError(
                f"formula: undeclared {sorted(used - declared)}, declared but unused {sorted(declared - used)}"
            )
        return self

    @model_validator(mode="after")
    def raters_share_everything(self) -> Self:
        if sum(rater.share for rater in self.raters) != 100:
            raise ValueError("raters: shares do not add up to 100")
        return self


class GroupItem(Frozen):
    """An indicator that can stand for its group in a role."""

    indicator: Id
    share: Annotated[float, Field(gt=0, le=1.5)] = 1.0
    """Its part of the group's default weight; the usual choice of a group of one has 1."""
    nature: Nature | None = None
    """Where the role sees it differently: order accuracy is a result of sales support."""
    models: dict[BusinessModel, float] = {}
    """Shares that replace ``share`` in a business model."""
    stays: bool = False
    """Whether it stands on the card whatever the priorities."""


class GroupWeight(Frozen):
    weight: Percent
    low: Percent
    high: Percent

    @model_validator(mode="after")
    def ordered(self) -> Self:
        if not self.low <= self.weight <= self.high:
            raise ValueError(f"weight {self.weight} is outside its range {self.low}-{self.high}")
        return self


class Group(Frozen):
    """A part of a role's card with a typical weight, filled by one or two indicators."""

    id: Id
    name: Text
    weight: Percent
    low: Percent
    high: Percent
    slots: Annotated[int, Field(ge=1, le=2)] = 1
    items: tuple[GroupItem, ...]

    @model_validator(mode="after")
    def ordered(self) -> Self:
        GroupWeight(weight=self.weight, low=self.low, high=self.high)
        return self


class Duty(Frozen):
    id: Id
    text: Text
    groups: tuple[Id, ...]
    core: bool = True


class Title(Frozen):
    """Titles of a role that also say how or in which business it sells."""

    phrases: Phrases
    motion: Motion | None = None
    business_model: BusinessModel | None = None


class Role(Frozen):
    id: Id
    name: Text
    aliases: Phrases
    titles: tuple[Title, ...] = ()
    summary: Text
    function: Function
    span: Span
    levels: tuple[Level, ...]
    """The data levels that the role's own work moves."""
    controls: Text
    cannot_control: Text
    duties: tuple[Duty, ...]
    groups: tuple[Group, ...]
    motions: dict[Motion, dict[Id, GroupWeight]] = {}
    """Group weights that replace the defaults for a hunter or a farmer."""
    result_share: tuple[Percent, Percent]
    """The band in which the weights of results add up; for support and operations, of service results."""
    confidence: Confidence
    grade: Grade


class Emphasis(Frozen):
    """What a priority, a stage or a stance does to indicators; 1 doubles an indicator's value at full strength."""

    id: Id
    name: Text
    summary: Text
    emphases: dict[Id, Annotated[float, Field(ge=-1, le=4)]]
    leads: tuple[Id, ...] = ()
    """The indicators that show the emphasis; they stand on the card where the role has them."""

    @model_validator(mode="after")
    def leads_are_emphasised(self) -> Self:
        weak = [lead for lead in self.leads if self.emphases.get(lead, 0) <= 0]
        if weak:
            raise ValueError(f"leads without a positive emphasis: {weak}")
        return self


class Pattern(Frozen):
    """An action beside an object in one clause, in either order: 'cut' and 'expenses'."""

    actions: tuple[Id, ...]
    """Word lists of verbs, such as ``act_cut``."""
    objects: Phrases


class StrategyTheme(Emphasis):
    cues: Phrases
    """Words that state the priority by themselves."""
    patterns: tuple[Pattern, ...] = ()
    """Ways of stating it with freer words."""
    opposes: tuple[Id, ...] = ()
    question: Text | None = None
    grade: Grade


class Stage(Emphasis):
    """Season, channel stage or launch period: context that shifts a card without being a priority."""

    cues: Phrases


class Stance(Emphasis):
    """A named direction in which an alternative card differs."""


class Ambiguous(Frozen):
    """An alias shared on purpose: the assistant asks which one is meant."""

    phrases: Phrases
    choices: tuple[Id, ...]
    default: Id | None = None
    """What stands, said as an assumption, where nobody can be asked."""
    question: Text


class Band(Frozen):
    """A closed interval with the severity that a value inside it has."""

    low: float
    high: float
    severity: Severity


class OwnLine(Frozen):
    """A line of a company's own, which the catalogue does not know."""

    name: OwnText
    definition: OwnText
    data_source: OwnText
    dimension: Dimension
    scoring: ScoringMethod
    kind: Kind = Kind.KPI
    nature: Nature | None = None
    unit: Unit | None = None
    polarity: Polarity | None = None
    basis: Basis | None = None
    level: Level | None = None
    period: Period | None = None
    provider: Party | None = None
    raters: tuple[RaterShare, ...] = ()
    subjective: bool = False


class Bound(Frozen):
    """A weight that is either fixed or the least, on the cards of some roles or of all."""

    weight: Points | None = None
    at_least: Points | None = None
    reason: OwnText | None = None

    @model_validator(mode="after")
    def fixed_or_least(self) -> Self:
        if (self.weight is None) == (self.at_least is None):
            raise either("weight", "at_least")
        return self


def either(first: str, second: str) -> PydanticCustomError:
    return PydanticCustomError("either", "needs either {first} or {second}", {"first": first, "second": second})


class Mandatory(Bound):
    """What stands on every card, or on those of some roles: an indicator, or a line of the company's own."""

    indicator: Id | None = None
    own: OwnLine | None = None
    roles: tuple[Id, ...] = ()
    """Whose cards it stands on; empty means all."""

    @model_validator(mode="after")
    def one_line(self) -> Self:
        if (self.indicator is None) == (self.own is None):
            raise either("indicator", "own")
        return self

    @property
    def key(self) -> str:
        """The indicator's id, or for an own line its name after a colon, which no id holds."""
        return self.indicator or f"own:{self.own.name.zh if self.own else ''}"

    @property
    def least(self) -> int:
        return self.weight or self.at_least or 0

    def binds(self, role: str | None) -> bool:
        """Tell whether a role's card needs it; a card without a role needs only what all do."""
        return not self.roles or role in self.roles


class Banned(Frozen):
    """What may not stand on a card: an indicator, or every line whose name holds one of some words."""

    indicator: Id | None = None
    words: tuple[Words, ...] = ()
    reason: OwnText

    @model_validator(mode="after")
    def something(self) -> Self:
        if (self.indicator is None) == (not self.words):
            raise either("indicator", "words")
        return self

    def bans(self, indicator: str | None, name: Text) -> bool:
        return (indicator is not None and self.indicator == indicator) or self.word_in(name) is not None

    def word_in(self, name: Text) -> str | None:
        """Return the banned word that a name holds."""
        said = name.zh, name.en
        return next((word for text in said if (word := word_in(text, self.words))), None)


class RuleProfile(Frozen):
    """Limits with severities; a company adds its own."""

    id: Id
    name: Text
    summary: Text
    title: Text
    """What a card under it is called."""
    total: int
    step: int
    preferred_count: int
    count_fine: tuple[int, int]
    count_bands: tuple[Band, ...]
    """Counts outside all bands and outside ``count_fine`` are errors."""
    weight_fine: tuple[int, int]
    weight_bands: tuple[Band, ...]
    """Weights outside all bands and outside ``weight_fine`` are errors."""
    binds_role: bool
    """Whether group ranges, core duties and the result band hold."""
    monitor_guards: bool
    """Whether a monitor-only item satisfies a guard."""
    sales_floor: Percent
    collection_floor: Percent
    subjective_most: Percent
    key_task_most: Percent | None = None
    support_result_most: Percent
    commission_sales_most: Percent
    adjustment_cap: Percent
    move_one: tuple[Percent, Percent]
    """Points by which one priority moves the neutral card."""
    move_more: Percent
    """Points by which two or more priorities move it at most."""
    severities: dict[str, Severity] = {}
    extends: Id | None = None
    """The shipped rule set that a company's own builds on."""
    ignored: dict[str, OwnText] = {}
    """Rules that the company has switched off, each with its reason."""
    mandatory: tuple[Mandatory, ...] = ()
    banned: tuple[Banned, ...] = ()
    dimension_bands: dict[Dimension, tuple[Percent, Percent]] = {}
    """Within which the weights of a dimension add up."""

    def required(self, role: str | None) -> tuple[Mandatory, ...]:
        """Return what must stand on a role's card."""
        return tuple(one for one in self.mandatory if one.binds(role))

    def ban_on(self, indicator: str | None, name: Text) -> Banned | None:
        """Return what bans a line by its indicator or its name."""
        return next((one for one in self.banned if one.bans(indicator, name)), None)


class RuleText(Frozen):
    code: Annotated[str, StringConstraints(pattern=r"^[WCRSDGKT]\d{3}$")]
    severity: Severity
    title: Text
    message: Text
    """Says what is wrong in this card, with ``$variables``."""
    reason: Text
    fix: Text | None = None
    grade: Grade


class WordList(Frozen):
    """Words that a rule looks for in a company's own items."""

    id: Id
    words: Phrases


class SynonymWords(Frozen):
    zh: tuple[str, ...]
    en: tuple[str, ...]


class Synonyms(Frozen):
    """Parts of names used for one another; the first of each language stands for the rest."""

    id: Id
    words: SynonymWords


class QualityArea(Frozen):
    """One part of a card's quality: what it is worth, which rules speak of it, and what each finding takes of it."""

    id: Id
    name: Text
    points: Percent
    answers: tuple[Annotated[str, StringConstraints(pattern=r"^[WCRSDGKT](\d{3})?$")], ...]
    """Families of rules, or single rules, which leave their family's part for this one."""
    error: Share = 1.0
    warning: Share
    advice: Share

    @model_validator(mode="after")
    def worse_takes_more(self) -> Self:
        if not self.advice <= self.warning <= self.error:
            raise ValueError("a worse finding takes less than a better one")
        return self


class QualityScale(Frozen):
    """How the findings of a card become a score out of 100."""

    arithmetic: Text
    parts: tuple[QualityArea, ...]
    grade: Grade


class Catalogue(Frozen):
    """Everything Scorecraft knows, each part keyed by id in the catalogue's order."""

    indicators: dict[Id, Indicator]
    roles: dict[Id, Role]
    themes: dict[Id, StrategyTheme]
    stages: dict[Id, Stage]
    stances: dict[Id, Stance]
    profiles: dict[Id, RuleProfile]
    rules: dict[str, RuleText]
    quality: QualityScale
    ambiguous_roles: tuple[Ambiguous, ...]
    ambiguous_indicators: tuple[Ambiguous, ...]
    word_lists: dict[Id, WordList]
    synonyms: dict[Id, Synonyms]
    terms: dict[Id, dict[Id, Text]]
