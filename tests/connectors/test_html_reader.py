from __future__ import annotations

import base64
import time

import pytest
from built_files import download, lines

from connectors.readers import html as reader
from connectors.readers.pagefacts import without_site
from nianbao import BlockKind, Document, Fact, FactName, ReadError

REPORT = [
    "云岭镇2023年法治政府建设年度报告",
    "2023年，云岭镇坚持以习近平法治思想为指导，深入贯彻落实上级关于法治政府建设的决策部署，全面推进依法行政，现将有关情况报告如下：",
    "一、主要举措和成效",
    "（一）加强学习。全年组织中心组学法4次，开展专题培训3次，参训人员120余人次，干部职工法治意识和依法办事能力明显提高。",
    "（二）规范执法。全年办理行政处罚案件12件，罚款3.5万元，开展行政检查256次，没有发生行政复议被纠错和行政诉讼败诉的情形。",
    "二、存在的不足和原因",
    "一是执法队伍力量不足，人员流动较快；二是普法宣传形式单一，群众参与程度不高，针对性和实效性还需要进一步增强。",
]
NAVIGATION = "<ul>" + "".join(f"<li><a href='/{n}'>栏目名称{n}</a></li>" for n in range(15)) + "</ul>"
RELATED = (
    "<div class='rel'><h3>相关链接</h3><ul>"
    + "".join(
        f"<li><a href='/r{n}'>大河镇2022年法治政府建设报告</a> 发布日期：2022-01-0{n}</li>"
        for n in range(1, 6)
    )
    + "</ul></div><div>主办单位：云岭县人民政府 网站标识码：0000000000</div>"
)


def read(markup: str | bytes, name: str = "报告.html", media_type: str | None = None) -> Document:
    data = markup.encode() if isinstance(markup, str) else markup
    return reader.read_html(download(data, name, media_type=media_type))


