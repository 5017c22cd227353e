"""The closed vocabularies of the field. Their words in both languages stand in ``catalogue/terms.yaml``."""

from enum import StrEnum


class Kind(StrEnum):
    KPI = "kpi"
    KEY_TASK = "key_task"
    BEHAVIOUR = "behaviour"


class Nature(StrEnum):
    """Whether an item measures what was achieved or what was done for it."""

    RESULT = "result"
    PROCESS = "process"


class Polarity(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Basis(StrEnum):
    """The moment at which money counts."""

    SIGNED = "signed"
    SHIPPED = "shipped"
    ACCEPTED = "accepted"
    INVOICED = "invoiced"
    RECOGNISED = "recognised"
    COLLECTED = "collected"


class Dimension(StrEnum):
    FINANCIAL = "financial"
    CUSTOMER = "customer"
    PROCESS = "process"
    PEOPLE = "people"


class Unit(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    DAYS = "days"
    HOURS = "hours"
    POINTS = "points"
    RATIO = "ratio"


class Level(StrEnum):
    """The unit of the business whose data an indicator needs."""

    OPPORTUNITY = "opportunity"
    ACCOUNT = "account"
    PRODUCT = "product"
    STORE = "store"
    CHANNEL = "channel"
    TEAM = "team"
    REGION = "region"
    COMPANY = "company"


class Party(StrEnum):
    """Who rates an item, or who provides its data."""

    FINANCE = "finance"
    SALES_OPERATIONS = "sales_operations"
    LINE_MANAGER = "line_manager"
    SALES_TEAM = "sales_team"
    CUSTOMER = "customer"
    PARTNER = "partner"
    HR = "hr"
    ORDER_DESK = "order_desk"
    DELIVERY = "delivery"
    MARKETING = "marketing"
    LEGAL = "legal"
    THIRD_PARTY = "third_party"
    SELF = "self"


class ScoringMethod(StrEnum):
    RATIO = "ratio"
    TIERS = "tiers"
    DEDUCTION = "deduction"
    MILESTONE = "milestone"
    YES_NO = "yes_no"
    ANCHORED = "anchored"


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}[self]


class Grade(StrEnum):
    """Where a statement comes from; a house default never poses as authority."""

    SOURCE = "source"
    SURVEY = "survey"
    FORM = "form"
    PRACTICE = "practice"
    LAW = "law"
    HOUSE = "house"


class GuardArea(StrEnum):
    """The five areas in which a guardrail metric is asked for."""

    MONEY = "money"
    CUSTOMERS = "customers"
    ACTIVITY = "activity"
    CHANNEL = "channel"
    SERVICE = "service"


class Function(StrEnum):
    SELLING = "selling"
    CHANNEL = "channel"
    ENABLING = "enabling"
    OPERATIONS = "operations"


class Span(StrEnum):
    INDIVIDUAL = "individual"
    LEADS_PEOPLE = "leads_people"
    LEADS_LEADERS = "leads_leaders"


class Motion(StrEnum):
    HUNTER = "hunter"
    FARMER = "farmer"
    MIXED = "mixed"


class BusinessModel(StrEnum):
    GENERAL = "general"
    FMCG = "fmcg"
    PROJECT = "project"
    SAAS = "saas"
    EXPORT = "export"
    RETAIL = "retail"
    INSURANCE = "insurance"
    PROPERTY = "property"


class Tenure(StrEnum):
    PROBATION = "probation"
    RAMPING = "ramping"
    FULL = "full"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
