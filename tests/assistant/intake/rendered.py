"""Cards written the way people keep them, in every form that is read."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import yaml

from assistant.intake.sources import Source

Card = dict[str, Any]
HEADINGS = {
    "zh": ("序号", "考核指标", "权重", "目标值", "计算公式", "评分标准", "数据来源"),
    "en": ("No.", "KPI", "Weight", "Target", "Formula", "Scoring", "Data source"),
}
KEYS = ("name", "weight", "target", "formula", "scoring_rule", "data_source")


def rows(card: Card, weight: Callable[[float], Any] = lambda value: value) -> list[list[Any]]:
    """Return the headings and one row an item; a missing value is an empty cell."""
    language = card.get("language", "zh")
    table: list[list[Any]] = [list(HEADINGS[language])]
    for number, item in enumerate(card["indicators"], 1):
        values = [item.get(key) for key in KEYS]
        values[1] = "" if values[1] is None else weight(values[1])
        table.append([number, *("" if value is None else value for value in values)])
    if all(item.get("weight") is not None for item in card["indicators"]):
        total = sum(item["weight"] for item in card["indicators"])
        table.append(["合计" if language == "zh" else "Total", "", weight(total), "", "", "", ""])
    return table


def percent(value: float) -> str:
    return f"{value:g}%"


def xlsx(card: Card) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([f"{card['role_title']}绩效考核表" if card["language"] == "zh" else f"{card['role_title']} scorecard"])
    sheet.merge_cells("A1:G1")
    sheet.append(["岗位：" if card["language"] == "zh" else "Position:", card["role_title"]])
    for row in rows(card):
        sheet.append([value if value != "" else None for value in row])
    return _bytes(book.save)


def docx_table(card: Card) -> bytes:
    document = docx.Document()
    document.add_heading("绩效考核表" if card["language"] == "zh" else "Scorecard", 1)
    table = rows(card, percent)
    made = document.add_table(rows=0, cols=len(table[0]))
    for row in table:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            cell.text = str(value)
    return _bytes(document.save)


def _bytes(save: Callable[[io.BytesIO], None]) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def separated(card: Card, encoding: str, delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows(card))
    return text.getvalue().encode(encoding)


def markdown(card: Card) -> bytes:
    table = [[str(value).replace("|", "\\|") for value in row] for row in rows(card, percent)]
    lines = ["| " + " | ".join(row) + " |" for row in table]
    lines.insert(1, "|" + "---|" * len(table[0]))
    return ("# " + card["role_title"] + "\n\n" + "\n".join(lines) + "\n").encode()


def data(card: Card) -> dict[str, Any]:
    fields = {"name": "name", "weight": "weight", "target": "target", "formula": "formula", "scoring_rule": "scoring"}
    items = [{fields[key]: item[key] for key in fields if item.get(key) is not None} for item in card["indicators"]]
    return {"role": card["role_title"], "language": card["language"], "items": items}


def text(card: Card) -> bytes:
    """Lines as people type them into a message: a name and a weight."""
    lines = [f"{item['name']} {percent(item['weight'])}" for item in card["indicators"]]
    return "\n".join(lines).encode()


WRITERS: dict[str, Callable[[Card], Source]] = {
    "xlsx": lambda card: Source("card.xlsx", xlsx(card)),
    "docx": lambda card: Source("card.docx", docx_table(card)),
    "csv": lambda card: Source("card.csv", separated(card, "utf-8-sig")),
    "csv-gbk": lambda card: Source("card.csv", separated(card, "gb18030")),
    "csv-utf16": lambda card: Source("card.csv", separated(card, "utf-16")),
    "semicolons": lambda card: Source("card.csv", separated(card, "utf-8", ";")),
    "tabs": lambda card: Source("card.txt", separated(card, "utf-8", "\t")),
    "markdown": lambda card: Source("card.md", markdown(card)),
    "yaml": lambda card: Source("card.yaml", yaml.safe_dump(data(card), allow_unicode=True).encode()),
    "json": lambda card: Source("card.json", json.dumps(data(card), ensure_ascii=False).encode()),
}
