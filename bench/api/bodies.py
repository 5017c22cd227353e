"""Briefs, cards and questions that are all different, in both languages."""

from collections.abc import Iterator
from itertools import count, islice, product
from typing import Any

from knowledge.models import Catalogue

STARTS = (
    ("怎么定目标：", "zh"), ("How do I set a target for ", "en"), ("怎么防止造假：", "zh"), ("Who reports ", "en"),
    ("权重多少合适：", "zh"), ("What goes wrong with ", "en"), ("谁来提供数据：", "zh"), ("How is it scored: ", "en"),
)  # fmt: skip


def briefs(catalogue: Catalogue, number: int, start: int = 0) -> list[dict[str, Any]]:
    """Return so many briefs, none like another: role, two priorities, language, and a remark that means nothing."""
    return list(islice(_briefs(catalogue), start, start + number))


def _briefs(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for turn in count():
        for role, first, second, language in product(catalogue.roles, catalogue.themes, catalogue.themes, ("zh", "en")):
            if first != second:
                text = catalogue.themes[first].name.say(language), catalogue.themes[second].name.say(language)
                strategy = ("，" if language == "zh" else ", ").join(text)
                yield {"role": role, "strategy": f"{strategy} #{turn}", "language": language}


def cards(number: int) -> list[dict[str, Any]]:
    """Return so many cards with targets of their own."""
    names = (("销售额", "回款率", "新客户数", "客户满意度"), ("Revenue", "Collection rate", "New customers", "NPS"))
    return [
        {
            "card": {
                "position": "销售代表" if place % 2 == 0 else "Sales representative",
                "items": [
                    {"name": name, "weight": weight, "target": 1000 + place}
                    for name, weight in zip(names[place % 2], (40, 30, 20, 10), strict=True)
                ],
            }
        }
        for place in range(number)
    ]


def questions(catalogue: Catalogue, number: int) -> list[dict[str, Any]]:
    """Return so many questions about indicators."""
    asked = (
        {"query": f"{start}{one.name.say(language)}", "language": language}
        for start, language in STARTS
        for one in catalogue.indicators.values()
    )
    return list(islice(asked, number))
