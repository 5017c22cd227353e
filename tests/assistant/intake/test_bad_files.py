"""Every file that cannot be read is refused in both languages: its name, the place where known, the way out."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInput
from assistant.intake import sandbox
from assistant.intake.sandbox import in_process, take_apart
from assistant.intake.sources import Source, from_path
from assistant.sandbox import process
from tests.assistant.intake.office import SHEET, archive, changed, document, encrypted_flag, sheet_xml, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOOK = workbook(["指标", "权重"], ["销售额", 0.4])
TEXT = document(lambda made: made.add_paragraph("销售额 40%"))
BOMB = archive({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": b" " * 60_000_000})
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
PICTURE = {"xl/media/image1.png": b"\x89PNG"}
TEXT_BOX = '<d xmlns:a="x"><a:txBody><a:p><a:r><a:t>Sales 40%</a:t></a:r></a:p></a:txBody></d>'
NOTHING = document(lambda made: None)


def wide(count: int) -> str:
    return ",".join(["x"] * count) + "\n"


BAD = [
    pytest.param("a.xlsx", b"", "file.empty", (), id="empty"),
    pytest.param("a.txt", b" \n\t\n", "file.blank", (), id="only blanks"),
    pytest.param("a.yaml", b"# nothing\n", "file.blank", (), id="only a comment"),
    pytest.param("a.csv", b",,\n,,\n", "file.no_content", (), id="only commas"),
    pytest.param("a.pdf", b"%PDF-1.7\n", "file.pdf", (), id="PDF"),
    pytest.param("a.xlsx", b"%PDF-1.7\n", "file.pdf", (), id="PDF by another name"),
    pytest.param("a.png", b"\x89PNG\r\n\x1a\n", "file.picture", (), id="PNG"),
    pytest.param("a.jpg", b"\xff\xd8\xff\xe0", "file.picture", (), id="JPEG"),
    pytest.param("a.bmp", b"BM\x01\x02\x03\x04" + bytes(8), "file.picture", (), id="BMP"),
    pytest.param("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "file.picture", (), id="WebP"),
    pytest.param("a.heic", b"\x00\x00\x00\x18ftypheic", "file.picture", (), id="HEIC"),
    pytest.param("a.xls", OLE + "Workbook".encode("utf-16-le"), "file.old_office", (".xlsx",), id="old Excel"),
    pytest.param("a.doc", OLE + "WordDocument".encode("utf-16-le"), "file.old_office", (".docx",), id="old Word"),
    pytest.param("a.rtf", b"{\\rtf1 x}", "file.old_office", (".docx",), id="RTF"),
    pytest.param(
        "a.ods",
        archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        "file.old_office",
        (".xlsx",),
        id="OpenDocument",
    ),
    pytest.param("a.xlsb", archive({"xl/workbook.bin": b"x"}), "file.old_office", (".xlsx",), id="binary workbook"),
    pytest.param("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "file.password", (), id="locked workbook"),
    pytest.param("a.docx", encrypted_flag(TEXT), "file.password", (), id="locked member"),
    pytest.param("a.zip", encrypted_flag(archive({"a.csv": "x"})), "file.password", (), id="locked archive"),
    pytest.param("a.zip", archive({"a.csv": "x,y"}), "file.packed", (), id="archive"),
    pytest.param("a.rar", b"Rar!\x1a\x07\x00", "file.packed", (), id="RAR"),
    pytest.param("a.xlsx", archive({"a.csv": "x,y"}), "file.not_office", (".xlsx",), id="archive called workbook"),
    pytest.param("a.pptx", archive({"ppt/presentation.xml": "<x/>"}), "file.not_office", (".docx",), id="slides"),
    pytest.param("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "file.web", (".xlsx",), id="web page"),
    pytest.param("a.xls", b'<?xml version="1.0"?><Workbook/>', "file.web", (".xlsx",), id="XML spreadsheet"),
    pytest.param("a.xlsx", b"just text", "file.broken_xlsx", (".xlsx",), id="text called workbook"),
    pytest.param("a.docx", b"just text", "file.broken_docx", (".docx",), id="text called document"),
    pytest.param("a.xlsx", BOOK[: len(BOOK) // 2], "file.broken_xlsx", (".xlsx",), id="half a workbook"),
    pytest.param("a.docx", TEXT[: len(TEXT) // 2], "file.broken_docx", (".docx",), id="half a document"),
    pytest.param("a.xlsx", changed(BOOK, {SHEET: b"<worksheet><row>"}), "file.broken_xlsx", (), id="XML broken off"),
    pytest.param("a.xlsx", changed(BOOK, {SHEET: b""}), "file.broken_xlsx", (), id="sheet without XML"),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="1"><c r="A1" t="s"><v>99</v></c></row>')}),
        "file.broken_xlsx",
        (),
        id="text that is not there",
    ),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="1"><c r="A1"><v>NaN</v></c></row>')}),
        "file.broken_xlsx",
        (),
        id="number that is none",
    ),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="1"><c r="A1" s="99"><v>1</v></c></row>')}),
        "file.broken_xlsx",
        (),
        id="style that is not there",
    ),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')}),
        "file.broken_xlsx",
        (),
        id="row beyond the last",
    ),
    pytest.param("a.xlsx", changed(BOOK, {"[Content_Types].xml": "<x/>"}), "file.broken_xlsx", (), id="no types"),
    pytest.param(
        "a.docx", changed(TEXT, {"[Content_Types].xml": "<x/>"}), "file.broken_docx", (), id="no types either"
    ),
    pytest.param("a.docx", changed(TEXT, {"word/document.xml": b"<x/>"}), "file.broken_docx", (), id="no body"),
    pytest.param(
        "a.docx",
        changed(TEXT, {"word/_rels/document.xml.rels": lambda xml: xml.replace(b"styles.xml", b"NULL")}),
        "file.broken_docx",
        (),
        id="part that is not there",
    ),
    pytest.param("a.xlsx", BOMB, "file.bomb", (), id="bomb"),
    pytest.param("a.xlsx", changed(BOOK, {"xl/embeddings/a.xlsx": BOMB}), "file.bomb", (), id="bomb inside a workbook"),
    pytest.param("a.xlsx", changed(BOOK, {SHEET: ENTITIES}), "file.entities", (), id="entities in a sheet"),
    pytest.param("a.xlsx", changed(BOOK, {"xl/styles.xml": ENTITIES}), "file.entities", (), id="entities in styles"),
    pytest.param(
        "a.docx", changed(TEXT, {"word/document.xml": ENTITIES}), "file.entities", (), id="entities in a document"
    ),
    pytest.param("a.xlsx", workbook(), "file.no_content", (), id="workbook with nothing"),
    pytest.param("a.docx", NOTHING, "file.no_content", (), id="document with nothing"),
    pytest.param("a.xlsx", changed(workbook(), PICTURE), "file.only_pictures", (), id="picture in a workbook"),
    pytest.param(
        "a.docx",
        changed(NOTHING, {"word/media/image1.jpeg": b"\xff\xd8\xff"}),
        "file.only_pictures",
        (),
        id="picture in a document",
    ),
    pytest.param(
        "a.xlsx",
        changed(workbook(), {"xl/drawings/drawing1.xml": TEXT_BOX}),
        "file.only_text_boxes",
        (),
        id="text box in a workbook",
    ),
    pytest.param(
        "a.docx",
        changed(
            NOTHING,
            {
                "word/document.xml": lambda xml: xml.replace(
                    b"<w:sectPr",
                    b"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:txbxContent></w:pict>"
                    b"</w:r></w:p><w:sectPr",
                    1,
                )
            },
        ),
        "file.only_text_boxes",
        (),
        id="text box in a document",
    ),
    pytest.param("a.txt", b"sales\x0040%", "file.binary", (".xlsx",), id="zero byte"),
    pytest.param("a.csv", b"a,b\n\x01\x02,c\n", "file.binary", (), id="control characters"),
    pytest.param("a.txt", b"caf\xe9 \xff\xff 40", "file.encoding", ("GB18030",), id="unknown encoding"),
    pytest.param("a.txt", b"\xff\xfe\x00\xd8\x41\x00", "file.encoding", ("UTF-16",), id="half a character"),
    pytest.param("a.csv", wide(3).encode() * 20_001, "file.rows", ("20000",), id="too many rows"),
    pytest.param("a.txt", b"sales 40%\n" * 20_001, "file.rows", ("20000",), id="too many lines"),
    pytest.param("a.md", b"sales " * 900_000, "file.cells", (), id="too long a text"),
    pytest.param("a.csv", wide(501).encode() * 2, "file.columns", ("500",), id="too many columns"),
    pytest.param("a.csv", wide(400).encode() * 800, "file.cells", ("300000",), id="too many cells"),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}),
        "file.rows",
        ("20000",),
        id="value in the last row",
    ),
    pytest.param(
        "a.xlsx",
        changed(BOOK, {SHEET: sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>')}),
        "file.columns",
        ("500",),
        id="value in the last column",
    ),
    pytest.param("a.yaml", b"a: [1, 2\nb: 3\n", "file.yaml", ("2",), id="YAML bracket"),
    pytest.param("a.yaml", b"a: b: c\n", "file.yaml", ("1", "a: b: c"), id="YAML colons"),
    pytest.param("a.yaml", b"a:\n\t- b\n", "file.yaml_tab", ("2",), id="YAML tab"),
    pytest.param("a.yaml", b"a: 1\n---\nb: 2\n", "file.yaml_documents", ("2",), id="two YAML documents"),
    pytest.param("a.yaml", b"a: 1\nb: &x 2\n", "file.yaml_anchor", ("2",), id="YAML anchor"),
    pytest.param("a.yaml", b"a: 1\nb: *x\n", "file.yaml_anchor", ("2",), id="YAML alias"),
    pytest.param("a.yaml", b"a: 1\nb:\n  c: 1\n  c: 2\n", "file.yaml_twice", ("4", "“c”"), id="YAML key twice"),
    pytest.param("a.yaml", b"? [a]\n: b\n", "file.yaml_key", ("1",), id="YAML key that is a list"),
    pytest.param("a.yaml", b"a: !!python/object:os.system x\n", "file.yaml_tag", ("1", "python"), id="YAML tag"),
    pytest.param("a.yaml", b"a: 1\nb: .inf\n", "file.number", ("2", ".inf"), id="YAML infinity"),
    pytest.param("a.yaml", b"a: 1e999\n", "file.number", ("1", "1e999"), id="YAML number too large"),
    pytest.param("a.yaml", b"[" * 100 + b"]" * 100, "file.depth", ("50",), id="YAML depth"),
    pytest.param("a.yaml", b"- " * 100_000, "file.depth", ("50",), id="YAML depth bomb"),
    pytest.param("a.yaml", "a: \ud7ff\ufffe".encode(), "file.yaml_whole", (), id="YAML forbidden character"),
    pytest.param("a.json", b'{"a": 1,\n "b": }', "file.json", ("2", "7"), id="JSON value missing"),
    pytest.param("a.json", "{“a”: 1}".encode(), "file.json", ("1", "2"), id="JSON with curly quotes"),
    pytest.param("a.json", b'{"a": 1, "a": 2}', "file.json_twice", ("“a”",), id="JSON key twice"),
    pytest.param("a.json", b'{"a": NaN}', "file.json_number", ("NaN",), id="JSON NaN"),
    pytest.param("a.json", b'{"a": -Infinity}', "file.json_number", ("-Infinity",), id="JSON infinity"),
    pytest.param("a.json", b'{"a": 1e999}', "file.json_number", ("1e999",), id="JSON number too large"),
    pytest.param("a.json", b'{"a": 1' + b"0" * 5000 + b"}", "file.json_number", ("1000",), id="JSON endless number"),
    pytest.param("a.json", b"[" * 60 + b"]" * 60, "file.depth", ("50",), id="JSON depth"),
    pytest.param("a.json", b"[" * 100_000, "file.depth", ("50",), id="JSON depth bomb"),
    pytest.param("a.json", b'["\\ud800"]', "file.encoding", (), id="JSON half a character"),
    pytest.param("a.csv", b'a,b\nc,"d\ne,f\n', "file.csv_quote", ("2",), id="CSV quote left open"),
    pytest.param("a.csv", b"a,b\nc," + b"x" * 200_000, "file.csv", ("2",), id="CSV endless field"),
]


def refused(source: Source) -> BadInput:
    with pytest.raises(BadInput) as error:
        take_apart(source)
    return error.value


@pytest.mark.parametrize(("name", "data", "key", "said"), BAD)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, name: str, data: bytes, key: str, said: tuple[str, ...]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadInput) as error:
        take_apart(from_path(str(path)))
    assert error.value.key == key
    for message in (error.value.say("zh"), error.value.say("en")):
        assert str(path) in message
        assert all(part in message.replace(str(path), "") for part in said)
    assert re.search("[一-鿿]", error.value.say("zh"))
    assert path.read_bytes() == data


@pytest.mark.parametrize(("name", "data", "key", "said"), BAD[1:])
def test_the_same_is_refused_without_a_process(name: str, data: bytes, key: str, said: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as error:
        in_process(Source(name, data))
    assert (error.value.key, error.value.variables["name"]) == (key, name)


def test_a_parser_that_runs_out_of_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ending(monkeypatch, "x = bytearray(1 << 40)")
    assert error.key == "file.memory"
    assert "a.txt" in error.say("zh")


@pytest.mark.skipif(os.name == "nt", reason="no limit on processor time there")
def test_a_parser_that_runs_out_of_processor_time_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\n    while True: pass"
    assert ending(monkeypatch, code).key == "file.time"


def test_a_parser_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "SECONDS", 1)
    assert ending(monkeypatch, "import time; time.sleep(60)").key == "file.time"


@pytest.mark.parametrize("code", ["raise RuntimeError('secret')", "import os; os._exit(7)"], ids=["error", "exit"])
def test_a_parser_that_falls_over_says_so_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: str
) -> None:
    error = ending(monkeypatch, code)
    assert error.key == "file.crashed"
    assert "secret" not in error.say("en")
    assert capfd.readouterr() == ("", "")


def ending(monkeypatch: pytest.MonkeyPatch, code: str) -> BadInput:
    """Return what is said when the parsing process meets this code in place of a parser."""
    program = (
        "from assistant.intake import child\n"
        f"def parse(name, data):\n    {code}\n"
        "child.parse = parse\nraise SystemExit(child.main())\n"
    )
    monkeypatch.setattr(sandbox, "COMMAND", ("-P", "-c", program))
    return refused(Source("a.txt", b"sales 40%"))


def test_the_process_is_found_from_any_folder_and_takes_nothing_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert take_apart(Source("a.csv", b"kpi,weight\nsales,40\n")).kind == "csv"


def test_the_process_keeps_out_what_reading_does_not_need() -> None:
    program = (
        "import sys; from assistant.sandbox.inside import lighten; lighten('numpy'); import openpyxl;"
        " print(sys.modules['numpy'])"
    )
    environment = process.environment()
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment)
    assert found.stdout.strip() == b"None"


def test_the_process_imports_nothing_heavy() -> None:
    program = "import sys, assistant.intake.child; print('\\n'.join(sys.modules))"
    found: Any = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env=process.environment(), encoding="utf-8"
    )
    heavy = {"pydantic", "assistant.models", "assistant.errors", "yaml", "markdown_it", "openpyxl", "docx", "numpy"}
    assert heavy & set(found.stdout.split()) == set()
