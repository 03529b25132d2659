"""Where a report says of another place what it should say of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import IssuerLevel
from nianbao.divisions import Level
from nianbao.grammar.reading import Reading
from plugins.validators.affairs import affairs
from plugins.validators.departments import VERBS, branches, other_heads, same_duty
from plugins.validators.elsewhere import ITS_OFFICES, Elsewhere
from plugins.validators.entitled import entitled, local_laws
from plugins.validators.ownplace import Own
from plugins.validators.placenames import (
    CAUSE,
    LEADS,
    SERVED,
    TOWN_ENDING,
    Name,
    stem,
    town_before,
    upper_before,
)
from plugins.validators.placewords import is_apart, is_word
from plugins.validators.slogans import bettered, served_people, signatories, slogans

# What a town has besides its committees and its government: societies, offices, stations.
_OFFICES = (
    r"干部职工|妇联|团委|团工委|共青团|总?工会(?!法)|残联|科协|关工委|政协(?!委员)|人武部|武装部|(?:宣传|统战|组织)(?:办|委员)|退役军人(?:事务|服务)"
    r"|(?:财政|农业|民政|统计|应急|规划|环保|自然资源|市场监管)(?:所|办)|(?:农业|社会|经济|文化|事业|企业|公共)[\u4e00-\u9fff]{0,6}(?:服务中心|发展中心|[所办])"
    r"|(?:党建工作|经济发展|社会事务|平安法治|应急管理|信访|村镇建设)办|网格(?:中心|员)|执法[大中]?队"
)
_ORGAN = (
    r"党委|党工委|人民政府|政府|办事处|纪委|纪工委|人大|党政(?:办|主要|领导|班子|联席)|综合行政执法|综合执法|政法委|平安办|司法所|政务服务"
    r"|便民服务|党群服务|综治中心|矛调中心|调委会|人民调解委员会|机关干部|领导班子|全体"
    rf"|{_OFFICES}"
)
_DOES = (
    r"应诉|坚持|深入|严格|认真|积极|持续|全面|高度重视|始终|切实|着力|紧紧|紧扣|紧盯|通过|组织|召开|开展|成立|建立|制定|共|累计|充分|大力|不断|进一步"
    r"|牢固|突出|聚焦|将|把|结合|依托|按照|扎实|落实|推进|推动|加强|强化|健全|完善|对照|立足|围绕|创新|探索|主动|及时|办理|化解|依法|法治"
    r"|\s?\d{1,3}\s?个(?:行政|自然)?(?:村|社区)(?:全部|均|都|实现|全覆盖)|在|以(?![东西南北外内上下])|自觉|下辖|位于|聚力|锚定|能够|做好|抓好|狠抓|多措|紧跟|强力|精心|有序|稳步|注重|高质量|经济社会|成功|获评|荣获|荣膺|被评|20\d\d年"
    r"|(?:没有|未)(?:发生|制定|出台|印发|收到|办理|开展|新增)|创建|作?为(?:被告|被申请人)|的(?:行政)?(?:复议|诉讼|应诉|信访)"
)
# The end of a town's name; a pattern that begins with a set of characters is searched for fast.
_TOWN_ENDS = (
    r"[镇乡道木](?:(?<=[\u4e00-\u9fff]{{2}}[镇乡])(?<![{no}].)"
    r"|(?:(?<=街道)|(?<=苏木))(?<=[\u4e00-\u9fff]{{2}}..)(?<![{no}]..))"
)
_TOWN_ACTS = re.compile(rf"{_TOWN_ENDS.format(no='全我本该各每')}(?={_ORGAN}|{_DOES})")
_ANY_TOWN = re.compile(rf"{_TOWN_ENDS.format(no='全我本该各每乡城两')}(?![村级域区道长])")
_ACTS = re.compile(rf"{_ORGAN}|{_DOES}")
# What is told of the place's people and offices, where it begins a sentence.
_TELLS = re.compile(
    r"部分|个别|少数|一些|各[村社站所部]|[村镇乡社]区?干部|干部|群众|基层|执法|辖区|境内|居民|村民|党员|机关|工作人员|普法|法治|地处|的|虽然?|由于|存在|现有"
    r"|目前|[有是仍还尚内辖属]|人口|主要|领导|党政|纪检|武装|应急|信访|调解|网格|社区"
)
_STANDS = re.compile(
    r"(?:^|[^\w“‘《]|[一二三四五六七八九十]是|[，。；\n][在由为使让据经]|全年|今年|目前|年内|覆盖|涵盖|开创|谱写|书写|走遍|遍布)$"
)
# 工业重镇, 文化名镇, 特色小镇: a sort of town, none of that name.
_SORT = re.compile("[重名强小大古新老边]$")
_COUNTY_LEADS = re.compile(rf"[县区旗](?<=[\u4e00-\u9fff]{{2}}.)(?<![全我本该各每].)(?={LEADS.pattern})")
# What a report tells of its own year: 某镇全年未发生一起命案.
_TELLS_OF_THE_YEAR = re.compile(
    r"全年|今年|年内|本年度?|20\d\d年|截[至止]|连续[两二三四五六七八九十\d]+年|累计|(?:未|没有|无一)[^，。]{0,3}(?:发生|出现)|实现|保持"
)
# What bears a place's name, wherever it lies.
_BEARS = re.compile(
    r"(?:人民)?法庭|(?:人民)?(?:法|检察)院|派出所|(?:中心|完全|职业|实验|民族|第[一二三四五])?(?:中学|小学|初中|高中|学校|学区|卫生院|幼儿园)|医院|敬老院|福利院|村|社区"
    r"|方向|附近|一带|路口|收费站|[大小]?[街路桥河湖山](?!办)|大道|水库|电站|车站|高速|段|线|遗址|战役|起义|暴动|革命|纪念|会议|精神|经验|模式|杯|牌|特?产(?!业)|原|来[我镇乡街]|务工|搬迁|移民|商会|协会|公司|集团|厂|合作社|市场|酒|茶|米|籍|人(?!民|大|员)"
    r"|[镇乡](?!长)|(?:工业|产业|科技|创业)?园区?|景区|古镇|大集|庙会|建设(?:改造)?(?:项目|工程)|(?:污水|改造|征迁|拆迁|公路|道路|供水)[^，。]{0,10}(?:项目|工程|案)"
)
_UPPER_ACTS = re.compile(
    rf"[省市县旗州盟区](?<=[\u4e00-\u9fff].)(?<![全我本该各每].)(?<![社园辖灾库景]区)(?=[县市区州旗省]?委(?![员托派]|管)|[县市区]?人民政府|政府|人大(?:及其)?(?:常委会|[、的]?(?:工作|法律)?监督|、政协)|政协(?!委员)|\d{{1,3}}个(?:派出|司法|乡|镇|街|行政村|村|社|基层|中队|大队|部门|县直)|司法局|依法治|全面依法|里?(?:的|统一)+(?:部署|安排|要求)|里(?:部署|安排|要求)|{_DOES}"
    r"|部分|个别|少数|各[乡镇街部]|乡镇|[县区]直|基层|干部|群众|行政[复执机]|公共法律|[\u4e00-\u9fff]{2,14}(?<=[局委会办厅])(?:备案|报备))"
)
_TWO_RANKS = re.compile(r"(?P<one>[县市区旗])委、(?P<other>[县市区旗])(?:人民)?政府")
_IS_ORGAN = re.compile(
    rf"{_ORGAN}|里?(?:的|统一)+(?:部署|安排|要求)|里(?:部署|安排|要求)|[县市区州旗省]?委|[县市区]人民政府|人大(?:及其)?(?:常委会|[、的]?(?:工作|法律)?监督|、政协)|政协|司法局|依法治|全面依法"
    r"|[\u4e00-\u9fff]{2,14}(?<=[局委会办厅])(?:备案|报备)"
)
_BEGINS = re.compile(r"(?:[。;\n:]|^|[一二三四五六七八九十\d]是)$")
_TOWN_OF = re.compile(r"[\u4e00-\u9fff]{2,5}?(?:镇|乡|街道)")
_BEGUN = re.compile(
    r"[。;:，,\n是、](?:(?<![是、])|(?<=[一二三四五六七八九]是)|(?<=[县区旗市]委、))(?P<name>(?![全我本该各两跨])[\u4e00-\u9fff]{2,6}?[县区旗])(?![县区旗域])"
)
# 在某某全县范围内
_ALL_OF = re.compile(r"全(?P<rank>[县市区旗])(?!域)")
_BEFORE_ALL = re.compile(r"(?:^|[^\u4e00-\u9fff]|[在对于是为至向以])$")
_LONGEST_STEM = 4
_CLAUSE = ("，", ",")
_AFTER_LEAD = re.compile(
    r"(?:20\d\d年度?(?:以?来)?|今年(?:以来)?|下一步|接下来|今后|同时|此外|另外|为此|因此|下一年度?|新的一年|[一近]年来|[领指支帮][导持助]下|如下)[，,:]\n?$"
    r"|(?:20\d\d年度?|今年|全年|本年度?|年内|目前|虽然?|尽管|一年来)$"
)
# 也是某县创建示范县的攻坚之年, 涉及某镇的行政复议案件: whose year or whose case it is.
_OF_IT = re.compile(r"(?:也|正|更|又|还)?是$")
_ITS_YEAR = re.compile(r"[^，,。;；\n]{0,30}之年")
_INVOLVING = re.compile(r"涉及$")
_ITS_CASES = re.compile(r"的(?:行政)?(?:复议|诉讼|应诉|信访)")
_SUED = re.compile(r"以$")
_AS_PARTY = re.compile(r"(?:人民政府|政府|办事处)?作?为(?:被告|被申请人)")
_WORK = re.compile(r"(?:20\d\d年度?)?法治(?:政府)?建设|(?:推[进动])?高质量发展|经济社会发展|依法行政")
_OPENING = re.compile(
    r"(?:现将|现就)(?:20\d\d年度?)?(?P<name>[\u4e00-\u9fff]{2,20}?)(?:人民政府|办事处)?(?=20\d\d|法治政府|推进|关于|落实)"
)
_GOES_ON = re.compile(r"[级里上内外两、，。）)]|[与和及同跟]")
# What a government says of itself alone.
_GOES_AHEAD = re.compile(r"将(?:继续|进一步|以|深入|持续|始终|认真|全面|坚持|切实|不断|紧紧|围绕|加快|着力)")
_UPPER_PLACE = re.compile(r"(?![全本各该])[\u4e00-\u9fff]{2,5}[县市区旗]")
_PLACE = re.compile(r"(?!全|本|各|乡镇|该)[\u4e00-\u9fff]{2,12}?(?:镇|乡|街道)(?!村|镇|乡)")


def strangers(reading: Reading, own: Own) -> Iterator[Name]:
    """Yield the names of other places that stand where a report speaks of its own work.

    Args:
        reading: of the report.
        own: what it may call its own.
    """
    text = reading.shadow.text
    elsewhere = Elsewhere(reading, own)
    for find in _FINDERS:
        yield from (name for name in find(text, own) if elsewhere.is_strange(name))
    yield from (name for name in signatories(text, own) if own.can_tell(name) and not own.holds(name))
    yield from other_heads(text, own)
    yield from _introduced(text, own)
    yield from entitled(text, own, elsewhere)
    yield from (name for name in local_laws(text, own) if not elsewhere.is_excused(name))
    yield from _of_two_ranks(text, own)
    yield from (name for name in _led_by(text, own) if not elsewhere.is_excused(name))


def _towns(text: str, own: Own) -> Iterator[Name]:
    """Yield the towns that act; of a town's report also those that a clause begins with, whatever they do."""
    is_town = own.level is IssuerLevel.TOWN
    for match in (_ANY_TOWN if is_town else _TOWN_ACTS).finditer(text):
        end = match.end()
        shortest = 4 if text.endswith("街道", 0, end) else 3
        if text[end - shortest : end] in own.names:
            continue
        name = town_before(own.directory, text, end)
        if name is None:
            continue
        of_the_year = _TELLS_OF_THE_YEAR.match(text, end) is not None and _acts(text, name)
        acts = _ACTS.match(text, end) or (not name.divisions and CAUSE.match(text, end))
        if of_the_year or (_acts(text, name) if acts else _stands(text, name)):
            yield name


