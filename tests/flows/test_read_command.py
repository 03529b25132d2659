"""`nianbao read`: what the console script prints for real files."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from flows.display import FACT_NAMES, Look, Run, printable, show
from nianbao import Block, BlockKind, Document, Fact, FactName, Place
from nianbao.intake import fetch, read
from nianbao.manager import INTAKE_HOOKS, intake_registry
from nianbao.model import Filing

_SPEC = importlib.util.spec_from_file_location(
    "built_files", Path(__file__).parents[1] / "connectors" / "built_files.py"
)
assert _SPEC is not None
assert _SPEC.loader is not None
built = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(built)

NIANBAO = Path(sys.executable).with_name("nianbao")
OUTLINE = built.abstract(
    0, built.level(0, "%1、"), built.level(1, "（%2）"), built.level(2, "%3.", "decimal")
)
AUTOMATIC = built.docx(
    built.p("云岭镇2023年法治政府建设年度报告"),
    built.p("主要举措和成效", "1.0"),
    built.p("加强学习", "1.1"),
    built.p("健全学法制度。", "1.2"),
    built.p("开展集中学法。", "1.2"),
    built.p("规范执法", "1.1"),
    built.p("严格执法程序。", "1.2"),
    built.p("存在的不足和原因", "1.0"),
    built.table(["部门", "件数"], ["公安派出所", "12"]),
    numbering=OUTLINE + built.num(1, 0),
)
AS_WORD_SHOWS_IT = [
    "云岭镇2023年法治政府建设年度报告",
    "一、主要举措和成效",
    "（一）加强学习",
    "1.健全学法制度。",
    "2.开展集中学法。",
    "（二）规范执法",
    "1.严格执法程序。",
    "二、存在的不足和原因",
    "部门\t件数",
    "公安派出所\t12",
]
PAGE = (
    '<html><head><title>云岭镇报告-云岭县人民政府</title><meta name="PubDate" content="2024-01-20"></head>'
    '<body><div id="zoom"><p>云岭镇2023年法治政府建设年度报告</p><p>一、主要举措</p>'
    "<p>全年调解纠纷31件。</p></div></body></html>"
)


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    told = os.environ | {"PYTHONUTF8": "1"} | environment
    return subprocess.run([NIANBAO, "read", *arguments], capture_output=True, env=told, check=False)


def outcome(*arguments: str | Path) -> tuple[int, list[str], str]:
    done = run(*arguments)
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "自动编号.docx").write_bytes(AUTOMATIC)
    (tmp_path / "网页.html").write_text(PAGE, "utf-8")
    (tmp_path / "文本.txt").write_text("云岭镇报告\n一、举措\n共３件。", "gb18030")
    page = built.PdfPage().text(72, 760, "云岭镇二〇二三年度报告").text(72, 720, "全年调解纠纷31件。")
    (tmp_path / "版式.pdf").write_bytes(built.pdf(page))
    return tmp_path


def test_automatic_numbers_stand_as_word_shows_them(files: Path) -> None:
    status, lines, errors = outcome(files / "自动编号.docx")
    assert (status, errors) == (0, "")
    margins, texts = zip(*(line.split(" │ ") for line in lines if " │ " in line), strict=True)
    assert [text for text in texts if "列 " not in text] == AS_WORD_SHOWS_IT[:8]
    assert [margin.split() for margin in margins][:5] == [
        ["第1段"],
        ["第2段", "标题1"],
        ["第3段", "标题2"],
        ["第4段", "标题3"],
        ["第5段", "标题3"],
    ]
    assert [line for line in lines if line.startswith("表")] == [
        "表1第1行    │ 第1列 部门       ｜ 第2列 件数",
        "表1第2行    │ 第1列 公安派出所 ｜ 第2列 12",
    ]
    assert lines[-3:-1] == ["读取程序：docx；共 100 字，12 段或单元格", "文件名：自动编号"]


def test_text_is_the_canonical_text_and_nothing_else(files: Path) -> None:
    for name in ("自动编号.docx", "网页.html", "文本.txt", "版式.pdf"):
        path = files / name
        document, _ = read(
            intake_registry(), fetch(intake_registry(), Filing("folder", str(path), str(path)))
        )
        done = run("--text", path)
        assert (done.returncode, done.stdout, done.stderr) == (0, document.text.encode(), b"")
    assert run("--text", files / "自动编号.docx").stdout.decode().split("\n") == AS_WORD_SHOWS_IT


def test_json_is_one_object_with_places_that_hold(files: Path) -> None:
    paths = [files / "自动编号.docx", files / "版式.pdf"]
    done = run("--json", *paths)
    assert (done.returncode, done.stderr) == (0, b"")
    word, page = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert list(word) == ["name", "sha256", "reader", "text", "blocks", "facts", "notes", "doubts"]
    quotes = [word["text"][block["start"] : block["end"]] for block in word["blocks"]]
    assert "\t".join(quotes).split("\t") == "\t".join(AS_WORD_SHOWS_IT).split("\t")
    assert word["blocks"][-1]["place"] == {"table": 1, "row": 2, "column": 2}
    assert word["facts"] == [{"name": "file-name", "value": "自动编号", "origin": "file name"}]
    assert page["reader"] == "pdf"
    box = page["blocks"][0]["place"]["box"]
    assert 0 < box[0] < box[2] < 595
    assert 0 < box[1] < box[3] < 842


def test_facts_are_told_with_where_they_were_found(files: Path) -> None:
    _, lines, _ = outcome(files / "网页.html")
    assert "标题：云岭镇报告（见网页标题栏）" in lines
    assert "发布日期：2024-01-20（见网页的 meta 标签“PubDate”）" in lines


def test_folders_and_several_paths_go_on_after_broken_files(files: Path) -> None:
    (files / "坏.docx").write_bytes(AUTOMATIC[:300])
    (files / "空.txt").write_bytes(b"")
    status, lines, errors = outcome(files, files / "网页.html")
    assert status == 1
    assert [line for line in lines if line.endswith((".docx", ".html", ".txt", ".pdf"))] == [
        str(files / name) for name in ("文本.txt", "版式.pdf", "网页.html", "自动编号.docx")
    ]
    told = errors.splitlines()
    assert len(told) == 2
    assert all(re.match(rf"错误：{files}/(坏.docx|空.txt)：", line) for line in told)
    done = run("--json", files / "坏.docx")
    assert done.returncode == 1
    assert list(json.loads(done.stdout)) == ["name", "error"]


def test_an_archive_is_read_file_by_file_and_one_file_by_its_name(files: Path) -> None:
    with zipfile.ZipFile(files / "包.zip", "w") as archive:
        archive.write(files / "文本.txt", "甲/文本.txt")
        archive.write(files / "自动编号.docx", "乙.docx")
    status, lines, errors = outcome(files / "包.zip")
    assert (status, errors) == (0, "")
    names = [f"{files / '包.zip'}!/{name}" for name in ("乙.docx", "甲/文本.txt")]
    assert [line for line in lines if line.startswith(str(files))] == names
    done = run("--text", names[0])
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().split("\n") == AS_WORD_SHOWS_IT
    assert outcome(f"{files / '包.zip'}!/甲")[1][0] == names[1]
    status, lines, errors = outcome(f"{files / '包.zip'}!/丙.docx")
    assert (status, lines) == (2, [])
    assert "：压缩包里没有这个文件（" in errors


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["没有.docx"], "错误：没有.docx：没有这个文件或文件夹（请检查路径是否写对）\n"),
        (["--text", "--json", "甲"], "错误：nianbao read：--text 和 --json 不能同时用（请只写其中一个）\n"),
        ([], "错误：缺少参数“文件或文件夹”（用法见 nianbao read --help）\n"),
    ],
)
def test_a_wrong_call_is_one_line_and_status_2(arguments: list[str], line: str) -> None:
    assert outcome(*arguments) == (2, [], line)


def test_a_closed_pipe_is_no_error(files: Path) -> None:
    (files / "长.txt").write_text("全年调解纠纷31件。\n" * 50_000, "utf-8")
    with subprocess.Popen(
        [NIANBAO, "read", files / "长.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_nothing_is_loaded_that_reading_does_not_need(files: Path) -> None:
    code = (
        "import sys; from flows import cli; status = cli.main(['read', sys.argv[1]]);"
        "from nianbao.catalogue import load_catalogue; print(load_catalogue.cache_info().misses);"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, files / "自动编号.docx"], capture_output=True, text=True, check=True
    )
    *_, loads, modules = done.stdout.splitlines()
    assert loads == "0"
    assert not {"prefect", "sqlalchemy", "pandas", "xlsxwriter", "pydantic_settings"} & set(modules.split())


def test_the_intake_lists_and_reads_alone() -> None:
    found = intake_registry()
    assert found.sources
    assert found.readers
    assert found.extractors == found.validators == found.publishers == found.regions == ()
    assert INTAKE_HOOKS == ("nianbao_sources", "nianbao_readers")


def test_colours_are_for_terminals_that_want_them(files: Path) -> None:
    assert b"\x1b" not in run(files / "自动编号.docx", FORCE_COLOR="1").stdout
    pty = pytest.importorskip("pty", reason="no pseudo terminals here")
    for no_color, coloured in (("", True), ("1", False)):
        ours, theirs = pty.openpty()
        environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "60", "NO_COLOR": no_color}
        done = subprocess.run(
            [NIANBAO, "read", files / "文本.txt"], stdout=theirs, env=environment, check=False
        )
        os.close(theirs)
        shown = os.read(ours, 65_536).decode()
        os.close(ours)
        assert done.returncode == 0
        assert ("\x1b[" in shown) is coloured
        assert "第2段 标题1 │ " in re.sub(r"\x1b\[[\d;]*m", "", shown)


def document(text: str, *blocks: Block, **fields: object) -> Document:
    return Document("甲.pdf", "", "scan", text, blocks, **fields)


def test_doubtful_spans_are_marked_and_explained() -> None:
    doubtful = Block(0, 9, BlockKind.PARAGRAPH, Place(paragraph=1, page=3), doubts=((4, 6),))
    lines = show(document("全年调解31件。", replace_end(doubtful, 9)))
    assert lines[1].margin == "第3页第1段 │ "
    assert lines[1].body == (Run("全年调解"), Run("⟨？31⟩", Look.DOUBT), Run("件。"))
    assert lines[-1].body[0].text == "⟨？…⟩ 里的字识别得不确定，请核对原件。"


def replace_end(block: Block, end: int) -> Block:
    return Block(block.start, end, block.kind, block.place, block.level, block.doubts)


def test_a_paragraph_of_two_lines_has_one_place() -> None:
    lines = show(document("甲\n乙", Block(0, 3, BlockKind.PARAGRAPH, Place(paragraph=1))))
    assert [(line.margin, line.body) for line in lines[1:3]] == [
        ("第1段 │ ", (Run("甲"),)),
        ("      │ ", (Run("乙"),)),
    ]


def test_every_fact_has_a_chinese_name_and_origins_are_told() -> None:
    assert set(FACT_NAMES) == set(FactName)
    facts = (
        Fact(FactName.PUBLISHED, "2024-01-02", "table 发布日期"),
        Fact(FactName.TITLE, "某镇\x1b[31m报告", "listing"),
        Fact(FactName.PUBLISHER, "某镇", "another way"),
    )
    told = [line.body[0].text for line in show(document("甲", facts=facts, notes=("删去了页眉",)))]
    assert told[2:] == [
        "发布日期：2024-01-02（见信息表“发布日期”）",
        "标题：某镇\ufffd[31m报告（见来源清单）",
        "发布机构：某镇（见 another way）",
        "说明：删去了页眉",
    ]


def test_nothing_reaches_a_terminal_that_could_harm_it() -> None:
    assert printable("甲\x1b]0;x\x07\n乙\u202e") == "甲\ufffd]0;x\ufffd\ufffd乙\ufffd"
