"""Another place's name where a report speaks of its own work: what is left of a text that was copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao import Context, Field, Finding, IssuerLevel, Quote, Report, Severity
from nianbao.divisions import Divisions, Level
from nianbao.divisions.names import bare_division
from nianbao.grammar.reading import Reading
from plugins.validators.extent import extent, is_label
from plugins.validators.outcomes import Ruling, judged, unclear
from plugins.validators.placenames import TOWN_ENDING, Name, stem, successors, town_before, upper_before

_BASIS = "报告写本单位的工作，不应当把其他地方写成自己"
_LEVELS = frozenset({IssuerLevel.TOWN, IssuerLevel.COUNTY, IssuerLevel.CITY, IssuerLevel.DEPARTMENT})
_MOST_QUOTES = 10
_ORGAN = (
    r"党委|党工委|人民政府|政府|办事处|纪委|纪工委|人大|党政(?:办|主要|领导|班子|联席)|综合行政执法|综合执法|政法委|平安办|司法所|政务服务"
    r"|便民服务|党群服务|综治中心|矛调中心|调委会|人民调解委员会|机关干部|领导班子|全体"
)
_DOES = (
    r"坚持|深入|严格|认真|积极|持续|全面|高度重视|始终|切实|着力|紧紧|紧扣|紧盯|通过|组织|召开|开展|成立|建立|制定|共|累计|充分|大力|不断|进一步"
    r"|牢固|突出|聚焦|将|把|结合|依托|按照|扎实|落实|推进|推动|加强|强化|健全|完善|对照|立足|围绕|创新|探索|主动|及时|办理|化解|依法|法治"
    r"|\s?\d{1,3}\s?个(?:行政|自然)?(?:村|社区)(?:全部|均|都|实现|全覆盖)|在|以(?![东西南北外内上下])|自觉|下辖|位于|聚力|锚定|能够|做好|抓好|狠抓|多措|紧跟|强力|精心|有序|稳步|注重|高质量|经济社会|成功|获评|荣获|荣膺|被评|20\d\d年"
)
_TOWN_ACTS = re.compile(
    rf"(?<=[\u4e00-\u9fff]{{2}})(?<![全我本该各每])(?:镇|乡|街道|苏木)(?={_ORGAN}|{_DOES})"
)
_UPPER_ACTS = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?<![全我本该各每])(?:(?<![社园辖灾库景])区|[省市县旗州盟])(?=[县市区州旗省]?委(?![员托派]|管)|[县市区]?人民政府|政府|司法局|依法治|全面依法|{_DOES})"
)
_IS_ORGAN = re.compile(rf"{_ORGAN}|[县市区州旗省]?委|[县市区]人民政府|司法局|依法治|全面依法")
_BEGINS = re.compile(r"(?:[。;\n:]|^|[一二三四五六七八九十\d]是)$")
_CLAUSE = ("，", ",")
_AFTER_LEAD = re.compile(
    r"(?:20\d\d年度?(?:以?来)?|今年(?:以来)?|[一近]年来|[领指支帮][导持助]下|如下)[，,:]\n?$|20\d\d年度?$"
)
_WORK = re.compile(r"(?:20\d\d年度?)?法治(?:政府)?建设|(?:推[进动])?高质量发展|经济社会发展|依法行政")
_OPENING = re.compile(
    r"(?:现将|现就)(?:20\d\d年度?)?(?P<name>[\u4e00-\u9fff]{2,20}?)(?:人民政府|办事处)?(?=20\d\d|法治政府|推进|关于|落实)"
)
_MADE = re.compile(r"(?:制定|印发|出台|制发|修订|下发|拟定|编制)了?《(?P<title>[\u4e00-\u9fff]{2,24})")
# A plan that binds the issuer: its own, or one of its superiors'.
_BOUND_BY = re.compile(
    r"(?:对照|按照|根据|落实|执行|依据|遵照)了?《(?=(?P<title>[\u4e00-\u9fff]{2,14}?[县市区旗州])(?:20\d\d|法治|委|人民政府|政府|司法局|全面)"
    r"[^》]{2,40}(?:要点|方案|计划|安排|规划|清单|意见|办法|通知|细则)》)"
)
_PLACE = re.compile(r"(?!全|本|各|乡镇|该)[\u4e00-\u9fff]{2,12}?(?:镇|乡|街道)(?!村|镇|乡)")
_BY = re.compile(r"[^，,。;；]{0,16}$")
_SUPERIOR = re.compile(r"[县市区省州旗盟](?!直)|上级|国务院|中央")
# Neighbours, hosts, partners, parties: right before the name, or anywhere in the sentence.
_BESIDE = re.compile(
    r"(?:[与同跟赴往向对到、]|前往|联合|会同|对接|借鉴|学习|参考|考察|帮助|支援|来自|毗邻|邻近|周边|相邻|友邻|兄弟|原|并入|划归|移交|协助|配合"
    r"|观摩|如|例如|像|给|至|比|向)的?(?:市|县|区|乡镇|镇|街道)?$"
)
_AFTER = re.compile(
    r"(?:等|、[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|县|区)|[与和同](?!谐)[\u4e00-\u9fff]{1,6}(?:镇|乡|街道|县|区)|联合)"
)
_ELSEWHERE = re.compile(
    r"考察(?:学习|交流|调研|取经|团)|学习考察|(?:赴|前往|外出|到)[^，。]{0,14}考察|毗邻|交界|接壤|边界|省际|市际|县际|对口|东西部|签[订署][^，。]{0,12}协议|(?<!枫桥)(?<!枫桥”)经验(?!丰富|不足)|案例|原告|被告|一案|典型案|挂职"
    r"|友邻|兄弟|邻[镇乡县区市]|友好|撤[乡镇县市]|合并|区划调整|代管|托管|揭牌|转载|异地|跨[区省市县域]|交流学习|学习交流|观摩|中级人民法院"
)


@dataclass(frozen=True, slots=True)
class _Own:
    """What a report may call its own.

    Args:
        level: of the issuer.
        names: all names of its place and of what holds it, in one text.
        code: of its division, or an empty string.
        told: the ranks at which its own place is known.
        duty: what a department is called without its place (应急管理局); empty for a government.
        directory: the divisions.
    """

    level: IssuerLevel
    names: str
    code: str
    told: frozenset[Level]
    duty: str
    directory: Divisions

    def holds(self, name: Name) -> bool:
        """Whether a name is the issuer's, its superior's, or of a place below it."""
        bare = stem(name.text)
        if name.text in self.names or (len(bare) > 1 and (bare in self.names or _is_short(bare, self.names))):
            return True
        if any(other in self.names for other in successors(name.text)):
            return True
        return any(
            self.code and (d.code.startswith(self.code) or self.code.startswith(d.code))
            for d in name.divisions
        )

    def can_tell(self, name: Name) -> bool:
        """Whether the issuer's own place of a name's rank is known, so that another one is another's."""
        if name.text.endswith(("镇", "乡", "街道", "苏木")):
            # A county has towns that no table knows yet; one alone of its name, far away, is none of them.
            far = len(name.divisions) == 1 and not name.divisions[0].code.startswith(self.code[:2])
            return self.level is IssuerLevel.TOWN or (bool(self.code) and far)
        if not name.divisions:
            return Level.COUNTY in self.told and name.text.endswith(("县", "区", "旗"))
        ranks = {division.level for division in name.divisions}
        return ranks <= self.told


