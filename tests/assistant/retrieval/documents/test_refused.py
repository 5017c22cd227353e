"""Every document that cannot be taken is refused in both languages: its name, what is wrong, the way out."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInput
from assistant.intake.formats.refusal import Refused
from assistant.retrieval.documents import reading
from assistant.retrieval.documents.models import Document
from assistant.retrieval.documents.parsing import parse
from assistant.retrieval.documents.reading import extract, load, read, worded
from assistant.retrieval.documents.walk import File
from assistant.sandbox import process
from tests.assistant.intake.office import SHEET, archive, changed, document, encrypted_flag, sheet_xml, workbook
from tests.assistant.retrieval.documents.made import SAMPLES, paragraph, pdf

PDF = pdf(paragraph("Text."))
WORD = document(lambda made: made.add_paragraph("Text."))
BOOK = workbook(["指标", "权重"], ["签约额", 0.4])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(40)
BOMB = archive({"word/document.xml": b" " * 60_000_000})
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
PAGE = b"<!DOCTYPE html><html><p>x</p></html>"

BAD = [
    pytest.param("a.md", b"", "file.empty", (), id="empty"),
    pytest.param("a.txt", b" \n\t\n", "document.no_content", (), id="blank text"),
    pytest.param("a.md", b"---\ntitle: x\n---\n", "document.no_content", (), id="front matter alone"),
    pytest.param("a.html", b"<script>x</script>", "document.no_content", (), id="page without text"),
    pytest.param("a.docx", document(lambda made: None), "document.no_content", (), id="blank document"),
    pytest.param("a.xlsx", workbook(), "document.no_content", (), id="blank workbook"),
    pytest.param("a.pdf", pdf([]), "document.no_content", (), id="blank PDF"),
    pytest.param("a.docx", PDF, "document.is_pdf", (".docx", ".pdf"), id="PDF named .docx"),
    pytest.param("a.txt", PDF, "document.is_pdf", (".txt", ".pdf"), id="PDF named .txt"),
    pytest.param("a.md", archive({"a.md": "x"}), "document.is_archive", (".md",), id="archive named .md"),
    pytest.param("a.pdf", WORD, "document.is_word", (".pdf", ".docx"), id="Word named .pdf"),
    pytest.param("a.docx", BOOK, "document.is_excel", (".docx", ".xlsx"), id="Excel named .docx"),
    pytest.param("a.txt", BOOK, "document.is_excel", (".xlsx",), id="Excel named .txt"),
    pytest.param("a.docx", archive({"ppt/presentation.xml": "<x/>"}), "document.is_archive", (), id="slides"),
    pytest.param("a.md", PICTURE, "document.is_picture", (), id="picture named .md"),
    pytest.param("a.docx", PAGE, "document.is_web", (".html",), id="page named .docx"),
    pytest.param("a.md", PAGE, "document.is_web", (".html",), id="page named .md"),
    pytest.param("a.docx", b"just text", "document.is_text", (".txt",), id="text named .docx"),
    pytest.param("a.pdf", "只有文字".encode(), "document.is_text", (".txt",), id="text named .pdf"),
    pytest.param("a.pdf", bytes(range(256)), "document.broken_pdf", (), id="rubbish named .pdf"),
    pytest.param("a.txt", bytes((0, 1, 2, 128, 255)) * 99, "document.binary", (), id="rubbish named .txt"),
    pytest.param("a.txt", b"caf\xe9 \xff\xff 40", "file.encoding", ("GB18030",), id="unknown encoding"),
    pytest.param("a.docx", OLE, "file.old_office", (".docx",), id="old Word"),
    pytest.param("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "file.password", (), id="locked document"),
    pytest.param("a.xlsx", encrypted_flag(BOOK), "file.password", (), id="locked member"),
    pytest.param("a.pdf", (SAMPLES / "locked.pdf").read_bytes(), "file.password", (), id="locked PDF"),
    pytest.param("a.pdf", (SAMPLES / "scanned.pdf").read_bytes(), "document.scanned", ("OCR",), id="scanned PDF"),
    pytest.param("a.pdf", PDF[: len(PDF) // 2], "document.broken_pdf", (), id="half a PDF"),
    pytest.param("a.docx", WORD[: len(WORD) // 2], "file.broken_docx", (), id="half a document"),
    pytest.param("a.md", WORD[: len(WORD) // 2], "document.is_archive", (), id="half a document named .md"),
    pytest.param("a.xlsx", BOOK[: len(BOOK) // 2], "file.broken_xlsx", (), id="half a workbook"),
    pytest.param("a.docx", changed(WORD, {"word/document.xml": b"<w"}), "file.broken_docx", (), id="XML broken off"),
    pytest.param("a.docx", changed(WORD, {"word/document.xml": b"<x/>"}), "file.broken_docx", (), id="no body"),
    pytest.param("a.docx", BOMB, "document.bomb", (), id="bomb"),
    pytest.param("a.docx", changed(WORD, {"word/document.xml": ENTITIES}), "document.entities", (), id="entities"),
    pytest.param(
        "a.docx",
        changed(document(lambda made: None), {"word/media/image1.png": PICTURE}),
        "document.only_pictures",
        (),
        id="picture in a document",
    ),
    pytest.param("a.html", b"<div>" * 5000 + b"x", "document.depth", ("150",), id="deep page"),
    pytest.param(
        "a.html",
        b"<table><tr><td rowspan=9999>" + b"x" * 9999 + b"</td></tr>" + b"<tr></tr>" * 900 + b"</table>",
        "document.length",
        ("5000000",),
        id="cell repeated without end",
    ),
    pytest.param("a.html", b"<table><tr><td colspan=99999>x</table>", "document.columns", ("500",), id="cell too wide"),
    pytest.param("a.txt", b"sales " * 900_000, "document.length", ("5000000",), id="too long"),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="20001"><c r="A20001"><v>1</v></c></row>')}),
        "document.rows",
        ("20000",),
        id="too many rows",
    ),
]


def refused(path: Path) -> BadInput:
    with pytest.raises(BadInput) as error:
        read(File(path))
    return error.value


@pytest.mark.parametrize(("name", "data", "key", "said"), BAD)
def test_a_bad_document_is_refused_by_name(name: str, data: bytes, key: str, said: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as found:
        parse(name, data)
    error = worded(BadInput(found.value.key, **found.value.values, name=name), name)
    assert error.key == key
    for message in (error.say("zh"), error.say("en")):
        assert name in message
        assert all(part in message.replace(name, "") for part in said)
        assert "scorecard" not in message and "考核表" not in message
    assert re.search("[一-鿿]", error.say("zh"))


@pytest.mark.parametrize(("name", "data", "key", "said"), [BAD[0], BAD[1], *BAD[7:9]])
def test_the_same_is_said_by_the_process(
    tmp_path: Path, name: str, data: bytes, key: str, said: tuple[str, ...]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = refused(path)
    assert (error.key, error.variables["name"]) == (key, path.as_posix())
    assert path.read_bytes() == data


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    assert refused(path).key == "document.size"


def test_a_file_that_went_away_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt").key == "file.missing"


@pytest.mark.parametrize(
    ("code", "key"),
    [("import os; os._exit(7)", "document.crashed"), ("x = bytearray(1 << 40)", "document.memory")],
    ids=["exit", "memory"],
)
def test_a_reader_that_falls_over_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, key: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    program = f"from assistant.sandbox.inside import serve\ndef parse(name, data):\n    {code}\nserve(parse)"
    monkeypatch.setattr(reading, "COMMAND", ("-P", "-c", program))
    assert refused(path).key == key


GOOD = [
    ("a.md", b"# T\n\nText.", "markdown", "# T\n\nText."),
    ("a.TXT", b"Text.", "text", "Text."),
    ("a.htm", b"<p>Text.</p>", "html", "Text."),
    ("a.pdf", b"\n" + PDF, "pdf", "Text."),
    ("a.docx", WORD, "docx", "Text."),
    ("a.xlsx", BOOK, "xlsx", "## Sheet1\n\n| 指标 | 权重 |\n| --- | --- |\n| 签约额 | 0.4 |"),
]


@pytest.mark.parametrize(("name", "data", "kind", "text"), GOOD)
def test_a_document_is_read_in_a_process_of_its_own(
    tmp_path: Path, name: str, data: bytes, kind: Any, text: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    loaded = load(File(path))
    assert (loaded.name, loaded.sha256) == (path.as_posix(), digest)
    title = "T" if kind == "markdown" else "a"
    assert extract(loaded) == Document(name=path.as_posix(), title=title, text=text, sha256=digest, kind=kind)


def test_the_process_imports_nothing_heavy() -> None:
    program = "import sys, assistant.retrieval.documents.child; print('\\n'.join(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=process.environment(), encoding="utf-8"
    )
    heavy = {"pydantic", "assistant.errors", "bs4", "mammoth", "openpyxl", "pypdfium2", "numpy", "chromadb", "yaml"}
    assert heavy & set(found.stdout.split()) == set()
