"""The short ways to a page's lines give exactly what the way through the marked tree gives."""

from __future__ import annotations

import random
import re

import pytest
from built_files import download
from mutations import anywhere, in_tags

from connectors.readers import flow, mainbody
from connectors.readers import html as reader
from connectors.readers.linebreaks import plain_lines
from nianbao import Document, FactName, ReadError

TEXTS = [
    "云岭镇2023年法治政府建设年度报告",
    "2023年，云岭镇深入贯彻落实上级关于法治政府建设的决策部署，全面推进依法行政，现将有关情况报告如下：",
    "一、主要举措和成效",
    "（一）规范执法。全年办理行政处罚案件12件，罚款3.5万元，开展行政检查256次，没有发生行政复议被纠错的情形。",
    "二、存在的不足和原因",
    "一是执法队伍力量不足，人员流动较快；二是普法宣传形式单一，群众参与程度不高，针对性还需要进一步增强。",
    "下一步，云岭镇将继续加强法治建设，完善制度，提升能力，推动各项工作再上新台阶，为经济社会发展提供保障。",
    "云岭镇人民政府",
]
ABOVE = (
    "<ul><li><a href='/'>首页</a></li></ul><div class='position'><p>首页</p><p>公开</p></div>",
    "<div class='crumb'>当前位置：<a href='/'>首页</a> &gt; <a href='/a'>公开</a></div>",
    "<table><tr><td>索 引 号</td><td>K1/2024-1</td><td>发布日期</td><td>2024-01-18</td></tr></table>",
    "<div class='title'><h1>云岭镇2023年法治政府建设年度报告</h1><input name=q></div>",
    "<div>发布时间：2024-01-24　来源：云岭镇人民政府<br>文号：<span>云政〔2024〕1号</span></div>",
    "直接的文字<b>粗体</b>\n下一行 &amp;lt; &nbsp;<p>一段<p>又一段",
    "<ol><li>甲<li>乙</ol>",
)
WRITTEN = (
    lambda text: f"<p style='text-indent:2em'>{text}</p>\n",
    lambda text: (
        f'<p class="MsoNormal"><span style="font-size: 16pt">{text[:3]}</span><b>{text[3:]}</b><o:p></o:p>'
    ),
    lambda text: f"<p>\n&emsp;&emsp;{text[:9]}\r\n{text[9:]}\n</p>",
    lambda text: f"<div>{text}<br></div>",
    lambda text: f"<p>{text}</p>{'散落的文字' if text.startswith('二') else ''}",
)
ODD_PARTS = (
    "<table><tr><td>1</td></tr></table>", "<sup>1</sup>", "<pre>a\nb</pre>", "<b>",
    "<p><button><p>内</p></button>",
    "<h2>标题</h2>", "\u2029", "\ufdd1x\ufdd1", "<p hidden>藏</p>", "<!-- 注 -->", "<section>", "</div>",
    "<br>", "<ol><li>", '<a href="/a/b.doc" title="a>b">附件.doc</a>', "<script>var a='</p>'</script>",
    "  ", "\t", "&#160;", "<img alt='<p>'>",
)  # fmt: skip


def _pages() -> list[bytes]:
    chance = random.Random(7)
    pages = []
    for number in range(60):
        above = "".join(chance.sample(ABOVE, chance.randint(0, 4)))
        body = "".join(WRITTEN[number % len(WRITTEN)](text) for text in TEXTS)
        head = "<!DOCTYPE html><html><head><title>报告_云岭县</title></head>"
        made = f"{head}<body>{above}<div id='zoom'>{body}</div></body></html>"
        for _ in range(number // 20):
            place = chance.choice([match.end() for match in re.finditer(">", made)])
            made = made[:place] + chance.choice(ODD_PARTS) + made[place:]
        pages.append(made.encode())
    damaged = [harm(page, chance) for page in pages for harm in (anywhere, in_tags)]
    return [*pages, *damaged]


def _read(data: bytes) -> Document | str:
    try:
        return reader.read_html(download(data, "报告.html"))
    except ReadError as error:
        return str(error)


def test_short_ways_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = _pages()
    short = [_read(page) for page in pages]
    taken = []
    monkeypatch.setattr(flow, "paragraphs", lambda root, text: taken.append(1))
    monkeypatch.setattr(mainbody, "plain_lines", lambda markup: taken.append(2))
    marked = [_read(page) for page in pages]
    assert taken.count(1) > 90
    assert taken.count(2) > 90
    for page, first, second in zip(pages, short, marked, strict=True):
        assert first == second, page.decode(errors="replace")


def test_a_heading_within_a_title_brings_no_sign_along() -> None:
    body = "".join(WRITTEN[0](text) for text in TEXTS)
    above = "<div class='title'><h1>云岭镇年度报告</h1><sup>1</sup></div>"
    document = _read(f"<!DOCTYPE html><html><body>{above}<div id='zoom'>{body}</div></body></html>".encode())
    assert isinstance(document, Document)
    titles = [fact.value for fact in document.facts if fact.name is FactName.TITLE]
    assert titles == ["云岭镇年度报告1", "云岭镇年度报告"]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<div>甲<b>乙</b></div>丙<br>丁", ["甲乙", "丙", "丁"]),
        ('<p title="a>b<p>">甲\n乙 &lt;p&gt;</p>', ["甲乙 <p>"]),
        ('<p title="<b ">甲</p><p title=" >">乙</p>', ["甲", "乙"]),
        ('<x title="<b ">甲</x>', None),
        ("<table><tbody></tbody></table>", None),
        ("<ol><li>甲</li></ol>", None),
        ("<pre>甲</pre>", None),
        ("<script>甲</script>", None),
        ("甲\ufdd0", None),
    ],
)
def test_plain_lines(markup: str, expected: list[str] | None) -> None:
    assert plain_lines(markup) == expected
