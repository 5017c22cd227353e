"""Forms as people really keep them, awkward ones among them, as bytes to be read."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

from assistant.advisor import Advisor
from assistant.intake.reading import Intake
from assistant.intake.sandbox import in_process
from assistant.intake.sources import Source

Rows = Sequence[Sequence[Any]]


def book(rows: Rows, merges: Iterable[str] = (), formats: dict[str, str] | None = None) -> Source:
    """Return rows as a workbook with merged cells and number formats."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    for cell, code in (formats or {}).items():
        sheet[cell].number_format = code
    buffer = io.BytesIO()
    made.save(buffer)
    return Source("card.xlsx", buffer.getvalue())


def separated(rows: Rows) -> Source:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return Source("card.csv", text.getvalue().encode())


def text(words: str, name: str = "card.md") -> Source:
    return Source(name, words.encode())


def read(advisor: Advisor, source: Source, table: str | None = None) -> list[Intake]:
    return advisor.read_content(in_process(source), table=table)


def one(advisor: Advisor, source: Source) -> Intake:
    (intake,) = read(advisor, source)
    return intake


MERGED = book(
    [
        ["2026年销售经理绩效考核表"],
        ["姓名：", "", "岗位：", "销售经理", "考核周期：季度"],
        [
            "序号",
            "考核维度",
            "维度权重",
            "考核指标",
            "权重",
            "目标值",
            "评分标准",
            "数据来源",
            "考核人",
            "自评",
            "上级评分",
        ],
        [1, "财务类", 0.6, "销售额", 0.5, "5000万", "完成率×权重，上限120%", "财务部ERP", "直接上级"],
        [2, None, None, "回款率", 0.3, "≥95%", "每低1%扣2分", "财务部", "直接上级"],
        [3, None, None, "费用率", 0.2, "≤5%", "", "财务部", "总经理"],
        [4, "客户类", 0.2, "新客户数量", 1, "20个", "", "CRM", "直接上级60%、HR40%"],
        [5, "团队类", 0.2, "人才培养", 1, "", "", "HR", "HR"],
        ["合计", "", "", "", 1],
        ["加减分项"],
        ["", "", "", "重大客户投诉", "", "", "每次扣5分", "客服部"],
        ["否决项"],
        ["", "", "", "重大合规违规", "", "", "一票否决，本期0分", "", "总经理"],
        ["被考核人签字：", "", "", "考核人签字："],
    ],
    ["A1:K1", "B4:B6", "C4:C6", "A10:K10", "A12:K12"],
    {"C4": "0%", "E4": "0%"},
)
SECTIONS = separated(
    [
        ["考核项目", "考核内容", "分值", "评分标准"],
        ["一、工作业绩（70分）", "", "", ""],
        ["销售任务完成率", "实际/计划", "40", "按比例"],
        ["回款率", "回款/应收", "30", "每低1%扣1分"],
        ["二、工作能力（20分）", "", "", ""],
        ["沟通能力", "与客户沟通", "10", ""],
        ["学习能力", "培训", "10", ""],
        ["三、工作态度", "", "10", ""],
        ["合计", "", "100", ""],
    ]
)
TWO_ROWS = book(
    [
        ["指标", "权重", "目标", None, None, "数据来源"],
        [None, None, "门槛值", "目标值", "挑战值", None],
        ["销售额", 40, 300, 500, 600, "ERP"],
        ["回款率", 30, "80%", "95%", "98%", "财务"],
        ["NPS", 30, 30, 40, 50, "第三方"],
    ],
    ["A1:A2", "B1:B2", "C1:E1", "F1:F2"],
)
PERSPECTIVES = text("""# Sales rep scorecard

Position: Account Executive

| Perspective | Weight | KPI | KPI weight | Target | Rated by |
|---|---|---|---|---|---|
| Financial | 60% | Revenue | 70% | $1.2m | Manager |
| | | Collections | 30% | 95% | Finance |
| Customer | 40% | New logos | 50% | 12 | Manager |
| | | NPS | 50% | 40 | Customers |
""")
SENTENCE = text("帮我看看这张表：销售额40%、回款率20%、新客户20%，满意度20%", "card.txt")
LINES = text(
    "Please check:\n1. Revenue - 50%\n2. New customers (20%)\n3. 20% CRM data quality\n4. Teamwork: 10\n", "card.txt"
)
UNHEADED = text("销售额\t40%\n回款率\t30%\n新客户数\t30%\n", "card.txt")
TRANSPOSED = separated(
    [["指标", "销售额", "回款率", "新客户"], ["权重", "50%", "30%", "20%"], ["目标", "100万", "95%", "10"]]
)
POSITIONS = separated(
    [
        ["岗位", "指标", "权重"],
        ["销售代表", "销售额", "60"],
        ["销售代表", "回款率", "40"],
        ["售前工程师", "方案质量", "50"],
        ["售前工程师", "响应速度", "50"],
    ]
)
PARTS_ASIDE = text("""岗位：销售代表

| 考核指标 | 权重 | 数据来源 |
|---|---|---|
| 销售额 | 60% | 财务 |
| 回款率 | 40% | 财务 |

## 加减分项

| 项目 | 分值 | 触发条件 |
|---|---|---|
| 年度表彰 | 加5分 | 获公司级表彰 |
| 有效投诉 | 扣3分 | 经查实 |

## 否决项

| 触发条件 | 后果 | 认定部门 |
|---|---|---|
| 重大合规事故 | “销售额”本期计0分 | 法务部 |

## 监控指标

| 指标 | 监控原因 |
|---|---|
| 客户投诉率 | 只看趋势 |

## 说明

| 考核指标 | 设置理由 |
|---|---|
| 销售额 | 岗位的主要职责 |
""")
AWKWARD = {
    "merged dimensions with weights of their own": MERGED,
    "section rows": SECTIONS,
    "headings in two rows": TWO_ROWS,
    "weights within perspectives": PERSPECTIVES,
    "a list in a sentence": SENTENCE,
    "lines of text": LINES,
    "no headings": UNHEADED,
    "on its side": TRANSPOSED,
    "parts as tables of their own": PARTS_ASIDE,
}