def _uppers(text: str, own: Own) -> Iterator[Name]:
    for match in _UPPER_ACTS.finditer(text):
        name = upper_before(own.directory, text, match.end())
        if name is not None and name.text not in VERBS and _acts(text, name):
            yield name


def _upper_begins(text: str, own: Own) -> Iterator[Name]:
    """Yield the counties that a clause begins with; one that no table holds only where a sentence does."""
    for match in _BEGUN.finditer(text):
        name = upper_before(own.directory, text, match.end())
        if name is None or name.lead != match.start("name") or name.text in VERBS:
            continue
        follows = text[name.end : name.end + 1]
        if (
            any(pattern.match(text, name.end) for pattern in (_BEARS, _GOES_ON, _TOWN_OF))
            or follows in "”》的"
        ):
            continue
        new = name.text.endswith("县") and _BEGINS.search(text, max(0, name.lead - 4), name.lead)
        bare = stem(name.text)
        if name.divisions or (new and not is_word(bare) and is_apart(bare, name.text[-1] + follows)):
            yield name


def _wholes(text: str, own: Own) -> Iterator[Name]:
    """Yield the counties of which a report says that all of it is meant: 在某某全县范围内开展…."""
    for match in _ALL_OF.finditer(text):
        for length in range(_LONGEST_STEM, 1, -1):
            start = match.start() - length
            bare = text[max(start, 0) : match.start()]
            held = own.directory.upper(bare + match["rank"]) if start >= 0 else ()
            if held and _BEFORE_ALL.search(text, max(0, start - 2), start):
                yield Name(bare + match["rank"], start, match.end(), start, held)
                break


