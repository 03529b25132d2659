"""Small reports of fictional towns, as a yearbook's entries."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.model import Attribute, Entry, Field, Report, Section, SectionKind, Status

HEADINGS = {
    SectionKind.ACHIEVEMENTS: "一、推进法治政府建设的主要举措和成效",
    SectionKind.PROBLEMS: "二、推进法治政府建设存在的不足和原因",
    SectionKind.RESPONSIBILITY: "三、党政主要负责人履行推进法治建设第一责任人职责情况",
    SectionKind.PLAN: "四、下一年度推进法治政府建设的主要安排",
}
ACHIEVEMENTS, PROBLEMS, RESPONSIBILITY, PLAN = HEADINGS

MILL = (
    "{town}把门前河两岸的八户作坊逐一请到调解室，谈妥了取水的时辰和分摊的钱数。",
    "赶场日在米市口摆开普法摊，今年共摆了{n}场，来问得最多的是彩礼和土地流转。",
    "镇里买菜的大爷也能当一回听证代表，停车泊位划线前先听了{n}名居民的意见。",
    "司法所每周三下午到茶馆坐班，一年下来接了{n}个咨询，大半当场就说清楚了。",
    "城管中队把小摊贩请进老粮站，腾出摊位{n}个，罚单比上年少开了一多半。",
    "文件出门前先过法律顾问的手，全年看了{n}份合同，退回去重写的有几份。",
)
ORCHARD = (
    "柑橘收购季成立了流动调解队，跟着货车跑遍{n}个村，价钱谈不拢的当天就坐下来谈。",
    "梨花节前把农家乐的证照挨家看过一遍，查出{n}家过期的，陪着去县里补办。",
    "村规民约重新写了一回，不准大操大办的那条争了三个晚上才举手通过。",
    "执法队员轮流到县里跟案学习，回来要把案卷当众讲一遍，讲不清的再去。",
    "小学生模拟法庭审了一起偷橘子的案子，台下坐着{n}个家长，笑完都记住了。",
    "谁家盖房占了机耕道，先由邻居评理会说话，说不通再由规划所量地。",
)
FERRY = (
    "渡口停航那天夜里工作人员守在码头，把{n}名乘客的退票和住宿都安顿妥当。",
    "渔政巡查换了新艇，禁渔期里收缴网具{n}张，船主当场在告知书上签了字。",
    "{town}的办事窗口中午不关门，打渔的人上岸就能把证办了，跑两趟的不再有。",
    "汛期前开过一次桌面推演，谁喊人、谁断电、谁守路口，当场一项项对了名单。",
    "老船工们推举出{n}位说话有人听的，谁家的缆绳挡了谁的道，先找他们断。",
    "信访件进门先登记再分派，到期没回音的由纪委打电话问，问过{n}回。",
)
WANTS = (
    "懂法的年轻干部留不住，考走了{n}个，剩下的一人要管三摊事。",
    "普法还是老一套，发完传单就走，听的人记不住，讲的人也没底。",
    "案卷写得潦草，时间地点对不上的有{n}本，县里评查时被点了名。",
    "有些事情靠人情压下去，当时不闹了，隔一阵又回到桌面上来。",
)
SET_PHRASES = (
    "坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想。",
    "全面贯彻落实党的二十大精神，深刻领悟“两个确立”的决定性意义。",
    "在县委、县政府的坚强领导下，扎实推进依法行政，加快建设法治政府。",
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    "重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办。",
    "严格落实行政执法公示制度、执法全过程记录制度、重大执法决定法制审核制度。",
)  # fmt: skip


def said(sentences: Sequence[str], town: str, n: int = 7) -> list[str]:
    """Return sentences with a town's own name and figures of its own."""
    return [each.format(town=town, n=n + place) for place, each in enumerate(sentences)]


def own(town: str, count: int) -> list[str]:
    """Return sentences that no other town says."""
    doings = ("修好了水渠", "换了路灯", "补种了柳树", "刷新了墙报", "清点了库房", "请来了戏班")
    return [
        f"{town}第{'甲乙丙丁戊己庚辛壬癸'[place % 10]}组的{town[0]}家院子{doings[place % 6]}，"
        f"领头的是{town[1]}老{'赵钱孙李周吴郑王'[place % 8]}和他的{'大二三四五'[place % 5]}侄子。"
        for place in range(count)
    ]


def entry(
    town: str,
    parts: dict[SectionKind, Sequence[str]],
    *,
    county: str = "清源县",
    code: str = "990123",
    number: int = 0,
    year: int = 2024,
    file: str = "",
) -> Entry:
    """Return a town's report with these sentences, each on a line of its own."""
    text = f"{county}{town}{year}年法治政府建设年度报告\n"
    sections = []
    for kind, sentences in parts.items():
        start = len(text)
        text += "\n".join((HEADINGS[kind], *sentences)) + "\n"
        sections.append(Section(HEADINGS[kind], kind, start, len(text) - 1, 1, "outline"))
    told = {
        Field.YEAR: str(year), Field.ISSUER: f"{county}{town}人民政府", Field.ISSUER_LEVEL: "town",
        Field.PROVINCE: "河东省", Field.CITY: "安平市", Field.COUNTY: county, Field.TOWN: town,
        Field.DIVISION_CODE: f"{code}{100 + number}",
    }  # fmt: skip
    attributes = tuple(Attribute(field, value, "", "identity") for field, value in told.items())
    name = file or f"{county}{town}{year}.txt"
    return Entry(Report(name, name, Status.COMPLETE, attributes, tuple(sections)), (), "text", text)
