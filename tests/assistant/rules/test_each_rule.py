"""Every rule on a card that breaks it, and on one that comes close and does not."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from assistant.advisor import Advisor
from assistant.models import (
    Adjustment,
    Context,
    Finding,
    Interim,
    Monitor,
    Scorecard,
    ScorecardItem,
    Scoring,
    Tiers,
    Veto,
)
from assistant.profiles import with_profile
from assistant.recommender.card import scoring, target_method
from assistant.requests import Request
from assistant.rules import RULES, check
from knowledge import shipped
from knowledge.models import Banned, Catalogue, Language, Mandatory, RaterShare, Text
from knowledge.terms import (
    Basis,
    BusinessModel,
    Dimension,
    Kind,
    Level,
    Nature,
    Party,
    Period,
    Polarity,
    ScoringMethod,
    Severity,
    Tenure,
    Unit,
)
from prompts import phrase

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
Change = Callable[[Scorecard], Scorecard]


@dataclass(frozen=True)
class Start:
    """A draft of the recommender, by the position and the strategy it is drawn up for."""

    role: str
    strategy: str
    profile: str = "appraisal"


REP = Start("sales_representative", "market_share")
REP_PAY = Start("sales_representative", "market_share", "incentive")
SUPPORT = Start("sales_support", "customer_experience")
SUPPORT_PAY = Start("sales_support", "customer_experience", "incentive")
PRESALES = Start("presales_engineer", "market_share")
QUOTAS = [(name, start) for name in ("Personal quota", "个人业绩任务") for start in (SUPPORT, PRESALES)]
MANAGER = Start("sales_manager", "market_share")
CHANNEL = Start("channel_manager", "channel_build")
SDR = Start("sdr", "pipeline_build")


@dataclass(frozen=True)
class Fires:
    """A change after which a rule must fire: how badly, and at which line (an id or a name of one's own)."""

    code: str
    severity: Severity
    change: Change
    at: str | None = None
    start: Start = REP
    id: str = ""


@dataclass(frozen=True)
class Silent:
    """A change that comes close to a rule's limit and leaves it silent."""

    code: str
    change: Change
    start: Start = REP
    id: str = ""


def same(card: Scorecard) -> Scorecard:
    return card


def card_with(**fields: Any) -> Change:
    return lambda card: card.model_copy(update=fields)


def line(indicator: str, /, **fields: Any) -> Change:
    """Change fields of one line."""

    def change(card: Scorecard) -> Scorecard:
        assert card.item(indicator) is not None, f"{indicator} is not on the card"
        items = (item.model_copy(update=fields) if item.indicator == indicator else item for item in card.items)
        return card.model_copy(update={"items": tuple(items)})

    return change


def every(**fields: Any) -> Change:
    """Change fields of all lines."""
    return lambda card: card.model_copy(
        update={"items": tuple(item.model_copy(update=fields) for item in card.items)},
    )


def drop(*indicators: str) -> Change:
    return lambda card: card.model_copy(
        update={"items": tuple(item for item in card.items if item.indicator not in indicators)},
    )


def first(count: int) -> Change:
    return lambda card: card.model_copy(update={"items": card.items[:count]})


def weights(*given: float | None) -> Change:
    """Set the weights in the order of the lines."""

    def change(card: Scorecard) -> Scorecard:
        items = (item.model_copy(update={"weight": weight}) for item, weight in zip(card.items, given, strict=True))
        return card.model_copy(update={"items": tuple(items)})

    return change


def add(*items: ScorecardItem) -> Change:
    return lambda card: card.model_copy(update={"items": card.items + items})


def only(*items: ScorecardItem) -> Change:
    return lambda card: card.model_copy(update={"items": items})


def both(*changes: Change) -> Change:
    def change(card: Scorecard) -> Scorecard:
        for one in changes:
            card = one(card)
        return card

    return change


def own(name: str, **fields: Any) -> ScorecardItem:
    """A company's own line, complete but for what a case takes away."""
    complete = {
        "name": Text(zh=name, en=name),
        "dimension": Dimension.PROCESS,
        "nature": Nature.PROCESS,
        "weight": 10,
        "formula": "done / planned",
        "unit": Unit.PERCENT,
        "polarity": Polarity.HIGHER,
        "level": Level.ACCOUNT,
        "period": Period.QUARTER,
        "target_method": Text(zh="待定", en="to be set"),
        "scoring": Scoring(method=ScoringMethod.RATIO),
        "data_source": Text(zh="业务系统", en="CRM"),
        "provider": Party.FINANCE,
        "raters": (RaterShare(rater=Party.LINE_MANAGER),),
    }
    return ScorecardItem.model_validate(complete | fields)


def add_known(id: str, **fields: Any) -> Change:
    """Add a line from the catalogue, in no group of the role."""

    def change(card: Scorecard) -> Scorecard:
        indicator = shipped.load().indicators[id]
        shared = ScorecardItem.model_fields.keys() & type(indicator).model_fields
        known = {name: getattr(indicator, name) for name in shared}
        written = {"indicator": id, "scoring": scoring(indicator.scoring), "target_method": target_method(indicator)}
        return add(ScorecardItem.model_validate({"weight": 10} | known | written | fields))(card)

    return change


def context(**fields: Any) -> Change:
    return card_with(context=Context(**fields))


def scored(**fields: Any) -> Change:
    return line("sales_amount", scoring=Scoring.model_validate({"method": ScoringMethod.RATIO} | fields))


def tiers(threshold: float, target: float, stretch: float) -> Tiers:
    return Tiers(threshold=threshold, target=target, stretch=stretch)


def rated(**shares: int) -> tuple[RaterShare, ...]:
    return tuple(RaterShare(rater=Party(rater), share=share) for rater, share in shares.items())


def gate(indicator: str, *protects: str) -> Change:
    """Let one disqualifier take the place of all others; without lines to protect, it stands for the whole card."""
    return card_with(vetoes=(WHOLE_VETO.model_copy(update={"indicator": indicator, "protects": protects}),))


def watch(indicator: str) -> Change:
    return card_with(monitors=(Monitor(indicator=indicator, name=ANY_TEXT, reason=ANY_TEXT),))


def extra(points: float, **fields: Any) -> Adjustment:
    complete = {"name": Text(zh="投诉", en="Complaint"), "trigger": ANY_TEXT, "evidence": ANY_TEXT, "points": points}
    return Adjustment.model_validate(complete | fields)


ANY_TEXT = Text(zh="有记录", en="on record")
SICK = Text(zh="请病假", en="请病假")
FINE = Text(zh="罚款50元", en="罚款50元")
OTHER = Text(zh="其他", en="Other")
CUSTOMERS = ("new_customers", "customer_satisfaction")
VISITS = own("重点客户拜访次数", indicator="effective_visits")
SOLVED: dict[str, Any] = {"indicator": "first_time_resolution"}
OWN_FORMULA: dict[str, Any] = {"formula": "本月回款 / 全年应收", "variables": {}}
YEAR_TEXT = Tiers(target=800, text="全年800万元")
OWN_LINE = {"definition": "记录", "data_source": "记录", "dimension": "process", "scoring": "deduction"}
COMPANY = (
    shipped.load()
    .profiles["appraisal"]
    .model_copy(
        update={
            "id": "company_test",
            "mandatory": (
                Mandatory(indicator="collection_rate", at_least=10, roles=("sales_representative",)),
                Mandatory.model_validate(
                    {"own": {"name": "合规", **OWN_LINE}, "weight": 10, "roles": ("sales_support",)}
                ),
            ),
            "banned": (Banned(indicator="nps", reason=ANY_TEXT), Banned(words=("打卡",), reason=ANY_TEXT)),
            "dimension_bands": {Dimension.CUSTOMER: (10, 40)},
        }
    )
)
UNPLACED = own("回访", dimension=None)
COMPANYS = card_with(profile=COMPANY.id)
WHOLE_VETO = Veto(trigger=ANY_TEXT, effect=ANY_TEXT, decides=Party.HR)
QUARTERS = tuple(Interim(period=f"Q{quarter}", value=25.0) for quarter in range(1, 5))
OWN_ESTIMATE: dict[str, Any] = {"provider": Party.MARKETING, "data_source": Text(zh="自己估算", en="our estimate")}
NIELSEN: dict[str, Any] = {"data_source": Text(zh="尼尔森零售监测", en="Nielsen retail panel")}
SHORT_OF_CASH = line("collection_rate", weight=9)
YEAR_ONLY: dict[str, Any] = {"period": Period.YEAR, "tiers": Tiers(target=100)}
LOWER: dict[str, Any] = {"polarity": Polarity.LOWER}
NEWCOMER = context(tenure=Tenure.RAMPING)

WEIGHTS = [
    Fires("W001", ERROR, line("sales_amount", weight=25), id="105"),
    Fires("W001", ERROR, line("sales_amount", weight=15), id="95"),
    Fires("W001", ERROR, weights(0.2, 0.15, 0.1, 0.1, 0.25, 0.1, 0.1), id="fractions of one"),
    Fires(
        "W001", ERROR, both(line("sales_amount", weight=None), line("new_customers", weight=60)), id="over, one open"
    ),
    Silent("W001", line("sales_amount", weight=20.0), id="100"),
    Silent("W001", line("sales_amount", weight=None), id="one open and room for it"),
    Silent("W001", only(*(own(f"项目{n}", weight=11.1) for n in range(8)), own("项目", weight=11.2)), id="decimals"),
    Fires("W002", ERROR, line("sales_amount", weight=19.5), "sales_amount"),
    Silent("W002", line("sales_amount", weight=20.0), id="whole float"),
    Fires("W003", ERROR, line("sales_amount", weight=0), "sales_amount", id="zero"),
    Fires("W003", ERROR, line("sales_amount", weight=-5), "sales_amount", id="negative"),
    Silent("W003", line("sales_amount", weight=1)),
    Fires("W004", ADVICE, line("sales_amount", weight=31), "sales_amount"),
    Silent("W004", line("sales_amount", weight=30)),
    Fires("W005", WARNING, line("sales_amount", weight=4), "sales_amount"),
    Silent("W005", line("sales_amount", weight=5)),
    Fires("W006", ADVICE, line("sales_amount", weight=22), "sales_amount"),
    Silent("W006", line("sales_amount", weight=25), id="on step"),
    Silent("W006", line("sales_amount", weight=22.5), id="not whole is W002"),
    Fires("W007", ADVICE, every(weight=20)),
    Silent("W007", both(every(weight=15), line("sales_amount", weight=10)), id="one differs"),
    Silent("W007", both(first(3), every(weight=33)), id="three items"),
    Silent("W007", every(weight=None), id="none stated"),
    Fires("W008", WARNING, line("sales_amount", weight=None), "sales_amount"),
    Fires("W008", WARNING, every(weight=None), id="all missing"),
    Silent("W008", line("sales_amount", weight=0), id="zero"),
    Silent("W008", line("sales_amount", weight=None, stated_weight="高"), id="unreadable is W011"),
    Fires("W009", WARNING, line("sales_amount", kind=Kind.KEY_TASK, weight=26), start=REP_PAY),
    Silent("W009", line("sales_amount", kind=Kind.KEY_TASK, weight=25), start=REP_PAY, id="25"),
    Silent("W009", line("sales_amount", kind=Kind.KEY_TASK, weight=26), id="appraisal"),
    Fires("W010", WARNING, card_with(adjustments=(extra(6), extra(5))), id="bonus of 11"),
    Fires("W010", WARNING, card_with(adjustments=(extra(-11),)), id="penalty of 11"),
    Silent("W010", card_with(adjustments=(extra(10), extra(-10))), id="ten each way"),
    Fires("W011", ERROR, line("sales_amount", weight=None, stated_weight="高"), "sales_amount", id="word"),
    Fires("W011", ERROR, line("sales_amount", weight=None, stated_weight="1/3"), "sales_amount", id="fraction"),
    Silent("W011", line("sales_amount", weight=None)),
]

COMPOSITION = [
    Fires("C001", WARNING, first(4)),
    Silent("C001", first(5)),
    Fires("C002", WARNING, every(nature=Nature.RESULT)),
    Silent("C002", same, id="two of process"),
    Silent("C002", every(nature=Nature.RESULT), start=REP_PAY, id="incentive"),
    Fires("C002", WARNING, both(every(nature=Nature.RESULT), add(own("其他事项", nature=None))), id="one unknown"),
    Silent("C002", every(nature=None, indicator=None, name=Text(zh="其他", en="Other")), id="all unknown"),
    Silent("C002", both(every(nature=Nature.RESULT), add(own("工作态度", nature=None))), id="an attitude"),
    Fires("C003", WARNING, every(nature=Nature.PROCESS)),
    Fires("C003", WARNING, only(own("电话量", nature=None), own("Response time", nature=None)), id="by name"),
    Silent("C003", only(own("电话量", nature=None), own("成交额", nature=None)), id="a result by name"),
    Silent("C003", only(own("Technical win rate"), own("Demos delivered")), id="wins"),
    Silent("C003", only(own("技术标中标率"), own("演示次数")), id="zh wins"),
    Silent("C003", both(every(nature=Nature.PROCESS), line("sales_amount", nature=Nature.RESULT)), id="one result"),
    Fires("C004", WARNING, line("new_customers", subjective=True), id="25"),
    Fires("C004", WARNING, add(own("沟通能力", weight=15), own("执行力", weight=10)), id="zh names"),
    Fires("C004", WARNING, add(own("Initiative", weight=15), own("Work ethic", weight=10)), id="en names"),
    Silent("C004", line("sales_amount", subjective=True), id="20"),
    Silent("C004", add(own("服务态度满意度", weight=15), own("能力认证通过率", weight=15)), id="figures"),
    Silent("C004", add(own("Strategic initiatives", weight=15), own("Attitude survey", weight=15)), id="en figures"),
    Fires("C005", WARNING, drop("new_customers", "customer_satisfaction")),
    Fires("C005", WARNING, both(drop(*CUSTOMERS), add(own("工作态度", dimension=None))), id="one unknown"),
    Silent("C005", both(drop(*CUSTOMERS), add(own("老客户维护", dimension=None))), id="by name"),
    Silent("C005", drop("new_customers"), id="one left"),
    Silent("C005", same, start=SDR, id="the role has none"),
    Fires("C006", WARNING, drop("team_capability"), start=MANAGER),
    Silent("C006", both(drop("team_capability"), add(own("团队建设", dimension=None))), start=MANAGER, id="by name"),
    Silent("C006", drop("team_sales_attainment"), start=MANAGER, id="people item stays"),
    Silent("C006", same, id="leads nobody"),
    Fires("C007", ADVICE, every(dimension=Dimension.FINANCIAL)),
    Silent("C007", first(2), id="two items"),
    Silent("C007", every(dimension=None), id="none stated"),
    Fires("C008", WARNING, card_with(vetoes=(Veto(trigger=ANY_TEXT, effect=ANY_TEXT),)), id="nobody decides"),
    Fires("C008", WARNING, card_with(vetoes=(Veto(effect=ANY_TEXT, decides=Party.HR),)), id="no trigger"),
    Silent("C008", card_with(vetoes=(WHOLE_VETO,))),
    Fires("C009", WARNING, card_with(adjustments=(extra(5, evidence=None),)), id="no evidence"),
    Fires("C009", WARNING, card_with(adjustments=(extra(5, trigger=None),)), id="no trigger"),
    Silent("C009", card_with(adjustments=(extra(5),))),
    Fires("C010", ERROR, add(own("病假天数")), "病假天数", id="zh"),
    Fires("C010", ERROR, add(own("Sick leave taken")), "Sick leave taken", id="en"),
    Fires("C010", ERROR, line("sales_amount", name=Text(zh="请假天数", en="请假天数")), "请假天数", id="own wording"),
    Fires("C010", ERROR, card_with(vetoes=(WHOLE_VETO.model_copy(update={"trigger": SICK}),)), "请病假", id="veto"),
    Silent("C010", add(own("客户年龄结构分析完成率"), own("Leave-behind materials ready")), id="harmless words"),
    Fires("C011", ERROR, add(own("迟到罚款次数")), "迟到罚款次数", id="zh"),
    Fires("C011", ERROR, add(own("Fines for lateness")), "Fines for lateness", id="en"),
    Fires("C011", ERROR, scored(text="迟到一次罚款50元"), "sales_amount", id="scoring"),
    Fires("C011", ERROR, card_with(adjustments=(extra(-5, name=FINE),)), "罚款50元", id="penalty"),
    Silent("C011", scored(text="每少1%扣1分"), id="deduction"),
    Silent("C011", add(own("违约金收回率"), own("Refined leads")), id="harmless words"),
    Fires("C012", WARNING, add(own("月加班时长")), "月加班时长", id="zh"),
    Fires("C012", WARNING, add(own("Dress code")), "Dress code", id="en"),
    Silent("C012", add(own("仪器仪表交付率"), own("Address data complete")), id="harmless words"),
    Fires("C013", WARNING, add(own("末位淘汰")), "末位淘汰", id="zh"),
    Fires("C013", WARNING, add(own("Forced ranking")), "Forced ranking", id="en"),
    Silent("C013", add(own("淘汰产品清理率"), own("Search ranking")), id="harmless words"),
    Fires("C014", ERROR, both(COMPANYS, drop("collection_rate")), id="missing"),
    Fires("C014", ERROR, both(COMPANYS, line("collection_rate", weight=9)), "collection_rate", id="too light"),
    Fires("C014", ERROR, COMPANYS, start=SUPPORT, id="own line missing"),
    Fires("C014", ERROR, both(COMPANYS, add(own("合规", weight=15))), "合规", SUPPORT, id="fixed, and heavier"),
    Silent("C014", both(COMPANYS, line("collection_rate", weight=10)), id="10"),
    Silent("C014", both(COMPANYS, add(own("合规", weight=10))), start=SUPPORT, id="own line"),
    Silent("C014", COMPANYS, start=MANAGER, id="another role's"),
    Silent("C014", drop("collection_rate"), id="no company"),
    Fires("C015", ERROR, both(COMPANYS, add_known("nps")), "nps", id="indicator"),
    Fires("C015", ERROR, both(COMPANYS, add(own("打卡次数"))), "打卡次数", id="word"),
    Silent("C015", both(COMPANYS, add(own("刷卡率"), own("NPS 提升"))), id="close to it"),
    Silent("C015", add_known("nps"), id="no company"),
    Fires("C016", WARNING, both(COMPANYS, line("new_customers", weight=31)), id="41"),
    Fires("C016", WARNING, both(COMPANYS, drop("new_customers"), line("customer_satisfaction", weight=9)), id="9"),
    Silent("C016", both(COMPANYS, line("new_customers", weight=30)), id="40"),
    Silent("C016", both(COMPANYS, drop("new_customers", "customer_satisfaction"), add(UNPLACED)), id="not all known"),
]

ROLE_FIT = [
    Fires("R001", WARNING, add_known("market_share"), "market_share"),
    Fires("R001", WARNING, add(own("公司净利润", level=None)), "公司净利润", id="zh name"),
    Fires("R001", WARNING, add(own("Company revenue", level=None)), "Company revenue", id="en name"),
    Silent("R001", add_known("key_account_sales"), id="account level"),
    Silent("R001", add(own("利润贡献说明", level=None)), id="level unknown"),
    Fires("R002", WARNING, drop("collection_rate")),
    Silent("R002", both(drop("collection_rate"), context(on_credit=False)), id="no credit"),
    Silent("R002", drop("collection_rate"), start=REP_PAY, id="incentive"),
    Fires("R003", WARNING, line("customer_satisfaction", nature=Nature.RESULT), id="90"),
    Fires("R003", WARNING, line("new_customers", nature=Nature.PROCESS), id="55"),
    Silent("R003", line("new_customers", nature=None, indicator=None, name=OTHER), id="unknown may be a result"),
    Silent("R003", same, id="80"),
    Silent("R003", line("sales_amount", nature=Nature.PROCESS), id="60"),
    Fires("R004", ADVICE, line("new_customers", weight=35), id="35"),
    Fires("R004", ADVICE, line("new_customers", weight=5), id="5"),
    Silent("R004", line("new_customers", weight=30), id="30"),
    Silent("R004", line("new_customers", weight=10), id="10"),
    Fires("R005", WARNING, line("sales_amount", weight=19)),
    Silent("R005", line("sales_amount", weight=20)),
    Fires("R006", WARNING, line("collection_rate", weight=9)),
    Silent("R006", line("collection_rate", weight=10), id="10"),
    Silent("R006", both(line("collection_rate", weight=9), context(on_credit=False)), id="no credit"),
    Silent("R006", both(SHORT_OF_CASH, both(add_known("average_ticket"), add_known("attach_rate"))), id="a shop"),
    Fires("R006", WARNING, both(SHORT_OF_CASH, add(own("MRR"), own("ARR"))), id="subscriptions"),
    Fires("R007", ADVICE, same, start=SUPPORT_PAY),
    Silent("R007", same, start=SUPPORT, id="appraisal"),
    Silent("R007", same, start=REP_PAY, id="seller"),
    Fires("R008", WARNING, add_known("sales_attainment"), "sales_attainment", SUPPORT),
    Silent("R008", add_known("customer_retention", basis=None), start=SUPPORT, id="no money result"),
    Silent("R008", add_known("key_account_sales"), id="seller"),
    *(Fires("R008", WARNING, add(own(name)), name, start, id=f"{name} {start.role}") for name, start in QUOTAS),
    Silent("R008", add(own("Personal quota")), id="a seller's own"),
    Silent(
        "R008", add(own("个人业绩数据核算及时率"), own("Sales quota setting on time")), start=SUPPORT, id="paperwork"
    ),
    Fires("R008", WARNING, add_known("sales_attainment"), "sales_attainment", PRESALES, id="presales"),
    Silent("R008", start=PRESALES, change=same, id="presales, wins it supported"),
    Fires("R009", ADVICE, add_known("key_account_sales"), "key_account_sales"),
    Silent("R009", add_known("collection_timeliness"), id="usual"),
    Fires("R010", ADVICE, add_known("bid_document_quality"), "bid_document_quality"),
    Silent("R010", both(add_known("bid_document_quality"), context(business_model=BusinessModel.PROJECT))),
    Silent("R010", both(add_known("bid_document_quality"), add_known("stage_milestones")), id="two of a business"),
    Silent("R010", both(add_known("arr_new"), add(own("MRR growth"))), id="recurring revenue"),
    Fires("R010", ADVICE, both(add_known("arr_new"), add_known("attach_rate")), "arr_new", id="two businesses"),
    Fires(
        "R010",
        ADVICE,
        both(add_known("arr_new"), add(own("MRR growth")), context(business_model=BusinessModel.FMCG)),
        "arr_new",
        id="stated otherwise",
    ),
    Fires("R011", ADVICE, context(commission=True), id="35"),
    Silent("R011", both(context(commission=True), line("sales_growth", weight=10)), id="30"),
    Silent("R011", context(commission=False), id="no commission"),
    Fires("R012", ADVICE, context(tenure=Tenure.PROBATION), id="80"),
    Silent("R012", both(context(tenure=Tenure.PROBATION), line("sales_amount", weight=15)), id="75"),
    Silent("R012", context(tenure=Tenure.FULL), id="full"),
]

STRATEGY = [
    Fires("S001", ADVICE, card_with(themes=())),
    Silent("S001", both(card_with(themes=()), context(stage="launch")), id="a stage"),
    Fires("S002", WARNING, card_with(themes=("market_share", "margin"))),
    Silent("S002", card_with(themes=("market_share", "cash"))),
    Fires("S003", WARNING, both(card_with(themes=("cash",)), drop("collection_rate"))),
    Silent("S003", card_with(themes=("cash",)), id="collection rate"),
    Silent("S003", card_with(themes=("team_building",)), id="out of reach is S004"),
    Fires("S004", ADVICE, card_with(themes=("team_building",))),
    Silent("S004", card_with(themes=("team_building",)), start=MANAGER),
    Fires("S005", ADVICE, card_with(themes=("market_share", "cash", "new_products", "new_regions"))),
    Silent("S005", card_with(themes=("market_share", "cash", "new_products"))),
    Fires(
        "S006", ADVICE, both(card_with(themes=("deepen_existing",)), line("new_customers", weight=20)), "new_customers"
    ),
    Silent("S006", both(card_with(themes=("deepen_existing",)), line("new_customers", weight=19)), id="19"),
    Silent("S006", card_with(themes=("deepen_existing", "market_share")), id="the other priority wants it"),
]

DEFINITION = [
    Fires("D001", WARNING, line("sales_amount", formula=None, definition=None), "sales_amount"),
    Silent("D001", line("sales_amount", formula=None), id="defined"),
    Silent("D001", line("sales_amount", formula=None, definition=None, kind=Kind.KEY_TASK), id="key task"),
    Fires("D002", WARNING, add(own("样机金额", unit=Unit.MONEY)), "样机金额"),
    Fires("D002", WARNING, line("sales_amount", basis=None), "sales_amount", id="catalogue"),
    Silent("D002", add_known("unit_acquisition_cost"), id="a cost has none"),
    Silent("D002", add(own("样机金额", unit=Unit.MONEY, basis=Basis.SIGNED)), id="signed"),
    Silent("D002", add(own("样机比例", unit=Unit.PERCENT)), id="percent"),
    Fires("D003", WARNING, add(own("客户拜访次数")), "客户拜访次数", id="zh"),
    Fires("D003", WARNING, add(own("Number of demos")), "Number of demos", id="en"),
    Fires("D003", WARNING, add_known("call_volume"), "call_volume", id="catalogue"),
    Fires("D003", WARNING, add(VISITS), "重点客户拜访次数", id="own wording"),
    Silent("D003", add(own("有效拜访转化率"), own("Demo win rate"))),
    Silent("D003", add(own("有效拜访次数"), own("Number of meetings accepted")), id="qualified"),
    Silent("D003", add_known("effective_visits"), id="catalogue wording"),
    Fires("D004", WARNING, add(own("到账比", formula="本月到账 / 全年应收")), "到账比", id="zh"),
    Fires("D004", WARNING, add(own("Ratio", formula="won this month ÷ offers per year")), "Ratio", id="en"),
    Fires("D004", WARNING, line("collection_rate", **OWN_FORMULA), "collection_rate", id="own formula"),
    Silent("D004", line("collection_rate", formula=OWN_FORMULA["formula"]), id="catalogue variables"),
    Silent("D004", add(own("到账比", formula="本月到账 / 本月应收")), id="same month"),
    Silent("D004", add(own("同比", formula="本月销售 / 去年同月销售")), id="growth"),
    Fires("D005", WARNING, line("sales_amount", provider=Party.SELF), "sales_amount"),
    Silent("D005", line("sales_amount", provider=Party.LINE_MANAGER)),
    Fires("D006", ADVICE, line("sales_amount", data_source=None, provider=None), "sales_amount"),
    Silent("D006", line("sales_amount", data_source=None, provider=Party.FINANCE), id="a provider"),
    Silent("D006", line("sales_amount", data_source=ANY_TEXT)),
    Fires("D007", WARNING, line("sales_amount", raters=rated(self=100)), "sales_amount"),
    Silent("D007", line("sales_amount", raters=rated(self=50, line_manager=50)), id="half"),
    Fires("D008", WARNING, add(own("回款比", formula="累计回款 / 签单额")), "回款比", id="zh"),
    Fires("D008", WARNING, add(own("Cash ratio", formula="cash collected ÷ contract value")), "Cash ratio", id="en"),
    Silent("D008", add(own("回款比", formula="累计回款 / 到期应收"))),
    Fires("D009", ADVICE, line("sales_amount", raters=()), "sales_amount"),
    Silent("D009", line("sales_amount", raters=rated(hr=100))),
    Fires("D010", ADVICE, line("market_share_growth", **OWN_ESTIMATE), "market_share_growth", MANAGER),
    Silent("D010", line("market_share_growth", **OWN_ESTIMATE | NIELSEN), start=MANAGER, id="a named source"),
    Silent(
        "D010",
        line("market_share_growth", **OWN_ESTIMATE, name=Text(zh="第三方口径市场份额", en="Share by GfK")),
        start=MANAGER,
        id="by its name",
    ),
    Silent("D010", line("market_share_growth", provider=Party.THIRD_PARTY), start=MANAGER),
    Fires("D011", WARNING, add(own("完成率")), "完成率", id="zh"),
    Fires("D011", WARNING, add(own("Sales Target")), "Sales Target", id="en"),
    Fires("D011", WARNING, line("sales_amount", name=Text(zh="业绩", en="业绩")), "业绩", id="taken for one"),
    Silent("D011", line("sales_amount", name=Text(zh="销售收入", en="销售收入")), id="an alias"),
    Silent("D011", add(own("交办事项按期完成率"))),
    Fires("D012", ADVICE, line("sales_amount", formula="本期销售额（净）"), "sales_amount", id="words"),
    Fires("D012", ADVICE, line("sales_amount", formula="a / "), "sales_amount", id="half a formula"),
    Silent("D012", line("sales_amount", formula="(a - b) / c * 100"), id="readable"),
    Silent("D012", add(own("交付率", formula="按期交付 / 应交付")), id="own words"),
    Silent("D012", line("sales_amount", variables={}, formula="按期交付 / 应交付"), id="own words of a known line"),
    Fires("D013", ADVICE, add(own("转化", formula="本月成交客户 / 本月线索")), "转化", id="zh"),
    Fires("D013", ADVICE, add(own("Ratio", formula="new customers / leads")), "Ratio", id="en"),
    Silent("D013", add(own("转化", formula="同一批线索中的成交 / 该批线索")), id="one set"),
    Silent("D013", add(own("Ratio", formula="replies / leads")), id="no deals"),
]

GAMING = [
    Fires("G001", WARNING, drop("collection_rate"), "sales_amount", id="nothing beside it"),
    Fires("G001", WARNING, both(drop("collection_rate"), watch("collection_rate")), "sales_amount", id="only watched"),
    Silent("G001", both(drop("collection_rate", "sales_growth"), gate("collection_rate")), id="gate"),
    Silent(
        "G001", both(drop("collection_rate", "sales_growth"), line("sales_amount", basis=Basis.COLLECTED)), id="cash"
    ),
    Fires("G001", WARNING, card_with(monitors=()), "sales_amount", REP_PAY, id="incentive"),
    Silent("G001", both(drop("sales_growth"), watch("collection_rate")), start=REP_PAY, id="watched under pay"),
    Fires("G002", WARNING, drop("sales_amount"), "strategic_product_share"),
    Silent("G002", same),
    Fires("G003", WARNING, card_with(vetoes=()), "opportunity_conversion"),
    Silent("G003", both(card_with(vetoes=()), add_known("opportunities_created"), gate("pipeline_ageing"))),
    Fires("G004", WARNING, drop("sell_out_rate", "channel_collection_rate"), "channel_sales_attainment", CHANNEL),
    Silent("G004", drop("sell_out_rate"), start=CHANNEL),
    Fires("G005", WARNING, card_with(vetoes=()), "customer_satisfaction", id="no gate"),
    Fires("G005", WARNING, gate("satisfaction_response_rate", "nps"), "customer_satisfaction", id="gate of another"),
    Fires("G005", WARNING, both(drop("customer_satisfaction"), add(own("平均响应时长"))), "平均响应时长", id="speed"),
    Fires("G005", WARNING, both(drop("customer_satisfaction"), add(own("响应速度"))), "响应速度", id="open name"),
    Silent("G005", both(card_with(vetoes=()), only(own("响应速度"), own("一次解决率", **SOLVED))), id="solved at once"),
    Silent("G005", gate("satisfaction_response_rate", "customer_satisfaction"), id="its gate"),
    Fires("G006", WARNING, line("customer_satisfaction", provider=Party.LINE_MANAGER), "customer_satisfaction"),
    Silent("G006", line("customer_satisfaction", provider=Party.THIRD_PARTY)),
    Fires("G007", WARNING, add(own("样册", vanity=True), own("样品", vanity=True)), id="marked"),
    Fires("G007", WARNING, add(own("客户拜访次数"), own("Number of demos")), id="by name"),
    Silent("G007", add(own("客户拜访次数")), id="one"),
    Fires(
        "G008",
        WARNING,
        line("accepted_opportunities", raters=rated(self=50, sales_team=50)),
        "accepted_opportunities",
        SDR,
    ),
    Fires("G008", WARNING, add(own("BDR自建商机数")), "BDR自建商机数", id="zh name"),
    Fires("G008", WARNING, add(own("Rep-created opportunities")), "Rep-created opportunities", id="en name"),
    Silent("G008", line("accepted_opportunities", raters=rated(sales_team=100)), start=SDR),
]

DUPLICATION = [
    Fires("K001", WARNING, add_known("sales_amount"), "sales_amount", id="catalogue"),
    Fires("K001", WARNING, add(own("样品CRM录入率"), own("样品ｃｒｍ录入率")), "样品ｃｒｍ录入率", id="own"),
    Silent("K001", add_known("sales_attainment"), id="another of the family"),
    Silent("K001", add_known("sales_amount", name=Text(zh="营业收入", en="营业收入")), id="another name is K002"),
    Fires("K002", WARNING, add_known("sales_attainment"), "sales_attainment"),
    Fires(
        "K002", WARNING, add_known("sales_amount", name=Text(zh="营业收入", en="营业收入")), "营业收入", id="two names"
    ),
    Silent("K002", add_known("sales_amount", name=Text(zh="月度销售额", en="月度销售额")), id="a period is K004"),
    Silent("K002", add_known("team_sales_attainment"), id="team level"),
    Fires("K003", WARNING, add_known("signed_amount"), "signed_amount"),
    Fires("K003", WARNING, add_known("signed_amount", family=""), "signed_amount", id="family not stated"),
    Silent("K003", add_known("department_sales_attainment"), id="company level"),
    Silent("K003", add_known("sales_attainment"), id="one family is K002"),
    Fires("K004", WARNING, add(own("月度拜访达成率"), own("年度拜访达成率")), "月度拜访达成率", id="zh"),
    Fires("K004", WARNING, add(own("Monthly visits"), own("Annual visits")), "Monthly visits", id="en"),
    Fires("K004", WARNING, add(own("月度复盘率", weight=15), own("年度复盘率")), "年度复盘率", id="the lighter goes"),
    Silent("K004", add(own("月度拜访达成率"), own("年度签约达成率"))),
    Fires(
        "K005",
        ADVICE,
        add(own("客户需求快速响应及时完成率"), own("客户需求快速响应及时达成率")),
        "客户需求快速响应及时达成率",
    ),
    Silent("K005", add(own("订单响应及时率"), own("报价响应及时率")), id="different things"),
    Silent("K005", add(own("月度客户需求快速响应完成率"), own("年度客户需求快速响应完成率")), id="K004"),
    Fires("K006", WARNING, card_with(adjustments=(extra(5, indicator="sales_amount"),)), "sales_amount"),
    Silent("K006", card_with(adjustments=(extra(5, indicator="nps"), extra(5)))),
]

TARGETS = [
    Fires("T001", WARNING, line("sales_amount", **YEAR_ONLY), "sales_amount"),
    Fires("T001", WARNING, line("sales_amount", period=None, tiers=YEAR_TEXT), "sales_amount", id="by its words"),
    Fires("T001", WARNING, add(own("签约额", unit=None, **YEAR_ONLY)), "签约额", id="an amount by its name"),
    Silent("T001", line("sales_amount", **YEAR_ONLY, interims=QUARTERS), id="quarters"),
    Silent("T001", line("sales_amount", **YEAR_ONLY, unit=Unit.PERCENT), id="a rate"),
    Silent("T001", line("sales_amount", **YEAR_ONLY, unit=Unit.DAYS), id="days"),
    Silent("T001", add(own("应收账款周转天数", unit=None, **YEAR_ONLY)), id="days by name"),
    Silent("T001", add(own("Renewal rate", unit=None, **YEAR_ONLY)), id="a rate by name"),
    Silent("T001", line("sales_amount", period=Period.YEAR), id="no target yet"),
    Fires("T002", WARNING, both(every(period=Period.QUARTER), context(cycle_months=4)), "sales_amount"),
    Silent("T002", both(every(period=Period.QUARTER), context(cycle_months=3)), id="3 months"),
    Silent("T002", both(every(period=Period.QUARTER, nature=Nature.PROCESS), context(cycle_months=9)), id="process"),
    Fires("T003", WARNING, line("sales_amount", last_year=80, uplift=10), "sales_amount"),
    Fires("T003", WARNING, line("sales_amount", tiers=Tiers(text="在去年实绩上加15%")), "sales_amount", id="in words"),
    Silent("T003", line("sales_amount", last_year=80)),
    Silent("T003", line("sales_amount", tiers=Tiers(text="参考去年实绩与商机储备")), id="no increase"),
    Fires("T004", WARNING, scored(cap=None), "sales_amount"),
    Fires("T004", WARNING, scored(cap=None, method=ScoringMethod.TIERS), "sales_amount", id="tiers"),
    Fires("T004", WARNING, scored(text="超额部分不封顶"), "sales_amount", id="in words"),
    Fires("T004", WARNING, scored(text="每拜访一次得5分"), "sales_amount", id="piled up"),
    Silent("T004", scored(text="每拜访一次得5分，最多20分"), id="piled up to an end"),
    Silent("T004", scored(cap=None, method=ScoringMethod.TIERS, bands=({"at_least": 100, "points": 20},)), id="bands"),
    Silent("T004", scored(cap=200), id="200"),
    Silent("T004", scored(cap=None, method=ScoringMethod.YES_NO), id="yes or no"),
    Fires("T005", WARNING, scored(points=30), "sales_amount"),
    Silent("T005", scored(points=24), id="weight times cap"),
    Silent("T005", scored(points=20), id="weight"),
    Fires("T005", WARNING, scored(points=15), "sales_amount", id="below the weight"),
    Fires("T005", WARNING, scored(bands=({"at_least": 100, "points": 15},)), "sales_amount", id="highest band"),
    Fires("T005", WARNING, scored(points=15, cap=None), "sales_amount", id="uncapped and below"),
    Silent("T005", scored(points=100), id="out of a hundred"),
    Silent("T005", scored(points=120), id="a hundred and the cap"),
    Silent("T005", every(scoring=Scoring(method=ScoringMethod.TIERS, points=10)), id="one scale"),
    Fires("T006", WARNING, card_with(leader_target=100, members_target=99)),
    Silent("T006", card_with(leader_target=100, members_target=100)),
    Fires("T007", WARNING, scored(threshold=100), "sales_amount"),
    Fires("T007", WARNING, scored(bands=({"at_least": 100, "points": 20},)), "sales_amount", id="one step"),
    Fires("T007", WARNING, scored(text="未完成目标不得分"), "sales_amount", id="in words"),
    Silent("T007", scored(threshold=99)),
    Silent("T007", scored(threshold=500, figures=True), id="a figure"),
    Silent("T007", scored(text="未完成目标不得分", method=ScoringMethod.YES_NO), id="yes or no"),
    Fires("T008", ADVICE, line("sales_amount", target_method=None), "sales_amount"),
    Silent("T008", line("sales_amount", target_method=None, tiers=Tiers(target=0)), id="a target of zero"),
    Fires("T009", ADVICE, line("sales_amount", unit=Unit.COUNT, tiers=Tiers(target=5)), "sales_amount"),
    Silent("T009", line("sales_amount", unit=Unit.COUNT, tiers=Tiers(target=6)), id="6"),
    Silent("T009", line("sales_amount", unit=Unit.MONEY, tiers=Tiers(target=5)), id="money"),
    Fires("T010", WARNING, line("sales_amount", tiers=tiers(100, 90, 110)), "sales_amount", id="higher"),
    Fires("T010", WARNING, line("sales_amount", **LOWER, tiers=tiers(80, 90, 100)), "sales_amount", id="lower"),
    Silent("T010", line("sales_amount", tiers=tiers(80, 90, 90)), id="rising"),
    Silent("T010", line("sales_amount", **LOWER, tiers=tiers(100, 90, 80)), id="falling"),
    Silent("T010", line("sales_amount", polarity=Polarity.RANGE, tiers=tiers(100, 90, 110)), id="range"),
    Silent("T010", add(own("预算偏差率", polarity=None, tiers=tiers(15, 10, 5))), id="a deviation"),
    Silent("T010", add(own("Budget variance", polarity=None, tiers=tiers(15, 10, 5))), id="a variance"),
    Silent("T010", add(own("Forecast accuracy (±)", tiers=tiers(15, 10, 5))), id="a range by its sign"),
    Fires("T010", WARNING, add(own("签约率", polarity=None, tiers=tiers(15, 10, 5))), "签约率", id="not stated"),
    Fires("T011", WARNING, line("sales_amount", interims=QUARTERS, tiers=Tiers(target=101)), "sales_amount"),
    Silent("T011", line("sales_amount", interims=QUARTERS, tiers=Tiers(target=100)), id="100"),
    Silent("T011", line("sales_amount", interims=QUARTERS, tiers=Tiers(target=25), unit=Unit.PERCENT), id="rate"),
    Fires("T012", ADVICE, both(NEWCOMER, line("sales_amount", tiers=Tiers(target=100))), "sales_amount"),
    Silent("T012", both(NEWCOMER, line("sales_amount", tiers=Tiers(target=100), interims=QUARTERS)), id="steps"),
    Silent("T012", line("sales_amount", tiers=Tiers(target=100)), id="tenure not stated"),
    Fires("T013", ADVICE, line("sales_amount", scoring=None), "sales_amount"),
    Silent("T013", scored()),
]

CASES = [*WEIGHTS, *COMPOSITION, *ROLE_FIT, *STRATEGY, *DEFINITION, *GAMING, *DUPLICATION, *TARGETS]
FIRING = [case for case in CASES if isinstance(case, Fires)]
SILENT = [case for case in CASES if isinstance(case, Silent)]


def named(case: Fires | Silent) -> str:
    return f"{case.code} {case.id}".strip()


@cache
def draft(start: Start, advisor: Advisor) -> Scorecard:
    request = Request(role=start.role, strategy=start.strategy, profile=start.profile, language="en")
    return advisor.suggest(request).scorecard


def findings(code: str, card: Scorecard, catalogue: Catalogue, language: Language) -> list[Finding]:
    return [finding for finding in check(card, with_profile(catalogue, COMPANY), language) if finding.code == code]


def place(case: Fires, catalogue: Catalogue, language: Language) -> str:
    if case.at is None:
        return phrase("place.card", language)
    return catalogue.indicators[case.at].name.say(language) if case.at in catalogue.indicators else case.at


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("case", FIRING, ids=named)
def test_fires(case: Fires, language: Language, advisor: Advisor, catalogue: Catalogue) -> None:
    found = findings(case.code, case.change(draft(case.start, advisor)), catalogue, language)
    assert place(case, catalogue, language) in [finding.place for finding in found]
    assert {finding.severity for finding in found} == {case.severity}
    assert not [finding for finding in found if "$" in f"{finding.message}{finding.reason}{finding.fix}"]


@pytest.mark.parametrize("case", SILENT, ids=named)
def test_stays_silent(case: Silent, advisor: Advisor, catalogue: Catalogue) -> None:
    assert findings(case.code, case.change(draft(case.start, advisor)), catalogue, "en") == []


@pytest.mark.parametrize("case", [case for case in FIRING if case.change is not same], ids=named)
def test_it_is_the_change_that_fires(case: Fires, advisor: Advisor, catalogue: Catalogue) -> None:
    assert findings(case.code, draft(case.start, advisor), catalogue, "en") == []


def test_every_rule_has_cases_of_both_kinds() -> None:
    codes = {rule.code for rule in RULES}
    assert {case.code for case in FIRING} == codes
    assert {case.code for case in SILENT} == codes
