"""What a fictional county publishes: its reports over four years, and all that stands beside them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from benchmarks.made_reports import BODY, PHRASES

COUNTY = "岚溪县"
ABOVE = "湖南省怀化市"
YEARS = (2021, 2022, 2023, 2024)
# What no site has, however long one looks.
UNPUBLISHED = frozenset({("松子岭乡", 2021), ("竹篁乡", 2022), ("民政局", 2024)})
# Whose first heading still has the year before.
COPIED_YEAR = ("梧台街道", 2023)
FORMS = ("docx", "pdf", "ofd", "doc", "wps", "zip")


class Kind(StrEnum):
    """What a paper is; only the first is wanted."""

    REPORT = "report"
    OPENNESS = "openness"
    PLAN = "plan"
    NEWS = "news"
    NOTICE = "notice"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who publishes, on which site, under which folder of it."""

    name: str
    site: str
    slug: str
    number: int

    @property
    def full(self) -> str:
        """The name as it signs."""
        if self.name == COUNTY or self.name.endswith(("镇", "乡")):
            return f"{self.name}人民政府"
        return f"{self.name}办事处" if self.name.endswith("街道") else f"{COUNTY}{self.name}"

    @property
    def titled(self) -> str:
        """The name as titles have it."""
        return self.full if self.full.startswith(COUNTY) else f"{COUNTY}{self.full}"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its words, its days, and whether the page holds them or a file does.

    Args:
        number: unique in the county; addresses are made of it.
        in_page: whether the page holds the text.
        form: what the attachment is, if there is one.
        cut: whether lists cut its title.
    """

    number: int
    issuer: Issuer
    kind: Kind
    year: int
    title: str
    lines: tuple[str, ...]
    written: date
    published: date
    in_page: bool = True
    form: str = ""
    cut: bool = False

    @property
    def key(self) -> str:
        """32 hex digits of its own."""
        return sha256(f"{self.issuer.slug}-{self.number}".encode()).hexdigest()[:32]

    @property
    def shown(self) -> str:
        """The title as a list shows it."""
        return f"{self.title[:16]}…" if self.cut else self.title


def make_issuers() -> tuple[Issuer, ...]:
    """Return the county's issuers."""
    rows = (
        (COUNTY, "trs", "xzf"), ("雁栖渡镇", "trs", "yqdz"), ("石榴坪镇", "trs", "slpz"),
        ("青萝湾镇", "ucap", "qlwz"), ("双枫桥镇", "ucap", "sfqz"), ("白鹭洲镇", "jpage", "blzz"),
        ("竹篁乡", "xxgk", "zhx"), ("松子岭乡", "jpaas", "szlx"), ("桂影街道", "gkmlpt", "gyjd"),
        ("教育局", "gkmlpt", "jyj"), ("梧台街道", "nfcms", "wtjd"), ("司法局", "vsb", "sfj"),
        ("应急管理局", "vsb", "yjj"), ("市场监督管理局", "plain", "scjg"), ("民政局", "plain", "mzj"),
        ("水利局", "script", "slj"),
    )  # fmt: skip
    return tuple(Issuer(*row, number=number) for number, row in enumerate(rows))


def make_papers(issuers: tuple[Issuer, ...], *, seed: int) -> tuple[Paper, ...]:
    """Return all papers of some issuers, the newest first; the same for the same seed."""
    papers = [paper for issuer in issuers for paper in _papers_of(issuer, seed)]
    return tuple(sorted(papers, key=lambda paper: (paper.published, paper.number), reverse=True))


def _papers_of(issuer: Issuer, seed: int) -> list[Paper]:
    dice = random.Random(f"{seed} {issuer.name}")
    usual = {name: dice.randint(low, high) for name, (low, high) in _USUAL.items()}
    made: list[Paper] = []
    for year in YEARS:
        number = 10_000 + issuer.number * 100 + (year - YEARS[0]) * 20
        if (issuer.name, year) not in UNPUBLISHED:
            made.append(_report(issuer, year, number, usual, dice))
        made += [
            _other(issuer, year, number + place, kind, dice) for place, kind in enumerate(_BESIDE, start=1)
        ]
    return made


# What is usual in a year, as the letters of BODY.
_USUAL = {
    "a": (4, 12), "b": (2, 6), "c": (8, 40), "d": (12, 90), "e": (5, 80), "f": (20, 160), "g": (60, 900),
    "h": (40, 300), "j": (10, 60), "k": (12, 60), "m": (20, 90), "n": (2, 9),
}  # fmt: skip
_MORE = (
    "（五）强化队伍建设。全镇现有持证行政执法人员{p}名，组织执法培训{q}期{r}人次，评查行政执法案卷{s}份。",
    "（六）落实监督制约。办理人大代表建议{t}件、政协委员提案{u}件，办结率100%；主动公开政府信息{v}条，受理行政复议案件{w}件。",
)
_THIN = (
    "三是部分干部运用法治思维解决实际问题的能力还有差距，"
    "对新修订的法律法规学习不够系统、不够深入，遇到疑难问题办法不多。"
)


