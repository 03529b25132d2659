"""What stands below the heading of a mandated part: nothing, another part's text, or another matter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nianbao import Section, SectionKind

# What tells a shortfall, once the words that only hold such a character are left out.
_INNOCENT = re.compile(
    "青少年|少数民族|少年|养老|老年|敬老|清单|单位|名单|工单|菜单|疑难|困难(?:群众|家庭)|矛盾(?:纠纷|调|化解)|不动产|形式多样"
    "|无障碍|无讼|无人机|缓慢病|慢性病|低保|最低生活|轻微|还(?=款|建|迁)|松(?=花|树|山)"
)
_SHORT = re.compile(
    "[不未缺弱低差难滞欠薄慢偏窄浅粗仍亟旧短漏窘乏僵虚少老单松散乱还仅只才占]"
    "|问题|有待|断层|瓶颈|断档|空白|死角|紧张|参差|矛盾|压力|形式|制约|原因|源于|在于|无|疏[漏于忽]|重复|反弹|复杂|过[多高大重]"
    "|[多大高远重长][，。；、]"
)
# Such a body is another part's only where it tells deeds.
_DEED = re.compile(
    "推行|开展|新建|建成|举办|整治|拆除|宣讲|查处|完成|组织|培训|联合|引入|探索|印发|制定|办理|办结|化解|建立|配备|聘请|检查"
    "|发放|审查|更新|实现|清理|公开|继续|加强|强化|健全|推进|深化"
)
# Any of these words lets a part be on the duties of those in charge.
_DUTIES = re.compile(
    "书记|镇长|乡长|[县区市州局厅处院所]长|主任|负责|领导|一把手|班子|带头|亲自|党委|党组|党工委|支部|组长|牵头"
    "|履行|履职|职责|责任|第一|述法|专题|法治建设|法治政府|依法行政|法治工作|附件|另行|统筹|部署|研究"
)
# A plan tells of shortfalls and causes only where it also says what is to be done.
_INTENDS = re.compile(
    "[将拟]|(?<![主重需必])要|继续|推进|推动|加强|加大|加快|强化|深化|完善|健全|提升|提高|开展|落实|抓|建|坚持|持续|着力|聚焦|做|打造"
    "|优化|组织|规范|充实|培|引入|争取|补|制定|修订|严格|实施|进一步|聘|压实|探索|招|办|下沉|更新|筹|增|扩|配"
)
_SHORTFALL = re.compile("源于|在于|原因|不足|不够|不强|不高|缺乏|欠缺|滞后|薄弱|偏低|较少|短缺")
_SENTENCE = re.compile("[。；，：,;:！!]|附件|附表|另行|略|见")
_HAN = re.compile(r"[\u4e00-\u9fff\d]")
# Two parts with one short sentence in common may still be two parts.
_LEAST_COPIED = 20
_LEAST = 12
_OTHER = {
    SectionKind.PROBLEMS: "下没有写任何不足或原因",
    SectionKind.RESPONSIBILITY: "下没有写主要负责人履职的内容",
    SectionKind.PLAN: "下写的是不足和原因，没有写任何安排",
}


class BodyFault(NamedTuple):
    """A part whose body is none of its own: why, in Chinese, and the part it repeats, if it does."""

    part: Section
    why: str
    other: Section | None = None


def body_faults(text: str, parts: Sequence[Section], lower: Sequence[Section]) -> Iterator[BodyFault]:
    """Yield the first-level parts of one kind whose body is empty, another's, or about another matter.

    Args:
        text: the report's text.
        parts: the first-level sections, each of one mandated kind by its own heading.
        lower: the sections below them.
    """
    bodies: dict[str, Section] = {}
    for part in parts:
        body = text[part.start + len(part.heading) : part.end]
        divided = any(part.start < section.start < part.end for section in lower)
        inside = divided or _SENTENCE.search(body) is not None
        plain = "".join(body.split())
        if not inside and not _SENTENCE.search(part.heading) and len(_HAN.findall(body)) < _LEAST:
            yield BodyFault(part, "只有标题，其下没有内容")
        elif len(plain) >= _LEAST_COPIED and plain in bodies:
            yield BodyFault(part, "下的内容与另一部分相同", bodies[plain])
        elif len(plain) >= _LEAST_COPIED and _is_about_another_matter(part.kind, body):
            yield BodyFault(part, _OTHER[part.kind])
        bodies.setdefault(plain, part)


def _is_about_another_matter(kind: SectionKind, body: str) -> bool:
    match kind:
        case SectionKind.PLAN:
            return _INTENDS.search(body) is None and _SHORTFALL.search(body) is not None
        case SectionKind.PROBLEMS:
            return _SHORT.search(_INNOCENT.sub("", body)) is None and _DEED.search(body) is not None
        case SectionKind.RESPONSIBILITY:
            return _DUTIES.search(body) is None
        case SectionKind.ACHIEVEMENTS | SectionKind.OTHER:
            return False
