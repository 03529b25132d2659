"""Scales: kinds of which a thing is only one, as 优秀 and 合格, 新办 and 变更, 保留 and 废止."""

from __future__ import annotations

import re
from collections.abc import Sequence

# One kind beside the others of a scale, or of what becomes of papers.
_GRADES = tuple(
    frozenset(line.split())
    for line in """
    优秀 优良 良好 合格 基本合格 不合格 优 良 中 差 一般 较好 好 较差 达标 不达标
    特别重大 重大 较大 一般 轻微 高风险 中风险 低风险 较大风险 重大风险 一般风险
    红色 橙色 黄色 蓝色 绿色 红 橙 黄 蓝 绿 红码 黄码 绿码 红牌 黄牌
    保留 修改 废止 继续有效 失效 宣布失效 拟修订 拟废止 拟修改 继续执行 拟继续执行 决定废止 决定修改
    新办 变更 延续 注销 换证 补办 补证 新设 设立 核发 换发 补发 备案 登记
    A级 B级 C级 D级 A类 B类 C类 D类 一级 二级 三级 四级 一类 二类 三类 四类
    """.strip().splitlines()
)
_SORTED = next(grades for grades in _GRADES if "废止" in grades)
_OR = re.compile("或者?|和|及")
# 优秀等次, 合格的
_GRADE = re.compile("(?:等次|等级|档次)?的?$")
_DECIDED = re.compile("^(?:决定|宣布|予以|确定|明确)+")
_KEPT = frozenset({"保留", "继续有效", "继续执行", "拟继续执行"})


def graded(names: Sequence[str]) -> bool:
    """Whether all parts are of one scale: 优秀, 合格; 新办, 变更, 注销."""
    bare = [_GRADE.sub("", name) for name in names]
    return any(all(name in grades for name in bare) for grades in _GRADES)


def sorted_out(names: Sequence[str]) -> bool:
    """Whether parts are what became of papers that were gone through: 继续有效, 修改, 废止."""
    return len(set(names)) > 1 and all(_fates(name) <= _SORTED for name in names)


def kept_and_not(names: Sequence[str]) -> bool:
    """Whether parts tell of papers that were gone through which were kept, and which were not."""
    return sorted_out(names) and not _KEPT.isdisjoint(names)


def _fates(name: str) -> frozenset[str]:
    """Return what became of papers as one part tells it: 宣布废止或者失效 is 废止 and 失效."""
    return frozenset(_DECIDED.sub("", fate) or fate for fate in _OR.split(name))
