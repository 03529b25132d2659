"""Old Office formats, made by LibreOffice and read back; and what LibreOffice can't open."""

from __future__ import annotations

import contextlib
import http.server
import random
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import olefile
import pytest
import renderings
from built_files import download, lines
from libreoffice import LibreOffice
from mutations import anywhere, in_parts
from old_files import FILES, SENTENCE, compound, flat, forget_settings, open_document, use_cache
from test_readers_any_bytes import assert_sound

from connectors.readers import docx as docx_reader
from connectors.readers import legacy
from connectors.readers.compound import form_of_compound
from nianbao import Document, ReadError

KINDS = ("doc", "rtf", "odt")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use_cache(tmp_path / "cache", monkeypatch)
    yield
    monkeypatch.undo()
    forget_settings()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice) -> dict[str, dict[str, bytes]]:
    """`FILES` in the old formats, a call each."""
    folder = tmp_path_factory.mktemp("old")
    return {kind: renderings.converted(FILES, kind, folder / kind, libreoffice) for kind in KINDS}


def read(data: bytes, name: str = "报告.doc") -> Document:
    return legacy.read_legacy(download(data, name))


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
def test_the_text_is_that_of_the_word_file(kind: str, made: dict[str, dict[str, bytes]]) -> None:
    legacy.prepare([download(made[kind][name], f"{name}.{kind}") for name in FILES])
    for name in ("outline", "table", "box"):
        given = download(made[kind][name], f"文件/{name}.{kind}")
        document, expected = legacy.read_legacy(given), docx_reader.read_docx(download(FILES[name], name))
        assert document.text == expected.text
        assert [(each.kind, each.place) for each in document.blocks] == [
            (each.kind, each.place) for each in expected.blocks
        ]
        assert (document.name, document.sha256, document.reader) == (
            given.filing.name,
            given.sha256,
            "legacy",
        )


@pytest.mark.office
def test_wps_files_are_word_files_by_another_name(made: dict[str, dict[str, bytes]]) -> None:
    assert "（二）执法" in read(made["doc"]["outline"], "报告.wps").text
    assert "（二）执法" in read(b"\r\n" + made["rtf"]["outline"], "报告.doc").text.replace("(", "（").replace(
        ")", "）"
    )


@pytest.mark.office
def test_rtf_without_a_code_page_is_chinese() -> None:
    text = "".join(f"\\'{byte:02x}" for byte in SENTENCE.encode("gbk"))
    assert (
        read(f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 SimSun;}}}}\\f0 {text}\\par}}".encode()).text
        == SENTENCE
    )


BIDS = {
    "word": (compound("WordDocument"), 90),
    "excel": (compound("Workbook"), 60),
    "rtf": (b"{\\rtf1 a}", 90),
    "odt": (open_document(), 90),
    "word xml": (flat(FILES["box"]), 90),
    "docx": (FILES["box"], 0),
    "page": (b"<html><body><p>a</p></body></html>", 0),
    "text": ("报告".encode("gbk"), 0),
    "other xml": (b'<?xml version="1.0"?><a/>', 0),
}