def _acts(text: str, name: Name) -> bool:
    """Whether an organ or the work of the place is named, or the place itself begins a sentence.

    One that the table knows may begin any clause, another one that after the time or the leadership.
    """
    organ = _IS_ORGAN.match(text, name.end) is not None
    if not name.divisions and is_word(
        stem(name.text), thing=organ and TOWN_ENDING.search(name.text) is not None
    ):
        return False
    if organ:
        return True
    begins = _BEGINS.search(text, max(0, name.lead - 4), name.lead) is not None
    led = _AFTER_LEAD.search(text, max(0, name.lead - 8), name.lead) is not None
    if _is_its_own(text, name):
        return True
    if name.divisions:
        after_stop = begins or led or text[name.lead - 1 : name.lead] in _CLAUSE
        return (
            after_stop
            or ITS_OFFICES.match(text, name.end) is not None
            or _WORK.match(text, name.end) is not None
        )
    if TOWN_ENDING.search(name.text):
        told = text[name.lead - 1 : name.lead] in _CLAUSE and _TELLS_OF_THE_YEAR.match(text, name.end)
        return begins or led or bool(told) or _is_served(text, name)
    return _is_served(text, name) or ((begins or led) and _GOES_AHEAD.match(text, name.end) is not None)


def _is_its_own(text: str, name: Name) -> bool:
    """Whether it is the place whose year it is, or whose cases they are."""
    begin = max(0, name.lead - 2)
    if _OF_IT.search(text, begin, name.lead) and _ITS_YEAR.match(text, name.end):
        return True
    if _SUED.search(text, begin, name.lead) and _AS_PARTY.match(text, name.end):
        return True
    return _INVOLVING.search(text, begin, name.lead) is not None and bool(_ITS_CASES.match(text, name.end))