def page(body: str, head: str = "", meta: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{meta}</head><body>{NAVIGATION}{head}{body}{RELATED}</body></html>"


def paragraphs(texts: list[str] = REPORT) -> str:
    return "".join(f"<p>&emsp;&emsp;<span>{text[:3]}</span><b>{text[3:]}</b></p>\n" for text in texts)


def values(document: Document, name: FactName) -> list[str]:
    return [fact.value for fact in document.facts if fact.name is name]


@pytest.mark.parametrize(
    "container",
    [
        "<div class='TRS_Editor'>{}</div>",
        "<div id='UCAP-CONTENT'>{}</div>",
        "<div id='zoom'>{}</div>",
        "<div id='vsb_content_2'><div class='v_news_content'>{}</div></div>",
        "<div class='view TRS_UEDITOR'>{}</div>",
        "<div class='unheard-of'>{}</div>",
        "<table><tr><td>左栏</td><td><div class='x'>{}</div></td></tr></table>",
    ],
)
@pytest.mark.parametrize("layout", ["paragraphs", "breaks", "divs"])
def test_the_body_is_found_and_kept_line_by_line(container: str, layout: str) -> None:
    written = {
        "paragraphs": paragraphs(),
        "breaks": "<br/>\n".join("　　" + text for text in REPORT),
        "divs": "".join(f"<div><div>{text}</div></div>" for text in REPORT),
    }[layout]
    assert lines(read(page(container.format(written)))) == REPORT


def test_a_container_with_little_text_is_not_taken() -> None:
    assert (
        lines(read(page(f"<div id='zoom'>字号</div><div class='TRS_Editor'>{paragraphs()}</div>"))) == REPORT
    )


def test_a_plain_page_is_taken_whole() -> None:
    document = read(f"<html><body>{paragraphs()}</body></html>")
    assert lines(document) == REPORT
    assert document.notes == ("网页的正文位置是推断出来的",)


HEAD = (
    "<div class='crumb'>当前位置：首页 &gt; 政务公开 &gt; 年度报告</div>"
    "<div>今天是2019年10月31日 星期四</div>"
    "<table><tr><td>索 引 号：</td><td>K001/2024-00012</td>"
    "<td>发布机构：</td><td>云岭县司法局</td></tr>"
    "<tr><td>成文日期：</td><td>2024-02-18</td><td>文号：</td><td></td></tr></table>"
    "<h1>云岭镇2023年法治政府建设年度报告</h1>"
    "<div>发布时间：2024-03-05 09:10　来源：云岭镇人民政府　"
    "浏览次数：<span>12</span>　【字体：大 中 小】</div>"
)
META = (
    "<meta name='ArticleTitle' content='云岭镇2023年法治政府建设年度报告'>"
    "<meta name='PubDate' content='2024-03-05 09:10'>"
    "<title>云岭镇2023年法治政府建设年度报告_云岭县人民政府</title>"
    "<link rel='canonical' href='https://www.yunling.gov.cn/zwgk/t20240305_1.html'>"
)


def test_facts_of_the_page() -> None:
    document = read(
        page(f"<div class='TRS_Editor'>{paragraphs()}</div><p><a href='./P1.docx'>附件</a></p>", HEAD, META)
    )
    assert document.facts == (
        Fact(FactName.TITLE, REPORT[0], "meta ArticleTitle"),
        Fact(FactName.INDEX_NUMBER, "K001/2024-00012", "table 索引号"),
        Fact(FactName.PUBLISHER, "云岭县司法局", "table 发布机构"),
        Fact(FactName.WRITTEN, "2024-02-18", "table 成文日期"),
        Fact(FactName.BREADCRUMB, "首页 > 政务公开 > 年度报告", "head 当前位置"),
        Fact(FactName.PUBLISHER, "云岭镇人民政府", "head 来源"),
        Fact(FactName.TITLE, REPORT[0], "h1"),
        Fact(FactName.TITLE, REPORT[0], "title"),
        Fact(FactName.SITE, "云岭县人民政府", "title"),
        Fact(FactName.SITE, "云岭县人民政府", "footer 主办"),
        Fact(FactName.URL, "https://www.yunling.gov.cn/zwgk/t20240305_1.html", "canonical"),
        Fact(FactName.HOST, "www.yunling.gov.cn", "canonical"),
        Fact(FactName.ATTACHMENT, "https://www.yunling.gov.cn/zwgk/P1.docx", "link 附件"),
        Fact(FactName.PUBLISHED, "2024-03-05 09:10", "head 发布时间"),
        Fact(FactName.PUBLISHED, "2024-03-05 09:10", "meta PubDate"),
        Fact(FactName.PUBLISHED, "2024-03-05", "url"),
        Fact(FactName.FILE_NAME, "报告", "file name"),
    )


def test_dates_of_related_links_and_banners_are_not_the_publication() -> None:
    head = "<div>今天是2019年10月31日 星期四</div>"
    document = read(page(f"<div class='TRS_Editor'>{paragraphs()}</div>", head))
    assert values(document, FactName.PUBLISHED) == []


def test_a_bare_date_above_the_body_is_taken_last() -> None:
    head = "<h1>云岭镇2023年法治政府建设年度报告</h1><div>2024-03-05</div>"
    document = read(page(f"<div class='TRS_Editor'>{paragraphs()}</div>", head))
    assert values(document, FactName.PUBLISHED) == ["2024-03-05"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("云岭镇2023年法治政府建设报告_云岭县人民政府", "云岭镇2023年法治政府建设报告"),
        ("云岭县政府网 - 云岭镇2023年法治政府建设报告", "云岭镇2023年法治政府建设报告"),
        ("云岭镇2021-2025年规划报告-云岭县政府门户网", "云岭镇2021-2025年规划报告"),
        ("", ""),
    ],
)
def test_title_without_site(title: str, expected: str) -> None:
    assert without_site(title) == expected


def test_saved_pages_know_their_address() -> None:
    saved = "<!-- saved from url=(0042)http://www.yunling.gov.cn/a/1.html -->"
    document = read(f"<!DOCTYPE html>{saved}<html><body>{paragraphs()}</body></html>")
    assert values(document, FactName.URL) == ["http://www.yunling.gov.cn/a/1.html"]


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ("gb2312", "gb18030"),
        ("gbk", "utf-8"),
        ("utf-8", "gb18030"),
        ("", "gb18030"),
        ("", "utf-16"),
        ("utf-8", "utf-8"),
    ],
)
def test_the_charset_is_that_of_the_bytes(declared: str, sent: str) -> None:
    meta = f"<meta charset='{declared}'>" if declared else ""
    texts = [*REPORT[:-1], "补记：丨镕㑇" if sent != "gb2312" else ""]
    document = read(page(f"<div id='zoom'>{paragraphs(texts)}</div>", meta=meta).encode(sent))
    assert lines(document) == texts


