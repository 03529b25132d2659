# ruff: noqa: E501  a setting stands on a line
"""Heads of reports made from the table of divisions itself: what is known of the issuer, told in many ways.

Each setting takes a case (a town or county with its superiors, and others to mislead) and returns a head.
`told` settings tell enough to place the issuer; of the others the right answer may be that nothing decides.
Settings marked `held` were kept apart while the rules were written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from nianbao import Document, Fact, FactName
from nianbao.divisions import Division

OPENING = "2023年以来，我{self}坚持以习近平法治思想为指导，认真落实上级部署，现将有关情况报告如下。"
BODY = """一、主要举措和成效
（一）强化组织领导。我{self}主要负责人带头学法，召开专题会议4次，落实行政执法三项制度。{more}
（二）推进依法行政。办理行政处罚案件12起，开展法治宣传30余场次，化解矛盾纠纷45件。{most}
二、存在的不足和原因
个别干部依法行政能力不足，公共法律服务有待加强。
三、下一年度主要安排
加强学习，加强行政执法监督，推动平安建设。"""


@dataclass(frozen=True, slots=True)
class Case:
    """An issuer and what else its head may name.

    Args:
        place: the issuer's division.
        above: its superiors, the province first.
        sister: another town of the same county (another county of the city).
        stranger: a county far away, `strange`: its superiors.
        twin: a county that has a town of the same name, if there is one.
    """

    place: Division
    above: tuple[Division, ...]
    sister: Division
    stranger: Division
    strange: tuple[Division, ...]
    twin: Division | None

    @property
    def name(self) -> str:
        """The issuer's own name."""
        return self.place.name

    @property
    def parent(self) -> str:
        """The name right above it."""
        return self.above[-1].name

    @property
    def province(self) -> str:
        """The name of its province."""
        return self.above[0].name


@dataclass(frozen=True, slots=True)
class Head:
    """What a setting makes of a case."""

    title: str
    more: str = ""
    most: str = ""
    opening: str = OPENING
    salutation: str = ""
    furniture: str = ""
    tail: str = ""
    facts: dict[FactName, str] = field(default_factory=dict)
    name: str = "report.html"
    region: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """A way to tell the issuer's place."""

    name: str
    make: Callable[[Case], Head]
    told: bool
    held: bool = False


def title_of(name: str) -> str:
    """The usual title."""
    return f"{name}2023年度法治政府建设情况报告"


def document_of(head: Head, self_word: str) -> Document:
    """Put a head together with a body."""
    lines = [head.furniture, head.title, head.salutation, head.opening.format(self=self_word)]
    lines += [BODY.format(self=self_word, more=head.more, most=head.most), head.tail]
    facts = tuple(Fact(name, value, "test") for name, value in head.facts.items())
    return Document(head.name, "0" * 64, "html", "\n".join(line for line in lines if line), facts=facts)


def _bare(case: Case, **more: object) -> Head:
    return Head(title_of(case.name), **more)  # type: ignore[arg-type]


def _full(case: Case) -> str:
    return "".join(d.name for d in case.above) + case.name


def _committee(case: Case) -> str:
    return f"在{case.parent}委、{case.parent}人民政府的坚强领导下，"


def _away(case: Case) -> str:
    city = case.strange[-1].name
    return (
        f"组织干部赴{case.stranger.name}学习考察，对口协作的{city}来访2次，借鉴{case.stranger.name}先进经验。"
    )


def _law(case: Case) -> str:
    return f"宣传《{case.strange[0].name}优化营商环境条例》。"


def _site(case: Case) -> dict[FactName, str]:
    return {FactName.SITE: f"{case.parent}人民政府门户网站"}


def _published(value: str) -> dict[FactName, str]:
    return {FactName.PUBLISHER: value}


