"""A town's own affairs under another town's name: 梳理某镇权责清单, 结合某镇实际, 县级赋予某镇管理权限."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao import IssuerLevel
from plugins.validators.ownplace import Own
from plugins.validators.placenames import Name, stem
from plugins.validators.placewords import has_word, is_word

_AFFAIRS = re.compile(
    r"(?:现将|现就|梳理|公布了?|编制了?|结合|立足|赋予|下放|实现了?|成立了?|调整(?:充实)?了?|网站|年度|全年|年内|20\d\d年)"
    r"(?P<name>(?!小城镇|中心镇|重点镇|建制镇|特色小镇|城关镇实际)(?:(?![我本全各该了度的])[\u4e00-\u9fff]){2,4}?(?:镇|乡|街道))"
    r"(?=的?(?:权力|权责|责任|行政许可|政务服务|公共服务|基本履职|履职|赋权)[^，。；]{0,6}(?:清单|事项)|的(?:事项|权力|清单)|实际|经济社会管理权限|(?:20\d\d年度?)?(?:法治|依法行政|推进|有关|工作)[^，。；]{0,16}(?:报告|汇报|公布)如下"
    r"|行政(?:处罚|执法)?[^，。]{0,4}“零”|综合行政执法[大中]?队|法治(?:政府)?建设(?:工作)?领导小组|专栏"
    r"|(?:没有|未|无)(?:实施|制定|规范性|发生|行政|出台))"
)
_SHORT = 2


def affairs(text: str, own: Own) -> Iterator[Name]:
    """Yield the towns whose affairs a town tells of as its own."""
    if own.level is not IssuerLevel.TOWN:
        return
    for match in _AFFAIRS.finditer(text):
        name, bare = match["name"], stem(match["name"])
        known = bool(own.directory.parents_of_town(name))
        if is_word(name):
            continue
        if known or (len(bare) == _SHORT and not (is_word(bare) or has_word(bare))):
            start, end = match.span("name")
            yield Name(name, start, end, start, own.directory.by_name(name) if known else ())
