"""Fictional reports, the same for the same seed: `python benchmarks/made_reports.py FOLDER [COUNT]`."""

from __future__ import annotations

import io
import os
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

COUNTIES = ("云溪县", "临泽区", "石湖县", "白渡市", "青坪县", "松原区", "木兰县", "沙河区")
FIRST = "东西南北上下大小新老长平清白青金石云龙凤"
SECOND = "岭溪河湖桥塘坪湾渡泉岗庄店寨坝坡洲浦沟门"
YEARS = (2022, 2023)
# Old enough for a folder's stamps.
WRITTEN = 1_700_000_000
# Of so many files one is broken, one is something else, one is a copy of its neighbour.
BROKEN, OTHER, COPY = 41, 37, 43

BODY = """{issuer}{year}年法治政府建设情况报告

{year}年，{town}坚持以习近平法治思想为指导，扎实推进法治政府建设。现将有关情况报告如下：

一、主要举措和成效
（一）健全依法决策机制。全年召开法治专题会议{a}次，党政主要负责人听取法治工作汇报{b}次，合法性审查{c}件。
（二）规范行政执法。开展联合执法检查{d}次，办理行政处罚案件{e}件，罚款{f}元，办理行政许可{g}件。
（三）化解矛盾纠纷。排查矛盾纠纷{h}件，调解成功{i}件，受理信访事项{j}件。{said}
（四）加强法治宣传。开展普法宣传活动{k}场次，发放宣传资料{m}余份，举办法治讲座{n}场。

二、存在的问题和不足
一是执法力量不足，{b}名执法人员还没有取得执法证。二是法治宣传形式单一。{more}

三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法{a}次，研究部署法治建设重点工作{b}次，出庭应诉{n}件。

四、下一年度工作安排
一是加强执法队伍建设。二是创新普法形式。三是完善多元化解机制，到2035年基本建成法治乡镇。

{town}人民政府
{next}年{month}月{day}日
"""
PHRASES = (
    "坚持和发展新时代“枫桥经验”，推动矛盾就地化解。",
    "严格落实重大行政决策程序规定。",
    "依托综合治理中心建立联动机制。",
    "组织村居法律顾问下沉开展服务。",
    "推进行政执法“三项制度”落地见效。",
    "聚焦群众急难愁盼问题优化服务。",
)


def names(count: int) -> Iterator[tuple[str, str]]:
    """Yield a county and a town, all different."""
    for number in range(count):
        county = COUNTIES[number % len(COUNTIES)]
        rest = number // len(COUNTIES)
        first, second = FIRST[rest % len(FIRST)], SECOND[rest // len(FIRST) % len(SECOND)]
        third = FIRST[rest // len(FIRST) // len(SECOND) % len(FIRST)]
        yield county, f"{first}{second}镇" if rest < len(FIRST) * len(SECOND) else f"{first}{third}{second}镇"


def text_of(county: str, town: str, year: int, dice: random.Random) -> str:
    """Return a report's text."""
    figures = {name: dice.randint(2, 400) for name in "abcdegkn"}
    told = dice.randint(20, 300)
    return BODY.format(
        issuer=f"{county}{town}人民政府",
        town=town,
        year=year,
        next=year + 1,
        month=dice.randint(1, 3),
        day=dice.randint(1, 28),
        f=dice.randint(1, 90) * 500,
        h=told,
        i=told - dice.randint(0, 15),
        j=dice.randint(1, 60),
        m=dice.randint(2, 90) * 100,
        said="".join(dice.sample(PHRASES, 3)),
        more="".join(dice.sample(PHRASES, 2)),
        **figures,
    )


def as_html(text: str) -> bytes:
    """Return a text as a page."""
    rows = "\n".join(f"<p>{line}</p>" for line in text.split("\n") if line)
    return (
        f"<html><head><meta charset='utf-8'></head><body><div id='zoom'>{rows}</div></body></html>".encode()
    )


def as_docx(text: str) -> bytes:
    """Return a text as a Word file, the same bytes for the same text."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n") if line)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>{body}')
    return out.getvalue()


def write_reports(folder: Path, count: int, *, seed: int = 7) -> None:
    """Write reports into a folder, some of them broken, something else, or a neighbour's copy."""
    dice = random.Random(seed)
    before = b""
    for number, (county, town) in enumerate(names(count)):
        year = YEARS[number % 3 == 2]
        text = text_of(county, town, year, dice)
        suffix, data = (
            (".txt", text.encode()), (".html", as_html(text)), (".docx", as_docx(text))
        )[number % 3]  # fmt: skip
        if number % BROKEN == BROKEN - 1:
            suffix, data = ".docx", as_docx(text)[:-400]
        elif number % OTHER == OTHER - 1:
            suffix, data = ".txt", f"{town}{year}年工作要点\n\n一、抓好生产。\n二、抓好安全。\n".encode()
        elif number % COPY == COPY - 1 and before:
            suffix, data = ".txt", before
        if suffix == ".txt":
            before = data
        place = folder / county
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{number:05d}{town}{suffix}"
        path.write_bytes(data)
        os.utime(path, (WRITTEN + number, WRITTEN + number))


def main() -> None:
    if len(sys.argv) < 2:
        print(text_of("云溪县", "东岭镇", 2023, random.Random(7)))
        return
    write_reports(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)


if __name__ == "__main__":
    main()
