"""What goes in and comes out: a brief, a scorecard, and what is said about it."""

from typing import Annotated, Literal

from pydantic import Field, computed_field

from assistant.citation import Citation
from knowledge.models import Frozen, Id, Language, Parameter, Percent, RaterShare, Text
from knowledge.terms import (
    Basis,
    BusinessModel,
    Dimension,
    Kind,
    Level,
    Motion,
    Nature,
    Party,
    Period,
    Polarity,
    ScoringMethod,
    Severity,
    Tenure,
    Unit,
)

USUAL_PROFILE = "appraisal"
"""The rule set of a card that names none."""
WeightStep = Annotated[int, Field(ge=1, le=100)]


class Context(Frozen):
    """What else is known about the position; ``None`` leaves the default, which the reply names."""

    motion: Motion | None = None
    business_model: BusinessModel | None = None
    cycle_months: Annotated[int, Field(ge=0, le=60)] | None = None
    """Typical length of a sale, in months."""
    stage: Id | None = None
    """A season, channel stage or launch period from the catalogue."""
    on_credit: bool | None = None
    tenure: Tenure | None = None
    own_quota: Percent | None = None
    """Weight of a player-coach's own sales, carved from the team's."""
    commission: bool | None = None
    """Whether the same sales already earn commission."""
    targets: str | None = None
    """Annual targets as the person typed them."""


class Pin(Frozen):
    """A wish that an indicator stands on the card, with a weight or bounds for it where stated."""

    indicator: Id
    at_least: WeightStep | None = None
    at_most: WeightStep | None = None
    reason: str = ""


class Exclusion(Frozen):
    """A wish that an indicator stays off the card."""

    indicator: Id
    cause: Literal["unwanted", "no_data"] = "unwanted"
    reason: str = ""


class Count(Frozen):
    """A wish for the number of items."""

    at_least: Annotated[int, Field(ge=1, le=100)] = 1
    at_most: Annotated[int, Field(ge=1, le=100)] = 100