def _is_short(bare: str, names: str) -> bool:
    """Whether a stem is what is left of one of the names: 阿日善 of 阿日善图."""
    return any(bare in own or (len(own) > 1 and own in bare) for own in names.split())


def judge(report: Report, context: Context) -> Ruling:
    """Judge whether a report speaks of its own work under another place's name."""
    reading = context.reading
    level = report.value(Field.ISSUER_LEVEL)
    issuer = report.value(Field.ISSUER)
    if reading is None or issuer is None or level not in _LEVELS:
        return unclear("不知道是哪一级单位的报告")
    own = _own(report, IssuerLevel(level), context.divisions)
    if not _is_told(report, reading):
        return unclear("正文和标题都没有写本单位的名称，无法与其他名称比较")
    first, last = (reading.shadow.locate(at) for at in extent(report, reading.text))
    found: dict[str, list[Name]] = {}
    for name in _strangers(reading, own):
        if first <= name.start < last and not is_label(_line(reading, name)):
            found.setdefault(name.text, []).append(name)
    return judged(_finding(names, report, reading) for names in found.values())


def _is_told(report: Report, reading: Reading) -> bool:
    """Whether title or text name the issuer, so that its identity is no guess from elsewhere."""
    words = (report.value(Field.TITLE) or "") + reading.shadow.text
    names = (report.value(Field.TOWN), report.value(Field.COUNTY), report.value(Field.ISSUER))
    return any(stem(bare_division(name)) in words for name in names if name)


def _line(reading: Reading, name: Name) -> str:
    text = reading.shadow.text
    end = text.find("\n", name.end)
    return text[text.rfind("\n", 0, name.start) + 1 : end if end >= 0 else len(text)]


def _own(report: Report, level: IssuerLevel, directory: Divisions) -> _Own:
    fields = (Field.ISSUER, Field.TITLE, Field.PROVINCE, Field.CITY, Field.COUNTY, Field.TOWN)
    told = [value for field in fields if (value := report.value(field))]
    code = report.value(Field.DIVISION_CODE) or ""
    lineage = directory.lineage(code) if code else ()
    names = [*told, *(division.name for division in lineage)]
    places = {Field.PROVINCE: Level.PROVINCE, Field.CITY: Level.CITY, Field.COUNTY: Level.COUNTY}
    ranks = {rank for field, rank in places.items() if report.value(field)} | {d.level for d in lineage}
    stems = {stem(bare_division(name)) for name in names}
    duty = _duty(directory, report.value(Field.ISSUER) or "") if level is IssuerLevel.DEPARTMENT else ""
    return _Own(level, " ".join([*names, *stems]), code, frozenset(ranks), duty, directory)


