"""The notice: what it says, how it is laid out, and that it opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from libreoffice import LibreOffice
from small_workbooks import stated, town, yearbook_of
from workbook_sample import sample_yearbook

from nianbao import Finding, PublishError, Qualifier, Severity
from outputs.notice import publish

NAME = "关于2024年度法治政府建设年度报告情况的通报.docx"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    (written,) = publish(sample_yearbook(), tmp_path_factory.mktemp("通报"))
    assert written.name == NAME
    return written


@pytest.fixture(scope="module")
def notice(path: Path) -> Document:
    return docx.Document(str(path))


def lines(notice: Document) -> list[str]:
    return [paragraph.text for paragraph in notice.paragraphs]


def table(notice: Document, *header: str) -> list[list[str]]:
    tables = [[[cell.text for cell in row.cells] for row in each.rows] for each in notice.tables]
    return next(rows[1:] for rows in tables if rows[0] == list(header))


def test_it_is_laid_out_as_an_official_paper(notice: Document) -> None:
    section = notice.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [margin.mm for margin in margins] == pytest.approx([37, 35, 28, 26], abs=0.1)
    told = lines(notice)
    assert told[1:3] == ["关于2024年度法治政府建设", "年度报告情况的通报"]
    assert told[4] == "各有关单位："
    headings = [text for text in told if text[1:2] == "、"]
    assert headings == ["一、报送情况", "二、内容结构", "三、数据和文字核查", "四、主要数据", "五、有关要求"]
    assert told[-3:-1] == ["（印发机关）", "2025年4月9日"]
    assert "PAGE" in section.footer._element.xml


def test_fonts_are_named_for_han(notice: Document) -> None:
    by_text = {paragraph.text: paragraph for paragraph in notice.paragraphs}
    for text, font, size in (
        ("年度报告情况的通报", "黑体", 22),
        ("一、报送情况", "黑体", 16),
        ("各有关单位：", "仿宋", 16),
    ):
        run = by_text[text].runs[0]
        assert run.font.size == Pt(size)
        assert run._element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert by_text["一、报送情况"].paragraph_format.first_line_indent == Pt(32)
    assert notice.tables[0].columns[0].width == pytest.approx(Mm(16), abs=500)


def test_it_tells_who_is_missing_and_who_is_late(notice: Document) -> None:
    assert (
        "应报送19个单位，已报送17个，未报2个；已报送的单位中，逾期公布的1个。另有名单以外的报告3份。"
        in lines(notice)
    )
    rows = table(notice, "序号", "单位", "情况")
    assert [row[1:] for row in rows] == [
        ["清源县西岭乡人民政府", "未报"],
        ["清源县马头镇人民政府", "未报"],
        ["清源县大桥镇人民政府", "逾期公布"],
    ]


def test_it_tells_which_parts_are_missing(notice: Document) -> None:
    rows = table(notice, "序号", "单位", "缺少或未单列的部分")
    assert [row[1:] for row in rows] == [
        ["清源县南关街道办事处", "下年安排（缺）"],
        ["清源县石门镇人民政府", "下年安排（未单列）"],
        ["清源县兴隆镇人民政府", "下年安排（缺）"],
    ]


def test_it_tells_the_main_contradictions(notice: Document) -> None:
    assert ["合计不符", "5", "—"] in table(notice, "类别", "错误", "需要核实")
    rows = table(notice, "序号", "单位", "问题")
    assert len(rows) == 5
    assert rows[0][1:] == ["清源县青石镇人民政府", "矛盾纠纷三类分项相加为702件，与合计672件不符，相差30件。"]


def test_key_figures_are_what_towns_tell_and_no_rates(tmp_path: Path) -> None:
    hedged = replace(stated("penalty_cases", "20", Qualifier.AT_LEAST), sources=(0,))
    reports = (
        town("甲", stated("penalty_cases", "12"), stated("appearance_rate", "100")),
        town("乙", hedged),
        town("丙"),
    )
    yearbook = yearbook_of(*reports)
    told = docx.Document(str(publish(yearbook, tmp_path)[0]))
    rows = table(told, "领域", "指标", "合计", "单位", "写明的单位数")
    assert rows == [["行政执法", "行政处罚案件数", "≥32", "件", "2/3"]]
    assert any(
        text.startswith("共收到可以读取的年度报告3份，本次没有提供应报单位名单") for text in lines(told)
    )


def test_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    finding = Finding("sum", "arithmetic.sum", Severity.ERROR, "合计不符。")
    reports = [replace(town(f"第{n}"), findings=(finding,)) for n in range(40)]
    told = docx.Document(str(publish(yearbook_of(*reports), tmp_path)[0]))
    assert len(table(told, "序号", "单位", "问题")) == 12
    assert "以上列出12项，共40项，其余见汇总工作簿。" in lines(told)


def test_the_same_yearbook_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    assert publish(sample_yearbook(), tmp_path)[0].read_bytes() == path.read_bytes()


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "x").write_text("x")
    with pytest.raises(PublishError, match="通报无法写入：这个位置已有同名的文件夹"):
        publish(sample_yearbook(), tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [NAME]


@pytest.mark.office
def test_libreoffice_prints_it(path: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    libreoffice.convert("pdf", tmp_path, path)
    import pdfplumber

    with pdfplumber.open(tmp_path / f"{path.stem}.pdf") as pdf:
        pages = [page.extract_text() or "" for page in pdf.pages]
        assert (float(pdf.pages[0].width), float(pdf.pages[0].height)) == pytest.approx(
            (595.3, 841.9), abs=0.5
        )
    assert 3 <= len(pages) <= 5
    assert "1" in pages[0].splitlines()[-1]
    assert "一、报送情况" in pages[0]