def _is_served(text: str, name: Name) -> bool:
    """Whether it is the place whose cause is served: 推动某区法治政府建设再上新台阶, 为某镇高质量发展护航."""
    if text.startswith("法治政府建设", name.end) and TOWN_ENDING.search(name.text):
        return True
    served = SERVED.search(text, max(0, name.lead - 2), name.lead) is not None
    return served and CAUSE.match(text, name.end) is not None and _SORT.search(stem(name.text)) is None


def _stands(text: str, name: Name) -> bool:
    """Whether a town is named by itself: one of the table anywhere, another as what a sentence is about."""
    if name.divisions:
        if _BEARS.match(text, name.end) or text[name.end : name.end + 1] in "”》":
            return False
        return _STANDS.search(text, max(0, name.lead - 4), name.lead) is not None
    begins = _BEGINS.search(text, max(0, name.lead - 4), name.lead) is not None
    tells = _TELLS.match(text, name.end) is not None
    if not tells and _BEARS.match(text, name.end) is None and _GOES_ON.match(text, name.end) is None:
        named = _SORT.search(stem(name.text)) is None
        tells = named and is_apart(stem(name.text), name.text[-1] + text[name.end : name.end + 1])
    return begins and tells and not is_word(stem(name.text))


def _introduced(text: str, own: Own) -> Iterator[Name]:
    """The place whose report the opening announces."""
    for match in _OPENING.finditer(text):
        start, words = match.start("name"), match["name"]
        place = _PLACE.match(words) or _UPPER_PLACE.fullmatch(words)
        if place is None or "我" in place[0]:
            continue
        end = start + place.end()
        plain = Name(place[0], start, end, start, ())
        if place.re is _UPPER_PLACE:
            name = upper_before(own.directory, text, end) or plain
        else:
            # What is announced begins where the words begin, whether a table knows it or not.
            name = town_before(own.directory, text, end) or plain
        if name.lead >= start and not own.holds(name) and own.can_tell(name):
            yield name


def _of_two_ranks(text: str, own: Own) -> Iterator[Name]:
    """The counties whose committee stands beside a government of another rank: 某县委、区政府."""
    for match in _TWO_RANKS.finditer(text):
        if match["one"] == match["other"]:
            continue
        name = upper_before(own.directory, text, match.start() + 1)
        if name is not None and {division.level for division in name.divisions} == {Level.COUNTY}:
            yield name


def _led_by(text: str, own: Own) -> Iterator[Name]:
    """The counties under whose leadership the issuer says it is, beside the first that it names so."""
    if own.level not in (IssuerLevel.TOWN, IssuerLevel.DEPARTMENT) or Level.COUNTY in own.told:
        return
    led = [upper_before(own.directory, text, match.end()) for match in _COUNTY_LEADS.finditer(text)]
    named = [name for name in led if name is not None and not is_word(stem(name.text))]
    yield from (name for name in named if name.text != named[0].text and not own.holds(name))


_FINDERS = (
    _towns, _uppers, _upper_begins, _wholes, same_duty, branches, affairs, slogans, bettered,
    served_people,
)  # fmt: skip
