"""Names of towns and counties that end at a given place of a text, by the table or by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nianbao.divisions import Division, Divisions
from nianbao.divisions.former import KEPT, SUCCESSORS
from nianbao.divisions.names import without_ending

LONGEST = 12
TOWN_ENDING = re.compile(r"(?:镇|乡|街道|苏木)$")
_HAN = re.compile("[\u4e00-\u9fff]")
# What may stand before a name without being part of it.
_LEAD = re.compile(
    r"(?:中共|现将|现就|落实|贯彻|执行|传达|学习|听取|审议|研究|按照|根据|围绕|对照|结合|报送|提请|接受|服从|推进|推动|促进|助力|护航|提升|时代|开创|谱写|书写|全年|今年|目前|年内|覆盖|涵盖|走遍|遍布|通过|由|经|在|是|为|使|让|据|向|年度|虽然|尽管|涉及|总局|对|以|按|[年月日来后时])$"
)
_PARTED = re.compile(r"(?:^|[^\w]|中共|[一二三四五六七八九十]是)$")
# 清溪县平塘乡: a county that no table holds, after a stop.
_COUNTY_BEFORE = re.compile(
    r"(?:^|[^\w“《]|[一二三四五六七八九十]是|[省州盟]|自治区)(?P<name>(?![全我本该各两跨])[\u4e00-\u9fff]{2,4}[县市旗区](?<![社园辖灾库景小新]区))$"
)
# 依托柳林镇综治中心: what such a word leads up to is no part of it.
_LED = re.compile("(?:依托|发挥|利用|组织|发动)$")
# 为青石镇法治建设提供保证, 在白沂县委、县政府的坚强领导下: whose cause is served, or who leads.
SERVED = re.compile(r"(?:为|推动|推进|促进|助力|护航|保障|服务|提升|加快|引领)$")
CAUSE = re.compile(
    r"(?:20\d\d年度?)?(?:法治(?:政府|社会)?建设|法治(?:化水平|化进程|工作)|依法行政|依法治理|依法治[镇乡县区市]|基层治理|平安建设"
    r"|乡村(?:全面)?振兴|(?:经济社会)?(?:持续|健康|稳定|高质量)*发展|(?:社会)?(?:和谐|大局|安全)*稳定)"
)
_UNDER = re.compile(r"(?:在|由|按照|根据|遵照|贯彻|落实)$")
LEADS = re.compile(
    r"[县市区旗州]?(?:委|人民政府|政府)(?:[、和及][县市区旗州]?(?:委|人大|人民政府|政府|政协|纪委监委))*的?(?:坚强|正确|统一|有力|全面|精心|具体|科学|大力|关心|集中)*"
    r"(?:领导|部署|指导|支持|安排|要求|重视)|统一(?:部署|安排|要求)"
)
_IS = re.compile(r"[也正又还]是$")
_YEAR_OF = re.compile(r"[^，,。;；\n]{2,30}之年")
_AFTER_YEAR = re.compile(r"(?:(?:\d|全|今|本)年|年度)$")
# Stems of this length and without these characters and words may be a place that no table holds.
_STEM = re.compile(
    r"(?:(?![各全我本该个两几多每某县市区省乡镇村街社道党政府局委办和与及等在对向由把将被让使为是的了所有新旧到好从以给于并或也都强做抓"
    r"牢严优盯靠级家户人入出列成凡促订请派召推进加落压聚确责检考评纳担采取持提审查发制已经写报日年月度内均扣])[\u4e00-\u9fff]){2,4}"
)
_WORDS = tuple(
    re.findall(
        r"\S+",
        """
    加强 强化 坚持 落实 压实 发挥 健全 完善 成立 召开 组织 根据 按照 依托 邀请 接受 配合 协助 支持 协调 督促
    指导 推动 推进 深化 提升 提高 规范 明确 制定 印发 出台 修订 整合 统筹 建立 构建 打造 通过 利用 结合 围绕
    聚焦 针对 包括 其中 以及 同时 经过 报请 提请 提交 报送 上报 下发 转发 传达 学习 贯彻 执行 履行 实行 实施
    开展 设立 设置 保障 确保 保证 维护 巩固 增强 促进 带动 引导 动员 号召 要求 责令 监督 检查 考核 评估 纳入
    作为 成为 担任 兼任 关于 随着 凭借 借助 运用 采取 采用 聘请 选聘 安排 部署 主持 参加 参与 出席 列席 年初
    年底 近日 目前 今年 去年 全年 每年 每月 每周 定期 及时 积极 主动 认真 严格 切实 充分 持续 不断 大力 扎实
    深入 全面 着力 始终 坚决 有效 依法 依规 共同 联合 会同 协同 委托 授权 代表 县级 区级 市级 镇级 村级 乡级
    两级 各级 上级 下级 本级 同级 全体 全部 所有 相关 有关 部分 其他 其余 周边 相邻 基层 辖区 区域 中心 重点
    试点 示范 先进 优秀 特色 平安 法治 文明 美丽 和谐 幸福 生态 卫生 产业 工业 农业 旅游 经济 人口 贫困 边境
    组建 代理 建议 提议 呈报 抄送 函告 告知 通报 批准 核准 认定 评定 授予 表彰 推荐 指派 委派 任命 聘任
    考察 调研 走访 慰问 服务 建成 融入 覆盖 涉及 影响 反映 参照 转交 移交 移送 报经 请示 争取 征求 征得 取得
    获得 赢得 履行 承接 承办 承担 另设 增设 下设 新设 设有 另有 还有 配有 建有
    书记 镇长 乡长 县长 区长 市长 局长 主任 同志 班子
    主办 协办 共建 创建 筹建 新建 改建 归口 隶属 直属 下属 所属 现任 原任 统一 出席 派出 抽取
    收到 发送 发现 调整 变更 更换 撤销 组成 牵头 协商 会商 对接 衔接 反馈 回复 答复 受理
    办理 处理 处置 化解 调解
    民族 城市 农村 城乡 赋权 下放 承接 指定 抽调 选派 下沉 派驻 充实 优化 理顺 厘清 清理 公布 公开 报告 汇报
    研究 审议 讨论 决定 确定 选举 任命 向上 对照 参照 遵循 服从 拥护 领导 压紧 夯实 筑牢 织密 擦亮 激发 释放
    凝聚 汇聚 形成 构筑 营造 开发 高新 经开 管理 度假 保税 自贸 园区 社区 街区 景区 灾区 库区
    """,
    )
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name that ends at a given place of a text.

    Args:
        text: the name alone.
        start, end: its span.
        lead: where the names of its superiors begin that stand before it, else `start`.
        divisions: those that bear it; empty where no table holds it.
    """

    text: str
    start: int
    end: int
    lead: int
    divisions: tuple[Division, ...]