def _report(issuer: Issuer, year: int, number: int, usual: dict[str, int], dice: random.Random) -> Paper:
    figures = {name: max(1, round(value * dice.uniform(0.85, 1.2))) for name, value in usual.items()}
    written = date(year + 1, 1, 8) + timedelta(days=dice.randint(0, 60))
    figures["f"] *= 500
    figures["m"] *= 100
    body = BODY.format(
        issuer=issuer.titled, town=issuer.name, year=year, next=year + 1,
        month=written.month, day=written.day,
        i=figures["h"] - dice.randint(0, 6), said="".join(dice.sample(PHRASES, 3)), **figures,
        more="".join(dice.sample(PHRASES, 2)) + _THIN,
    )  # fmt: skip
    body = body.replace(f"{issuer.name}人民政府\n{year + 1}", f"{issuer.full}\n{year + 1}")
    more = {name: dice.randint(low, high) for name, low, high in _FURTHER}
    title = _REPORTS[issuer.number % len(_REPORTS)].format(full=issuer.titled, year=year, above=ABOVE)
    lines = [title, *(line for line in body.split("\n")[1:] if line)]
    at = lines.index("二、存在的问题和不足")
    lines[at:at] = [each.format(**more) for each in _MORE]
    if (issuer.name, year) == COPIED_YEAR:
        lines[lines.index("一、主要举措和成效")] = f"一、{year - 1}年主要举措和成效"
    if not issuer.name.endswith("镇"):
        lines = [line.replace("全镇", "全单位" if issuer.name.endswith("局") else "全域") for line in lines]
    place = (issuer.number * len(YEARS) + year - YEARS[0]) % 10
    # Of ten reports three stand in a file alone, and two both in the page and in a file.
    form = FORMS[(issuer.number + year) % len(FORMS)] if place in (1, 3, 5, 7, 8) else ""
    return Paper(
        number, issuer, Kind.REPORT, year, title, tuple(lines), written,
        written + timedelta(days=dice.choice((0, 0, 1, 3, 12))),
        in_page=place not in (1, 5, 8), form=form, cut=place in (2, 6),
    )  # fmt: skip


_REPORTS = (
    "{full}{year}年法治政府建设情况报告",
    "{full}关于{year}年度法治政府建设情况的报告",
    "{full}{year}年度法治政府建设工作报告",
    "{year}年{full}法治政府建设年度报告",
    "{above}{full}{year}年推进法治政府建设工作情况报告",
)
_FURTHER = (
    ("p", 8, 40), ("q", 2, 6), ("r", 30, 200), ("s", 5, 30), ("t", 1, 20), ("u", 1, 15),
    ("v", 60, 900), ("w", 1, 5),
)  # fmt: skip
_BESIDE = (Kind.OPENNESS, Kind.PLAN, Kind.NEWS, Kind.NOTICE, Kind.EXPLAINED, Kind.NEWS)
_TITLES = {
    Kind.OPENNESS: ("{full}{year}年政府信息公开工作年度报告",),
    Kind.PLAN: ("{short}{next}年法治政府建设工作要点", "关于印发《{short}{next}年依法行政工作安排》的通知"),
    Kind.NEWS: (
        "{short}开展“宪法宣传周”活动", "{short}召开法治政府建设工作推进会", "{short}组织行政执法人员培训",
        "{short}调解小组上门化解邻里纠纷",
    ),
    Kind.NOTICE: ("关于春节期间值班安排的通知", "{short}{next}年森林防火通告", "{short}公开招聘工作人员公告"),
    Kind.EXPLAINED: ("【文字解读】《{short}关于加强法治政府建设的意见》文件解读",),
}  # fmt: skip
_SAYINGS = (
    "{year}年以来，{short}按照上级部署稳步推进各项工作，取得阶段性成效，受到群众好评。",
    "会议要求，各村（社区）、各股室要提高认识，压实责任，确保各项任务落到实处。",
    "活动现场共发放宣传资料{count}余份，接受群众咨询{few}人次，营造了尊法学法守法用法的浓厚氛围。",
    "请各有关单位结合实际认真贯彻执行，执行中的问题及时向办公室反映。",
)


def _other(issuer: Issuer, year: int, number: int, kind: Kind, dice: random.Random) -> Paper:
    words = {
        "full": issuer.titled, "short": issuer.name, "year": year, "next": year + 1,
        "count": dice.randint(2, 9) * 100, "few": dice.randint(20, 90),
    }  # fmt: skip
    title = dice.choice(_TITLES[kind]).format(**words)
    day = date(year + 1, 1, 5) + timedelta(days=dice.randint(0, 75 if kind is Kind.OPENNESS else 340))
    lines = (title, *(dice.choice(_SAYINGS).format(**words) for _ in range(4)), issuer.full, _day(day))
    form = "docx" if kind is Kind.PLAN and number % 3 == 0 else ""
    return Paper(number, issuer, kind, year, title, lines, day, day, form=form, cut=number % 11 == 0)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