class Brief(Frozen):
    """A position, a strategy and wishes: all that decides a scorecard."""

    role: Id
    themes: tuple[Id, ...] = ()
    """Strategic priorities in the order stated; the first weighs most."""
    profile: Id = USUAL_PROFILE
    context: Context = Context()
    pins: tuple[Pin, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    count: Count | None = None


class Tiers(Frozen):
    """Threshold, target and stretch value; ``None`` is to be set, Scorecraft never invents one."""

    threshold: float | None = None
    target: float | None = None
    stretch: float | None = None
    text: str | None = None
    """The target in the form's own words, where they say more than a figure."""


class Interim(Frozen):
    """A part of the annual target, such as a quarter's."""

    period: str
    value: float


class ScoreBand(Frozen):
    """A step of a tiered score: from this attainment of the target on, in per cent, the points."""

    at_least: float
    points: float
    above: bool = False
    """Whether the step begins only past ``at_least``, so that the bound itself still has the points below it."""


class Deduction(Frozen):
    """Points lost for every whole ``step`` by which the figure misses its target; as a bonus, gained by beating it."""

    step: Annotated[float, Field(gt=0)] = 1.0
    points: Annotated[float, Field(ge=0)]
    per: Literal["figure", "percent", "event"] = "figure"
    """What the step counts: the figure's own unit, per cent (points of a rate, else of the target), or occurrences."""


# How amounts are scored where nothing else is said: points up to this cap, none below this attainment, in per cent.
USUAL_CAP = 120
USUAL_THRESHOLD = 60


class Scoring(Frozen):
    """How a figure becomes points; ``cap`` and ``floor`` are in per cent of the item's weight.

    Points of bands and deductions are on the scale of the form: ``full`` of them are the item's whole weight.
    """

    method: ScoringMethod
    cap: Annotated[int, Field(ge=0)] | None = USUAL_CAP
    floor: int = 0
    """Below 0 where the form takes points away."""
    threshold: Annotated[int | float, Field(ge=0)] | None = None
    """Attainment, in per cent, below which the item scores nothing."""
    points: float | None = None
    """The highest points stated on the form, where it states any."""
    full: Annotated[float, Field(gt=0)] = 100.0
    """The points that the form gives for reaching the target."""
    bands: tuple[ScoreBand, ...] = ()
    figures: bool = False
    """Whether bands and threshold are bounds of the figure itself, in its own unit, and not of its attainment."""
    deduction: Deduction | None = None
    bonus: Deduction | None = None
    polarity: Polarity | None = None
    """Which way is better by the rule's own words, where they say so."""
    text: str | None = None
    """The rule in the form's own words."""


class Part(Frozen):
    """One contribution to a weight, in tenths of a per cent."""

    source: Literal["role", "theme", "stage", "stance", "limits"]
    id: Id | None = None
    tenths: int


class ScorecardItem(Frozen):
    """One line; a company's own indicator has no ``indicator`` id and the same name in both languages."""

    indicator: Id | None = None
    name: Text
    kind: Kind = Kind.KPI
    family: str = ""
    group: Id | None = None
    """The part of the role's card that the line fills."""
    dimension: Dimension | None = None
    nature: Nature | None = None
    weight: int | float | None = None
    stated_weight: str | None = None
    """What a form says where its weight should be, if that is no number."""
    definition: Text | None = None
    formula: str | None = None
    variables: dict[str, Text] = Field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    unit: Unit | None = None
    polarity: Polarity | None = None
    basis: Basis | None = None
    level: Level | None = None
    period: Period | None = None
    tiers: Tiers = Tiers()
    target_method: Text | None = None
    """How to set a target that is not set yet."""
    interims: tuple[Interim, ...] = ()
    last_year: float | None = None
    uplift: float | None = None
    """Per cent by which the target was put above last year's actual, where that is how it was set."""
    scoring: Scoring | None = None
    stated_scoring: str | None = None
    """What a form says about scoring, if that could not be read as a rule."""
    data_source: Text | None = None
    provider: Party | None = None
    raters: tuple[RaterShare, ...] = ()
    subjective: bool = False
    vanity: bool = False
    pinned: str | None = None
    """Why a person insisted on the line or its weight."""
    rationale: Text | None = None
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def points(self) -> float:
        """The weight as a number; a missing one counts nothing."""
        return self.weight or 0


class Monitor(Frozen):
    """An indicator that is watched and carries no weight."""

    indicator: Id | None = None
    name: Text
    reason: Text


class Adjustment(Frozen):
    """A bonus or a penalty outside the 100."""

    name: Text
    indicator: Id | None = None
    points: float
    trigger: Text | None = None
    evidence: Text | None = None


class Veto(Frozen):
    """A disqualifier; one that protects lines takes only the points of those."""

    trigger: Text | None = None
    effect: Text | None = None
    decides: Party | None = None
    indicator: Id | None = None
    protects: tuple[Id, ...] = ()


class Ignored(Frozen):
    """A rule set aside, with the reason that was given."""

    code: str
    reason: Annotated[str, Field(min_length=1)]


class DimensionWeight(Frozen):
    dimension: Dimension
    weight: float


class Scorecard(Frozen):
    """Weighted items, and what stands outside the 100."""

    role: Id | None = None
    position: str = ""
    """The title as a form states it."""
    profile: Id = USUAL_PROFILE
    themes: tuple[Id, ...] = ()
    context: Context = Context()
    items: tuple[ScorecardItem, ...]
    monitors: tuple[Monitor, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    leader_target: float | None = None
    """The leader's target for the same result, where members' targets are compared with it."""
    members_target: float | None = None
    ignored: tuple[Ignored, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def dimensions(self) -> tuple[DimensionWeight, ...]:
        """Subtotals in the usual order of dimensions, empty ones left out."""
        totals = {
            dimension: sum(item.points for item in self.items if item.dimension is dimension) for dimension in Dimension
        }
        return tuple(DimensionWeight(dimension=key, weight=weight) for key, weight in totals.items() if weight)

    def displayed(self) -> tuple[ScorecardItem, ...]:
        """Return the lines in the order in which a draft shows them: dimension by dimension."""
        order = list(Dimension)
        return tuple(sorted(self.items, key=lambda item: order.index(item.dimension) if item.dimension else len(order)))

    def item(self, indicator: str) -> ScorecardItem | None:
        return next((item for item in self.items if item.indicator == indicator), None)

    def weights(self) -> dict[str, int]:
        """Weights by indicator id, for cards whose items all come from the catalogue."""
        return {item.indicator: int(item.points) for item in self.items if item.indicator}


class Fix(Frozen):
    """A change that a program can make; the repair turns it into the nearest valid card."""

    kind: Literal["rebalance", "set_weight", "add", "drop", "replace", "set_field", "add_gate", "add_monitor"]
    indicator: Id | None = None
    value: int | float | str | None = None


class Finding(Frozen):
    """What a rule says about a card."""

    code: str
    severity: Severity
    place: str
    """The card, or the name of the line it is about, in the reader's language."""
    item: int | None = None
    """Which line of the card, from 0."""
    indicator: Id | None = None
    message: str
    reason: str
    fix: str | None = None
    action: Fix | None = None


class Considered(Frozen):
    """An indicator that was not chosen, and why."""

    indicator: Id
    name: Text
    cause: Literal["outweighed", "same_family", "excluded", "no_data", "vanity", "other_business", "banned"]
    reason: Text
    instead: Id | None = None
    """The chosen indicator that took its place."""


class Evidence(Frozen):
    """What was read, and from which words."""

    kind: Literal["role", "theme", "context", "pin", "exclusion", "no_data", "count", "profile", "language"]
    id: str
    words: str
    negated: bool = False


class Understood(Frozen):
    role: Id | None
    themes: tuple[Id, ...] = ()
    without_influence: tuple[Id, ...] = ()
    """Stated priorities that this role cannot move."""
    profile: Id = USUAL_PROFILE
    context: Context = Context()
    evidence: tuple[Evidence, ...] = ()
    assumptions: tuple[str, ...] = ()
    language: Language = "en"


class ItemExplanation(Frozen):
    indicator: Id
    weight: int
    parts: tuple[Part, ...]
    text: str


class Suggestion(Frozen):
    """Everything that one brief gives."""

    scorecard: Scorecard
    understood: Understood
    findings: tuple[Finding, ...]
    explanation: tuple[ItemExplanation, ...]
    considered: tuple[Considered, ...]
    to_fill: tuple[str, ...]
    """What the company has to fill in, in the reader's language."""
    questions: tuple[str, ...] = ()
