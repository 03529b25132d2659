"""The self-check over HTTP: what is found, what is refused in one line, and that nothing is left behind."""

from __future__ import annotations

import io
import json
import socket
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import docx
import httpx
import pytest
from serving import App, comes_to, left, report_lines, running, write_docx

HOSTILE = '（三）宣传。<script>alert("x")</script><img src=x onerror=alert(1)>\u202e反\u2066覆\x01&amp;9次。'


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("稿") / "稿.docx"
    return write_docx(path, report_lines(ordinary=17)).read_bytes()


def line_of(answer: httpx.Response) -> str:
    """Return the one line that a refused request is told."""
    [line] = answer.json()["faults"]
    assert "\n" not in line
    return str(line)


def names_in(results: Path) -> set[Path]:
    """Return what lies in the results' folder; what SQLite has beside its file comes and goes."""
    return {path for path in results.rglob("*") if not path.name.endswith(("-wal", "-shm"))}


def page_of(app: App, answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return app.client.get(answer.json()["page"]).text


def test_findings_stand_on_the_text_with_suggestion_and_basis(app: App, wrong: bytes) -> None:
    told = page_of(app, app.check(wrong, "旺草镇.docx"))
    assert "旺草镇，2023 年度" in told
    assert "共 1 处：错误 1 处。" in told
    finding, text = told.split('<article class="text"')
    assert "建议：" in finding
    assert "依据：" in finding
    assert 'href="#q0"' in finding
    assert '<i id="q0"></i><a class="mark error" href="#f0"' in text
    assert '<span class="figure" title="行政处罚案件数">30件</span>' in text


def test_a_report_without_faults_is_said_to_be_clean(app: App, tmp_path: Path) -> None:
    told = page_of(app, app.check(write_docx(tmp_path / "甲.docx", report_lines()).read_bytes(), "甲.docx"))
    assert "没有发现问题。" in told
    assert "批注稿" not in told


def test_the_word_file_comes_back_with_comments(app: App, wrong: bytes) -> None:
    page = app.check(wrong, "旺草镇 定稿.docx").json()["page"]
    answer = app.client.get(f"{page}/annotated.docx")
    assert quote("旺草镇 定稿（批注）.docx") in answer.headers["content-disposition"]
    copy = docx.Document(io.BytesIO(answer.content))
    [comment] = [each.text for each in copy.comments]
    assert comment.startswith("【错误】")
    assert "建议：" in comment
    assert [each.text for each in copy.paragraphs] == report_lines(ordinary=17)


def test_other_kinds_are_checked_without_a_copy(app: App) -> None:
    text = "\n".join(report_lines(ordinary=17)).encode()
    answer = app.check(text, "旺草镇.txt")
    assert "错误 1 处" in page_of(app, answer)
    refused = app.client.get(f"{answer.json()['page']}/annotated.docx")
    assert (refused.status_code, "没有批注稿" in refused.text) == (422, True)


def test_hostile_text_is_text(app: App) -> None:
    lines = report_lines(ordinary=17)
    lines.insert(3, HOSTILE)
    lines.insert(4, "长" * 200_000)
    told = page_of(app, app.check("\n".join(lines).encode(), '<b>甲&".txt'))
    assert "&lt;script&gt;" in told
    assert "<script>alert" not in told
    assert "<img" not in told
    assert "<h1>&lt;b&gt;甲&amp;&quot;.txt</h1>" in told
    assert not {"\u202e", "\u2066", "\x01"} & set(told)
    assert "长" * 200_000 in told


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/甲.docx", "甲.docx"),
        ("C:\\报告\\甲.docx", "甲.docx"),
        ("甲\u202exslx.docx", "甲xslx.docx"),
        ("甲\r\nSet-Cookie: a.docx", "甲Set-Cookie: a.docx"),
        (f"{'长' * 300}.docx", f"{'长' * 145}.docx"),
    ],
    ids=["folders", "drive", "bidi", "lines", "long"],
)
def test_a_name_is_a_label_and_no_path(app: App, wrong: bytes, name: str, label: str) -> None:
    answer = app.check(wrong, name)
    assert f"<h1>{label}</h1>" in page_of(app, answer)
    copy = app.client.get(f"{answer.json()['page']}/annotated.docx")
    assert (copy.status_code, "set-cookie" in copy.headers) == (200, False)


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("", 400, "没有说明文件名"),
        ("   .docx", 415, "不是能检查的文件种类"),
        ("报告", 415, "不是能检查的文件种类：没有扩展名"),
        ("病毒.exe", 415, "不是能检查的文件种类：.exe"),
        ("各镇.zip", 415, "这是压缩包"),
        ("各镇.docx/..", 400, "没有说明文件名"),
    ],
    ids=["none", "suffix", "bare", "program", "archive", "dots"],
)
def test_wrong_kinds_are_refused_in_one_line(app: App, name: str, status: int, said: str) -> None:
    answer = app.check(b"x", name)
    assert (answer.status_code, said in line_of(answer)) == (status, True)