@pytest.mark.parametrize("name", BIDS)
def test_bids(name: str) -> None:
    """Pages, texts and .docx that are called .doc go to their own readers."""
    data, bid = BIDS[name]
    assert legacy.bid(download(data, "报告.doc")) == bid


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (compound("EncryptedPackage"), "文件已加密"),
        (compound("WordDocument"), "损坏或不完整"),
        (compound("Nothing"), "损坏或不完整"),
        (open_document("<manifest:encryption-data/>"), "文件已加密"),
        (open_document(content="<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "实体"),
        (open_document()[:80], "损坏或不完整"),
    ],
)
def test_what_is_refused_without_starting_libreoffice(
    data: bytes, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_OFFICE", "/nowhere/soffice")
    with pytest.raises(ReadError, match=message) as error:
        read(data, "旧/报告.doc")
    assert str(error.value).startswith("旧/报告.doc：")


@pytest.fixture(scope="session")
def compounds(
    made: dict[str, dict[str, bytes]], tmp_path_factory: pytest.TempPathFactory, libreoffice: LibreOffice
) -> dict[str, bytes]:
    """Real compound files: a workbook, and a Word document changed in its head."""
    folder = tmp_path_factory.mktemp("compounds")
    (folder / "book.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    libreoffice.convert("xls", folder, folder / "book.csv")
    word = made["doc"]["outline"]
    with olefile.OleFileIO(BytesIO(word)) as file:
        head = file.openstream("WordDocument").read(32)
    locked = head[:10] + bytes([head[10], head[11] | 1]) + head[12:]
    return {
        "文件已加密": word.replace(head, locked),
        "Excel": (folder / "book.xls").read_bytes(),
        "损坏或不完整": word.replace(head, bytes(2) + head[2:]),
        "不是 Word 文档": word.replace(
            "WordDocument".encode("utf-16-le"), "WordDocumend".encode("utf-16-le")
        ),
    }


@pytest.mark.office
@pytest.mark.parametrize("message", ["文件已加密", "Excel", "损坏或不完整", "不是 Word 文档"])
def test_compound_files(message: str, compounds: dict[str, bytes]) -> None:
    with pytest.raises(ReadError, match=message):
        form_of_compound(compounds[message])
    with pytest.raises(ReadError, match=message):
        read(compounds[message])


@pytest.mark.office
def test_damaged_compound_files(compounds: dict[str, bytes], made: dict[str, dict[str, bytes]]) -> None:
    chance = random.Random("compound")
    for _ in range(400):
        data = bytearray(chance.choice([*compounds.values(), made["doc"]["table"]]))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(8, 1024)] = chance.choice([0, 1, 254, 255, chance.randrange(256)])
        with contextlib.suppress(ReadError):
            assert form_of_compound(bytes(data)).suffix in ("doc", "wps")


@pytest.mark.office
@pytest.mark.parametrize("kind", KINDS)
def test_truncated_files(kind: str, made: dict[str, dict[str, bytes]]) -> None:
    data = made[kind]["outline"]
    with pytest.raises(ReadError, match=r"损坏|不完整"):
        read(data[: len(data) * 9 // 10], f"报告.{kind}")


@pytest.mark.office
def test_noise_is_no_text() -> None:
    noise = random.Random(7).randbytes(4000).replace(b"{", b"").replace(b"}", b"").replace(b"\\", b"")
    with pytest.raises(ReadError, match=r"打不开|无法识别|没有文字"):
        read(b"{\\rtf1\\ansi " + noise + b"}")


class _Listening(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        self.send_error(404)

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_"):
            return self.do_GET
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.office
def test_nothing_is_fetched(tmp_path: Path) -> None:
    """LibreOffice as it is installed asks for each of these addresses."""
    _Listening.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    secret = tmp_path / "secret.txt"
    secret.write_text("机密内容", encoding="utf-8")
    site = f"http://127.0.0.1:{server.server_port}"
    frame = (
        '<text:p><draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm">{}</draw:frame>'
        "</text:p>"
    )
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    body = (
        f"<text:p>{SENTENCE}</text:p>"
        f'<text:section text:name="a"><text:section-source xlink:href="{secret.as_uri()}"/>'
        "<text:p>甲</text:p></text:section>"
        f'<text:section text:name="b"><text:section-source xlink:href="{site}/section.txt"/>'
        "<text:p>乙</text:p></text:section>"
        + frame.format(f'<draw:image xlink:href="{site}/picture.png" {link}/>')
        + frame.format(f'<draw:object xlink:href="{site}/object.odt" {link}/>')
    )
    spaces = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"),
        )
    )  # fmt: skip
    content = (
        f'<office:document-content{spaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    try:
        document = read(open_document(content=content), "报告.odt")
    finally:
        server.shutdown()
    assert lines(document) == [SENTENCE, "甲", "乙"]
    assert _Listening.asked == []


@pytest.mark.office
@pytest.mark.parametrize(
    "number", [pytest.param(number, marks=() if number < 6 else pytest.mark.long) for number in range(50)]
)
def test_damaged_files(number: int, made: dict[str, dict[str, bytes]]) -> None:
    chance = random.Random(f"old {number}")
    kind = KINDS[number % len(KINDS)]
    damage = chance.choice([anywhere, in_parts] if kind == "odt" else [anywhere])
    assert_sound(legacy.read_legacy, damage(made[kind][chance.choice(list(FILES))], chance))