def town_before(directory: Divisions, text: str, end: int) -> Name | None:
    """Return the town whose name ends at `end`, where it stands apart from what is before it."""
    for start in range(max(0, end - LONGEST), end - 2):
        name = text[start:end]
        if parents := directory.parents_of_town(name):
            above = _above(directory, text, start)
            if _stands_apart(text, above):
                held = tuple(d for d in directory.by_name(name) if (d.parent or "") in parents)
                return Name(name, start, end, above, held)
    return _shaped(directory, text, end)


# Zones that a government runs below itself.
_ZONE = re.compile(
    r"(?:新|片|示范|开发|高新|园|景|功能|管理|自贸|保税|经开|度假|聚|产业|工业|试验|合作|居民|林|牧|矿|校|库|垦|湖|城|港|郊)区$"
)

# A district may be called after a lake; no zone of that name has a 法治政府 of its own.
_WATERSIDE = re.compile(r"[湖港]区$")
_GOVERNED = "法治政府建设"


def upper_before(directory: Divisions, text: str, end: int) -> Name | None:
    """Return the province, city or county whose name ends at `end`, as `town_before` does."""
    for start in range(max(0, end - LONGEST), end - 1):
        name = text[start:end]
        if found := directory.upper(name):
            above = _above(directory, text, start)
            if _stands_apart(text, above):
                return Name(name, start, end, above, found)
    found_by_shape = _shaped(directory, text, end)
    if found_by_shape is None or (_WATERSIDE.search(found_by_shape.text) and text.startswith(_GOVERNED, end)):
        return found_by_shape
    return None if _ZONE.search(found_by_shape.text) else found_by_shape


def stem(name: str) -> str:
    """Return a name without its ending."""
    bare = TOWN_ENDING.sub("", name)
    return bare if bare != name else without_ending(name)


def successors(name: str) -> tuple[str, ...]:
    """Return what a county of old is called today, and by which other endings its name lives on."""
    bare = name[:-1]
    return (SUCCESSORS[name],) if name in SUCCESSORS else (bare,) if bare in KEPT else ()


def _above(directory: Divisions, text: str, start: int) -> int:
    """Step back over the names of superiors: 遵义市绥阳县旺草镇; the last may be known by its shape alone."""
    while start > 0:
        step = next(
            (n for n in range(min(LONGEST, start), 1, -1) if directory.upper(text[start - n : start])), 0
        )
        if not step:
            break
        start -= step
    shaped = _COUNTY_BEFORE.search(text, max(0, start - 8), start)
    return _above(directory, text, shaped.start("name")) if shaped else start


def _stands_apart(text: str, start: int) -> bool:
    return (
        start == 0
        or not _HAN.match(text, start - 1)
        or _LEAD.search(text, max(0, start - 2), start) is not None
    )


def _shaped(directory: Divisions, text: str, end: int) -> Name | None:
    """A name that no table holds: a short stem between a stop, or its superior's name, and its ending."""
    ending = TOWN_ENDING.search(text, max(0, end - 2), end)
    close = ending.start() if ending else end - 1
    for start in range(close - 2, max(-1, close - 5), -1):
        bare = text[start:close]
        if not _STEM.fullmatch(bare) or bare.startswith(_WORDS) or bare.endswith(_WORDS):
            continue
        above = _above(directory, text, start)
        begin = max(0, start - 2)
        after_year = ending is not None and _AFTER_YEAR.search(text, begin, start) is not None
        advanced = text.startswith(_GOVERNED, end) and _LEAD.search(text, begin, start) is not None
        led = ending is not None and _LED.search(text, begin, start) is not None
        served = SERVED.search(text, begin, start) is not None and CAUSE.match(text, end) is not None
        under = ending is None and _UNDER.search(text, begin, start) is not None and LEADS.match(text, end)
        apart = after_year or advanced or led or served or under
        # 也是某乡打赢攻坚战的关键之年
        its_year = _IS.search(text, begin, start) is not None and _YEAR_OF.match(text, end) is not None
        if above < start or apart or its_year or _PARTED.search(text, begin, start):
            return Name(text[start:end], start, end, above, ())
    return None