def cut_off(data: bytes) -> bytes:
    return data[: len(data) // 2]


def bomb(data: bytes) -> bytes:
    """Return the Word file with a body that unpacks to forty megabytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, True, 9) as new,
    ):
        for item in old.infolist():
            body = (
                b"<w:document " + b" " * 40_000_000
                if item.filename == "word/document.xml"
                else old.read(item)
            )
            new.writestr(item.filename, body)
    return target.getvalue()


def blanked(data: bytes) -> bytes:
    return bytes(len(data))


def begun(data: bytes) -> bytes:
    return data[:4]


@pytest.mark.parametrize("spoil", [cut_off, bomb, blanked, begun])
def test_broken_files_are_told_in_one_line(app: App, wrong: bytes, spoil: Callable[[bytes], bytes]) -> None:
    spoilt = spoil(wrong)
    assert len(spoilt) < 1_000_000
    told = page_of(app, app.check(spoilt, "甲.docx"))
    assert told.count('class="fault">无法读取：') == 1
    assert "Traceback" not in told
    assert "批注稿（Word）" not in told


def test_what_is_no_report_is_told(app: App) -> None:
    text = "旺草镇2024年法治政府建设工作要点\n为推进法治政府建设，制定本要点。\n一、加强学习\n开展学法活动。"
    assert "不是年度报告，没有检查" in page_of(app, app.check(text.encode(), "要点.txt"))


def test_an_empty_file_and_one_that_is_too_large(app: App) -> None:
    empty = app.check(b"", "甲.docx")
    assert (empty.status_code, line_of(empty)) == (400, "文件是空的（请确认选对了文件）")
    large = app.check(b"x" * ((1 << 20) + 1), "甲.docx")
    assert (large.status_code, line_of(large)) == (413, "超过 1 MB，没有接收（请确认选对了文件）")


def raw(app: App, *more: str) -> socket.socket:
    """Begin a request whose body is still to come."""
    head = ("POST /api/check HTTP/1.1", f"Host: 127.0.0.1:{app.port}", f"X-Nianbao-Token: {app.token}")
    connection = socket.create_connection(("127.0.0.1", app.port), timeout=30)
    connection.sendall("\r\n".join((*head, "X-Nianbao-Name: a.docx", *more)).encode() + b"\r\n\r\n")
    return connection


def test_a_body_without_an_announced_length_is_counted(app: App) -> None:
    with raw(app, "Transfer-Encoding: chunked") as connection:
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        for _ in range(40):
            connection.sendall(chunk)
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413 ")
    assert app.client.get("/check").status_code == 200
    assert left(app) == []


@pytest.mark.parametrize("length", ["-5", "1e3", "9" * 40, "٣", "10, 20"])
def test_a_senseless_length_is_refused(app: App, length: str) -> None:
    with raw(app, f"Content-Length: {length}") as connection:
        assert connection.recv(65_536).split(b" ", 2)[1] in (b"400", b"413")


def test_a_body_that_breaks_off_leaves_nothing(app: App) -> None:
    with raw(app, "Content-Length: 90000") as connection:
        connection.sendall(b"x" * 5000)
        assert comes_to(app, 1)
    assert comes_to(app, 0)
    assert app.client.get("/check").status_code == 200


def test_more_than_four_at_once_are_told_to_wait(app: App, wrong: bytes) -> None:
    waiting = [raw(app, "Content-Length: 90000") for _ in range(4)]
    assert comes_to(app, 4)
    answer = app.check(wrong, "甲.docx")
    assert (answer.status_code, line_of(answer)) == (503, "正在检查另外 4 份文件（请过一会儿再试）")
    for connection in waiting:
        connection.close()
    assert comes_to(app, 0)
    assert app.check(wrong, "甲.docx").status_code == 200


def test_two_are_checked_at_the_same_time(app: App, wrong: bytes) -> None:
    answers: list[httpx.Response] = []
    threads = [threading.Thread(target=lambda: answers.append(app.check(wrong, "甲.docx"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["page"] for answer in answers}) == 3


def test_nothing_is_kept_and_what_is_dropped_is_gone(app: App, results: Path, wrong: bytes) -> None:
    before = names_in(results)
    page = app.check(wrong, "甲.docx").json()["page"]
    assert left(app) == []
    assert app.client.post(f"/api{page}/drop").json() == {"page": "/check"}
    assert app.client.get(page).status_code == 404
    assert "已经清除" in app.client.get(f"{page}/annotated.docx").text
    assert {
        path for path in results.rglob("*") if "-wal" not in path.name and "-shm" not in path.name
    } == before


def test_what_is_kept_is_told_where(app: App, results: Path, wrong: bytes) -> None:
    page = app.check(wrong, "旺草镇:定稿?.docx").json()["page"]
    told = app.client.post(f"/api{page}/keep").json()["told"]
    folder = Path(told.removeprefix("已保存到："))
    assert folder.parent == results / "自查"
    assert folder.name.endswith(" 旺草镇定稿")
    assert (folder / "原件.docx").read_bytes() == wrong
    assert len(list(docx.Document(str(folder / "批注稿.docx")).comments)) == 1


def test_results_are_known_by_their_address_alone(app: App, wrong: bytes) -> None:
    page = app.check(wrong, "甲.docx").json()["page"]
    for other in (f"{page}x", page[:-1], "/check/0"):
        assert app.client.get(other).status_code == 404
    assert httpx.get(app.base + page, timeout=60).status_code == 401


@pytest.mark.office
def test_what_office_makes_of_it_is_not_kept(tmp_path: Path) -> None:
    cache = tmp_path / "缓存"
    cache.mkdir()
    with running(tmp_path, XDG_CACHE_HOME=str(cache)) as alone:
        rtf = "{\\rtf1\\ansi\\uc1 " + "\\par ".join(
            "".join(f"\\u{ord(each)}?" for each in line) for line in report_lines(ordinary=17)
        )
        page_of(alone, alone.check((rtf + "}").encode(), "甲.rtf"))
        # LibreOffice leaves settings of its own there.
        assert not (cache / "nianbao").exists()
        home = alone.client.get("/", follow_redirects=True)
        assert "各年度" not in home.text
        assert json.loads(alone.client.post("/api/decisions", content=b"{}").text)["faults"]
    assert list(alone.temporary.iterdir()) == []
