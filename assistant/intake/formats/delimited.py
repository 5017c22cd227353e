"""Comma-separated values and their relatives, as spreadsheets write them in different countries."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from assistant.intake.formats import lines
from assistant.intake.formats.limits import check_rows
from assistant.intake.formats.refusal import Refused
from assistant.intake.grids import Grid

DELIMITERS = ",;\t|"
SAMPLE = 20_000
DECLARED = re.compile(r'"?sep=(.)"?(?=\n)')
# Decoded text holds no control characters, so no file can hold this line.
LAST = "\x1f"


def grid(text: str) -> Grid:
    """Return the records as one table; row numbers count records, blank ones too, as a spreadsheet does."""
    declared = DECLARED.match(text)
    delimiter = declared.group(1) if declared else delimiter_of(text)
    rows = [lines.cells(record) for record in _records(text, delimiter)]
    if declared:
        rows[0] = ()
    while rows and not rows[-1]:
        rows.pop()
    return Grid(name="", rows=tuple(rows))


def delimiter_of(text: str) -> str:
    """Return the sign that cuts the most records into the same number of parts; a comma where none does."""
    sample = text[:SAMPLE]
    # The last line of a longer text may be cut short.
    sample = sample.rpartition("\n")[0] or sample if len(text) > SAMPLE else sample
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS}
    return max(DELIMITERS, key=lambda delimiter: scores[delimiter])


def _score(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(record) for record in csv.reader(sample.split("\n"), delimiter=delimiter))
    except csv.Error:
        return 0, 0
    alike = [(count, width) for width, count in widths.items() if width > 1]
    return max(alike, default=(0, 0))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Read records up to a last line of our own: a quote left open swallows it, and so is found."""
    reader = csv.reader(_lines(text), delimiter=delimiter)
    begun = 1
    try:
        for count, record in enumerate(reader, 1):
            if record == [LAST]:
                return
            check_rows(count)
            if record and record[-1].endswith(LAST):
                raise Refused("file.csv_quote", line=begun)
            yield record
            begun = reader.line_num + 1
    except csv.Error as error:
        raise Refused("file.csv", line=begun) from error


def _lines(text: str) -> Iterator[str]:
    yield from (line + "\n" for line in text.rstrip("\n").split("\n"))
    yield LAST
