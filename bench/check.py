"""People's own forms: ``python -m bench.check``.

Prints cards a second of ``check --from`` on one and two processes, a repair and a check in process, and the time to
read a workbook of 5,000 rows.
"""

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

import openpyxl

from assistant.advisor import Advisor
from assistant.intake.grids import Content
from assistant.intake.sandbox import in_process, take_apart
from assistant.intake.sources import Source
from bench.core import at, seconds
from knowledge import shipped

CARDS = 10_000
REPAIRS = 200
ROWS = 5_000
WEIGHTS = ([40, 20, 20, 20], [30, 25, 20, 15, 20], [10] * 12, [70, 30], [25, 25, 25, 15, 15, 5], [15] * 6)


def main() -> None:
    cards = made(CARDS)
    from_file(cards)
    repairs(cards[:REPAIRS])
    workbook()


def made(count: int) -> list[dict[str, object]]:
    """Return cards that are all different: every role with its own indicators, and weights as people get them wrong."""
    catalogue, cards = shipped.load(), []
    names = cycle([one.name.zh for one in catalogue.indicators.values()])
    shapes = zip(cycle(catalogue.roles.values()), cycle(WEIGHTS), range(count), strict=False)
    for role, weights, number in shapes:
        own = [catalogue.indicators[item.indicator].name.zh for group in role.groups for item in group.items]
        lines = [*islice(cycle(own), number % len(own), number % len(own) + len(weights) - 1), next(names)]
        items = [{"name": name, "weight": weight} for name, weight in zip(lines, weights, strict=True)]
        cards.append({"role": role.name.zh, "language": "zh", "items": items})
    return cards


def from_file(cards: list[dict[str, object]]) -> None:
    """Time ``check --from`` as a whole process, start-up included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cards.jsonl"
        path.write_text("\n".join(json.dumps(card, ensure_ascii=False) for card in cards), encoding="utf-8")
        print(f"check --from, {len(cards)} cards")
        for workers in (1, 2):
            command = [sys.executable, "-m", "api.cli.main", "check", "--from", str(path), "--workers", str(workers)]
            spent = seconds(lambda command=command: subprocess.run(command, check=True, capture_output=True))
            print(f"  {workers} process(es) {len(cards) / spent:7.0f} cards a second")


def repairs(cards: list[dict[str, object]]) -> None:
    """Time a check and both repairs of cards that are already read."""
    advisor = Advisor(shipped.load())
    read = [advisor.read_content(Content("json", "card", data=card))[0].card for card in cards]
    print(f"in process, {len(read)} cards")
    for name, call in (
        ("check", lambda card: advisor.checked(card, "zh")),
        ("repair", lambda card: advisor.repair(card, "zh")),
        ("repair --strict", lambda card: advisor.repair(card, "zh", strict=True)),
    ):
        call(read[0])
        spent = [seconds(lambda card=card, call=call: call(card)) for card in read]
        print(f"  {name:16} median {1e3 * statistics.median(spent):6.1f} ms   95% {1e3 * at(spent, 0.95):6.1f} ms")


def workbook() -> None:
    """Time a workbook of many positions: taken apart in a process of its own, and read into cards."""
    data = sheet()
    source = Source("cards.xlsx", data)
    advisor = Advisor(shipped.load())
    print(f"workbook of {ROWS} rows, {len(data) / 1e6:.1f} MB")
    start = time.perf_counter()
    content = take_apart(source)
    apart = time.perf_counter() - start
    inside = seconds(lambda: in_process(source))
    cards = seconds(lambda: advisor.read_content(content, None, "all"))
    print(f"  taken apart {apart:5.2f} s ({apart / inside:.2f} x without a process)   read into cards {cards:5.2f} s")


def sheet() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("KPI")
    page.append(["岗位", "考核指标", "权重", "目标值", "评分标准", "数据来源", "考核人"])
    lines = (line for card in cycle(made(60)) for line in card["items"])  # type: ignore[attr-defined]
    for number, line in zip(range(ROWS), lines, strict=False):
        position = f"销售代表{number // 5}"
        page.append([position, line["name"], line["weight"], 100, "每低1%扣1分", "财务系统", "直接上级"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