def test_big5_by_label_and_by_header() -> None:
    text = "本鎮關於法治政府建設的工作報告，會議學習與執行情況。" * 12
    data = f"<html><body><p>{text}</p></body></html>".encode("big5")
    assert read(data, media_type="text/html; charset=big5").text == text
    assert read(data.replace(b"<html>", b"<html><meta charset=big5>")).text == text


def test_data_tables_are_cells_and_merged_cells_stand_once() -> None:
    rows = (
        "<tr><th rowspan='2'>部门</th><th colspan='2'>案件</th></tr><tr><th>处罚</th><th>检查</th></tr>"
        "<tr><td><p>公安</p></td><td>12</td><td>3<br>4</td></tr>"
    )
    document = read(
        f"<html><body><p>表前</p><table><caption>执法情况</caption>{rows}</table><p>表后</p></body></html>"
    )
    assert lines(document) == ["表前", "执法情况", "部门\t案件", "\t处罚\t检查", "公安\t12\t3 4", "表后"]
    block = next(b for b in document.blocks if document.text[b.start : b.end] == "检查")
    assert (block.kind, block.place.table, block.place.row, block.place.column) == (BlockKind.CELL, 1, 2, 3)


def test_invisible_text_is_left_out() -> None:
    document = read(
        "<html><body><p>看<span style='DISPLAY: none'>不见</span>见</p><script>var a='脚本'</script>"
        "<p hidden>藏</p><!-- 注 --><ruby>區<rp>(</rp><rt>qū</rt></ruby></body></html>"
    )
    assert lines(document) == ["看见", "區"]


def test_ordered_lists_show_their_numbers() -> None:
    document = read(
        "<html><body><ol start='2'><li>甲</li><li><p>乙</p><p>续</p></li></ol><ul><li>丙</li></ul>"
        "<ol style='list-style-type: simp-chinese-informal'><li>丁</li></ol>"
        "<ol style='list-style:none'><li>戊</li></ol><ol><li>一、己</li></ol></body></html>"
    )
    assert lines(document) == ["2.甲", "3.乙", "续", "丙", "一、丁", "戊", "一、己"]


def test_headings_give_the_level() -> None:
    document = read("<html><body><h2>一、举措</h2><p>正文</p></body></html>")
    assert [block.level for block in document.blocks] == [2, None]


def test_a_page_whose_body_is_in_a_script() -> None:
    content = "".join(f"\\u003cp\\u003e{text}\\u003c/p\\u003e" for text in REPORT)
    script = (
        'window._CONFIG = {SID:"1", DETAIL: {"id": 1, "title": "云岭镇报告", "publisher": "云岭镇人民政府", '
        f'"date": "2024-03-05 10:00:00", "content": "{content}"}}, TREE: []}}'
    )
    document = read(page(f"<script>{script}</script><div id='app'></div>"))
    assert lines(document) == REPORT
    assert document.fact(FactName.TITLE) == "云岭镇报告"
    assert document.fact(FactName.PUBLISHED) == "2024-03-05 10:00:00"
    assert document.fact(FactName.PUBLISHER) == "云岭镇人民政府"


def test_a_page_saved_as_a_single_file() -> None:
    content = base64.encodebytes(f"<html><body>{paragraphs()}</body></html>".encode("gbk")).decode()
    archive = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        f"{content}\r\n--b--\r\n"
    )
    assert lines(read(archive)) == REPORT
    with pytest.raises(ReadError, match="没有"):
        read(archive.replace("text/html", "text/css"))


def test_a_web_page_named_doc_is_a_web_page() -> None:
    made = download(b"\xef\xbb\xbf\r\n<html xmlns:o='x'><body><p>x</p></body></html>", "报告.doc")
    assert reader.bid(made) == 90
    assert reader.bid(download(b"%PDF-1.4 <html>", "a.html")) == 0


def test_tags_beyond_all_depth_are_refused_at_once() -> None:
    started = time.process_time()
    with pytest.raises(ReadError, match="嵌套"):
        read("<html>" + "<div>" * 200_000)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    ("data", "message"),
    [(b"", "文件是空的"), (b"<html><body></body></html>", "没有文字|没有正文"), (b"plain", "没有文字")],
)
def test_what_is_no_page_is_told(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read(data)
