"""The catalogue's shapes: frozen, and closed to unknown fields."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, model_validator

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

Language = Literal["zh", "en"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
BUILT = {"built": True}
"""Validation context of the generated catalogue, whose formulas were parsed when it was generated."""
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Frozen(BaseModel):
    # Building a validator takes longer than using it, and most of these models are only ever parts of others.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(Frozen):
    """One text in both languages."""

    zh: Words
    en: Words

    def say(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


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


class Catalogue(Frozen):
    """Everything Scorecraft knows, each part keyed by id in the catalogue's order."""

    indicators: dict[Id, Indicator]
    roles: dict[Id, Role]
    themes: dict[Id, StrategyTheme]
    stages: dict[Id, Stage]
    stances: dict[Id, Stance]
    profiles: dict[Id, RuleProfile]
    rules: dict[str, RuleText]
    ambiguous_roles: tuple[Ambiguous, ...]
    ambiguous_indicators: tuple[Ambiguous, ...]
    word_lists: dict[Id, WordList]
    synonyms: dict[Id, Synonyms]
    terms: dict[Id, dict[Id, Text]]