SETTINGS = (
    Setting("bare", _bare, told=False),
    Setting("parent in title", lambda c: Head(title_of(c.parent + c.name)), told=True),
    Setting("whole lineage in title", lambda c: Head(title_of(_full(c))), told=True),
    Setting("label 来源", lambda c: _bare(c, furniture=f"发布时间：2024-01-18 来源：{c.parent}人民政府办公室"), told=True),
    Setting("publisher", lambda c: _bare(c, facts=_published(f"{c.parent}司法局")), told=True),
    Setting("publisher full", lambda c: _bare(c, facts=_published(f"{_full(c)}人民政府")), told=True),
    Setting(
        "breadcrumb fact",
        lambda c: _bare(c, facts={FactName.BREADCRUMB: f"{c.parent}人民政府 > 政务公开 > {c.name}"}),
        told=True,
    ),
    Setting("breadcrumb line", lambda c: _bare(c, furniture=f"当前位置：{c.parent}政府网>信息公开>乡镇"), told=True),
    Setting("site", lambda c: _bare(c, facts=_site(c)), told=True),
    Setting("region's host", lambda c: _bare(c, facts={FactName.HOST: "www.region.gov.cn"}, region=c.above[-1].code), told=True),
    Setting("salutation", lambda c: _bare(c, salutation=f"中共{c.parent}委、{c.parent}人民政府："), told=True),
    Setting("salutation bureau", lambda c: _bare(c, salutation=f"{c.parent}司法局："), told=True),
    Setting("sister in text", lambda c: _bare(c, more=f"与{c.sister.name}开展联合执法3次。"), told=False),
    Setting("committee in text", lambda c: _bare(c, more=_committee(c)), told=True),
    Setting("away, parent in title", lambda c: Head(title_of(c.parent + c.name), more=_away(c), most=_away(c)), told=True),
    Setting("away alone", lambda c: _bare(c, more=_away(c)), told=False),
    Setting("away, publisher", lambda c: _bare(c, more=_away(c), facts=_published(f"{c.parent}人民政府")), told=True),
    Setting("law of elsewhere, publisher", lambda c: _bare(c, more=_law(c), facts=_published(f"{c.parent}人民政府")), told=True),
    Setting("law of elsewhere alone", lambda c: _bare(c, more=_law(c)), told=False),
    Setting("own law", lambda c: _bare(c, more=f"落实《{c.province}行政执法监督条例》。"), told=False),
    Setting("folder", lambda c: _bare(c, name=f"{c.parent}/{c.name}.docx"), told=True),
    Setting("signature", lambda c: _bare(c, tail=f"{c.parent}{c.name}人民政府\n2024年1月10日"), told=True),
    Setting("plain parent", lambda c: _bare(c, more=f"法治{_plain(c.parent)}建设取得实效，平安{_plain(c.parent)}建设扎实推进。"), told=False),
    Setting("city in publisher", lambda c: _bare(c, facts=_published(f"{c.above[max(0, len(c.above) - 2)].name}人民政府")), told=False),
    Setting("twin away", lambda c: _bare(c, more=f"赴{_twin(c)}学习1次。{_committee(c)}"), told=True),
    Setting("site of elsewhere", lambda c: _bare(c, facts={FactName.SITE: f"{c.stranger.name}人民政府"}), told=False),
    Setting("title against publisher", lambda c: Head(title_of(c.parent + c.name), facts=_published(f"{c.stranger.name}人民政府")), told=True),
    Setting("statute of the twin's province", lambda c: _bare(c, more=_law(c), facts=_site(c), most=_away(c)), told=True),
    Setting("visitors", lambda c: _bare(c, more=f"接待{c.stranger.name}等地考察团3批，{_committee(c)}"), told=True),
    # Held out.
    Setting("province and parent in 发布机构", lambda c: _bare(c, furniture=f"发布机构：{c.province}{c.parent}{c.name}\n成文日期：2024年1月9日"), told=True, held=True),
    Setting("party and government", lambda c: Head(f"中共{c.parent}{c.name}委员会 {c.parent}{c.name}人民政府\n关于2023年度法治政府建设情况的报告"), told=True, held=True),
    Setting("rule by law office", lambda c: _bare(c, salutation=f"{c.parent}委全面依法治{c.parent[-1]}委员会办公室："), told=True, held=True),
    Setting("no title", lambda c: Head("", facts={FactName.TITLE: f"{title_of(c.name)}_{c.parent}人民政府"}), told=True, held=True),
    Setting("file name", lambda c: Head("2023年度法治政府建设情况报告", name=f"{c.parent}{c.name}2023年法治政府建设报告.docx"), told=True, held=True),
    Setting("opening", lambda c: Head("2023年度法治政府建设情况报告", opening=f"2023年，{c.parent}{c.name}坚持依法行政，按照上级要求推进各项工作。"), told=True, held=True),
    Setting("requirements in text", lambda c: _bare(c, opening=f"根据{c.parent}《2023年法治政府建设工作要点》要求，我{{self}}认真落实。"), told=True, held=True),
    Setting("pairing in text", lambda c: _bare(c, most=f"深化与{c.stranger.name}的东西部协作，{c.stranger.name}帮扶资金到位。", facts=_site(c)), told=True, held=True),
    Setting("stranger alone", lambda c: _bare(c, most=f"与{c.stranger.name}结对共建，借鉴{c.stranger.name}经验做法。"), told=False, held=True),
    Setting("migrants", lambda c: _bare(c, more=f"服务{c.strange[0].name}籍务工人员，{_committee(c)}成效明显。"), told=True, held=True),
    Setting("sisters in text", lambda c: _bare(c, more=f"联合{c.sister.name}、{c.sister.name}派出所开展巡查。", facts={FactName.SITE: f"{c.province}人民政府"}), told=False, held=True),
    Setting("statute of parent's city", lambda c: _bare(c, more=f"《{c.above[max(0, len(c.above) - 2)].name}文明行为促进条例》宣传到位。"), told=False, held=True),
)  # fmt: skip


def _plain(name: str) -> str:
    return name[:-1] if len(name) > 2 else name


def _twin(case: Case) -> str:
    return case.twin.name if case.twin else case.stranger.name