def _duty(directory: Divisions, issuer: str) -> str:
    """Return a department's name without its place."""
    parts = directory.split(issuer)
    return issuer.rpartition(parts[-1].name)[2] if parts else issuer


def _strangers(reading: Reading, own: _Own) -> Iterator[Name]:
    text = reading.shadow.text
    spans = [
        *((match, town_before) for match in _TOWN_ACTS.finditer(text)),
        *((match, upper_before) for match in _UPPER_ACTS.finditer(text)),
    ]
    for match, before in spans:
        name = before(own.directory, text, match.end())
        if name is not None and _acts(text, name) and _is_strange(name, reading, own):
            yield name
    yield from _introduced(text, reading, own)
    yield from _bound_by(text, own)
    at = text.find(own.duty) if len(own.duty) > 2 else -1
    while at >= 0:
        name = upper_before(own.directory, text, at)
        if name is not None and _is_strange(name, reading, own):
            yield name
        at = text.find(own.duty, at + 1)


def _acts(text: str, name: Name) -> bool:
    """Whether an organ or the work of the place is named, or the place itself begins a sentence.

    One that the table knows may begin any clause, another one that after the time or the leadership.
    """
    if _IS_ORGAN.match(text, name.end):
        return True
    if not name.divisions and not TOWN_ENDING.search(name.text):
        return False
    if _BEGINS.search(text, max(0, name.lead - 4), name.lead):
        return True
    if name.divisions:
        return text[name.lead - 1 : name.lead] in _CLAUSE or _WORK.match(text, name.end) is not None
    return _AFTER_LEAD.search(text, max(0, name.lead - 8), name.lead) is not None


def _is_strange(name: Name, reading: Reading, own: _Own) -> bool:
    if own.holds(name) or not own.can_tell(name):
        return False
    text = reading.shadow.text
    begin, end = reading.sentence(name.start)
    if text.rfind("《", begin, name.start) > text.rfind("》", begin, name.start):
        return False
    return not (
        _BESIDE.search(text, max(begin, name.lead - 12), name.lead)
        or _AFTER.match(text, name.end)
        or _ELSEWHERE.search(text, begin, end)
    )


def _introduced(text: str, reading: Reading, own: _Own) -> Iterator[Name]:
    """The place whose report the opening announces, and those whose papers the issuer made."""
    found = [(match.start("name"), match["name"]) for match in _OPENING.finditer(text)]
    found += [
        (match.start("title"), match["title"])
        for match in _MADE.finditer(text)
        if own.level is IssuerLevel.TOWN and not _made_above(text, match.start())
    ]
    for start, words in found:
        place = _PLACE.match(words)
        if place is None or "我" in place[0]:
            continue
        end = start + place.end()
        # What is announced or entitled begins where the words begin, whether a table knows it or not.
        name = town_before(own.directory, text, end) or Name(place[0], start, end, start, ())
        if name.lead >= start and not own.holds(name) and own.can_tell(name):
            yield name


def _bound_by(text: str, own: _Own) -> Iterator[Name]:
    """The places whose plans the issuer says that it carries out, and which are none above it."""
    for match in _BOUND_BY.finditer(text):
        name = upper_before(own.directory, text, match.end("title"))
        if name is None or not name.divisions or name.lead != match.start("title"):
            continue
        if not own.holds(name) and own.can_tell(name):
            yield name


def _made_above(text: str, at: int) -> bool:
    """Whether the clause before a verb names a superior as the one who acts."""
    by = _BY.search(text, max(0, at - 16), at)
    return by is not None and _SUPERIOR.search(by[0]) is not None


def _finding(names: list[Name], report: Report, reading: Reading) -> Finding:
    name = names[0]
    shown = reading.shadow.text[name.start : name.end + 8].split("\n")[0].split("。")[0]
    issuer = report.value(Field.ISSUER)
    times = f"等{len(names)}处" if len(names) > 1 else ""
    return Finding(
        "foreign-name",
        "foreignnames.foreign-name",
        Severity.ERROR,
        f"正文把“{name.text}”写成了本单位（“{shown}…”{times}），而本报告是{issuer}的，疑为套用其他地方的文稿时漏改。",
        tuple(Quote(*reading.quote(each.start, each.end)) for each in names[:_MOST_QUOTES]),
        f"请核对，如属漏改，把“{name.text}”改为本单位的名称。",
        basis=_BASIS,
    )
