"""Small PDF files made for tests, and the samples that were made with LibreOffice (Chinese, locked, scanned)."""

from pathlib import Path

from assistant.retrieval.documents.parsing import parse

SAMPLES = Path(__file__).parents[3] / "cases" / "documents"

Said = tuple[int, int, int, str]
"""A piece of text on a page: place from the left and from below, size, words."""


def text_of(name: str, data: bytes) -> str:
    return str(parse(name, data)["text"])


def paragraph(*lines: str, top: int = 700, size: int = 12) -> list[Said]:
    return [(72, top - 16 * number, size, line) for number, line in enumerate(lines)]


def pdf(*pages: list[Said], title: str = "") -> bytes:
    """Return a PDF that says this, in a font that every reader has."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    objects.append(f"<< /Title ({title}) >>".encode())
    kids = []
    for page in pages:
        stream = "".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page).encode()
        objects.append(b"<< /Length %d >>\nstream\n%sendstream" % (len(stream), stream))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(data))
    )
