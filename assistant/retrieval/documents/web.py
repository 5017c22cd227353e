"""HTML as Markdown: what a reader sees, without what leads elsewhere."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdownify import MarkdownConverter

from assistant.intake.formats.limits import CHARACTERS, check_cells, check_columns
from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents.cleaning import clean, one_line
from assistant.retrieval.documents.models import Extract
from assistant.retrieval.documents.tables import Rows, tables
from assistant.retrieval.documents.texts import decoded

CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
CHINESE = frozenset(("gb2312", "gbk", "gb18030", "utf-8", "utf8"))
"""What is recognised without being told."""
PARSER = "lxml"
"""Knows which tags need not be closed."""
UNSEEN = frozenset(
    ("head", "script", "style", "nav", "template", "noscript", "svg", "iframe", "object", "select", "button")
)
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HAN = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
WRAPPED = re.compile(rf"(?<={_HAN})\s*\n\s*(?={_HAN})")
DEPTH = 150
"""Levels of nesting that are followed."""


def page(data: bytes) -> Extract:
    soup = BeautifulSoup(_text(data), PARSER)
    title = soup.title or soup.h1
    named = one_line(title.get_text()) if title else ""
    for tag in soup.find_all(_is_unseen):
        tag.decompose()
    main = soup.find("main")
    return Extract(named, as_markdown(main if main and main.get_text(strip=True) else soup))


def as_markdown(soup: Tag) -> str:
    """Return the Markdown of parsed HTML."""
    for text in soup.find_all(string=WRAPPED):
        text.replace_with(NavigableString(WRAPPED.sub("", text)))
    try:
        return clean(_Converter().convert_soup(soup))
    except RecursionError as error:
        raise Refused("file.depth", most=DEPTH) from error


def _is_unseen(tag: Tag) -> bool:
    hidden = tag.has_attr("hidden") or HIDING.search(str(tag.get("style", "")))
    return tag.name in UNSEEN or tag.get("role") == "navigation" or bool(hidden)


def _text(data: bytes) -> str:
    named = CHARSET.search(data[:4096])
    charset = named.group(1).decode().lower() if named else ""
    if not charset or charset in CHINESE:
        return decoded(data)
    try:
        return data.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return decoded(data)


class _Converter(MarkdownConverter):
    """Words without marks of emphasis or addresses, and tables that lose nothing where cells are merged."""

    def __init__(self) -> None:
        super().__init__(
            heading_style="ATX",
            bullets="-",
            strip=["a", "img", "hr"],
            strong_em_symbol="",
            escape_asterisks=False,
            escape_underscores=False,
            wrap=True,
            wrap_width=None,
        )

    def process_tag(self, node: Tag, parent_tags: Any = None) -> str:
        if node.name != "table":
            return self._usual(node, parent_tags)
        # A table around tables only lays out the page.
        if node.find("table") or not node.find("tr"):
            return "\n\n".join(self._usual(cell, set()) for cell in _blocks(node))
        caption = node.find("caption")
        above = one_line(caption.get_text()) if caption else ""
        return f"\n\n{above}\n\n{tables(self._rows(node))}\n\n"

    def _usual(self, node: Tag, parent_tags: Any) -> str:
        return str(super().process_tag(node, parent_tags))  # type: ignore[misc]

    def _rows(self, table: Tag) -> Rows:
        """Return the cells of a table by rows; a cell over several rows is repeated in each of them."""
        rows: Rows = []
        below: dict[int, tuple[int, str]] = {}
        count = length = 0
        for row in table.find_all("tr"):
            cells: list[str] = []
            for cell in row.find_all(["td", "th"]):
                _fill(cells, below)
                self._place(cell, cells, below)
            _fill(cells, below)
            rows.append(cells)
            count += len(cells)
            length += sum(map(len, cells))
            check_cells(count)
            if length > CHARACTERS:
                raise Refused("document.length", most=CHARACTERS)
        return rows

    def _place(self, cell: Tag, cells: list[str], below: dict[int, tuple[int, str]]) -> None:
        text = str(self.process_tag(cell, {"_inline"}))
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        check_columns(len(cells) + across)
        for offset in range(across):
            shown = text if offset == 0 else ""
            if down > 1:
                below[len(cells)] = (down - 1, shown)
            cells.append(shown)

    def convert_td(self, el: Tag, text: str, parent_tags: Any) -> str:
        return text

    convert_th = convert_td


def _blocks(table: Tag) -> list[Tag]:
    """Return the cells of a layout table as blocks of their own."""
    cells = [cell for cell in table.find_all(["caption", "td", "th"]) if cell.find_parent("table") is table]
    for cell in cells:
        cell.name = "div"
    return cells


def _fill(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Add what reaches down from the rows above into the next places."""
    while len(cells) in below:
        left, text = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1
