"""The words that tell what a figure is of, apart from those that nearly every clause says."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import regex

from plugins.validators.nouns import OBJECT, renamed

if TYPE_CHECKING:
    import rjieba

_BLANK = regex.compile(
    r"[^\p{Han}]+|第?[一二三四五六七八九十]+(?:是|[、）)])|[我本全](?:镇|乡|街道|县|区|市|局|旗|州)"
)
# They tell when, whose and that something was done: none tells two facts apart.
_BLAND = frozenset(
    regex.findall(
        r"\S+",
        """
    全年 今年 以来 今年以来 本年 本年度 年内 年度 一年 一年来 目前 截至 共计 共有 总计 合计 一共 累计
    先后 现有 已有 拥有 全部 各类 各种 各项 各级 有关 相关 开展 组织 举办 举行 召开 进行 完成
    实施 办理 处理 查处 作出 做出 发放 发出 下发 下达 印发 制定 制发 出台 出动 建立 建成 设立
    设置 配备 划分 聘请 选聘 培养 培育 投入 安排 推动 带动 促成 推进 促进 指导 工作 活动 行动
    年底 年末 当年 作为 上述 前述 依据 根据 按照 依托 利用 借助 调整
    情况 事项 案件 起来 数量 总数 件数 人员 人数 次数 收到 接到 其中 街道 全镇 全乡 全县 全区
    全市 全局 全街道 我镇 我乡 我县 我区 我市 我局 政府 镇政府 乡政府 县政府 区政府 办事处 党委 镇党委 依法
    成功 有效 及时 认真 积极 深入 达到 高达 超过 只有 仅有 虽然 尽管 针对 对照 围绕 通过 由于
    领域 不足 较少 偏少 辖区 辖内 境内 两级 面向 做到 实现
    """,
    )
)


@lru_cache(maxsize=4096)
def content_words(before: str, after: str) -> frozenset[str]:
    """Return the words of a figure's clause that tell what it is of.

    Args:
        before: what stands before it in its clause.
        after: what stands behind it; only what names it there is read.
    """
    named = OBJECT.match(after)
    # 158件行政处罚案件、18.2万元罚款: what stands before the stop is the other figure's.
    own = "" if before.endswith("、") else before
    clause = f"{own} {named.group() if named else ''}"
    words = _segmenter().cut(renamed(_BLANK.sub(" ", clause)))
    return frozenset(word for word in words if len(word) > 1 and word not in _BLAND)


@lru_cache(maxsize=4096)
def words_in_order(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, without those of one character."""
    words = _segmenter().cut(_BLANK.sub(" ", text))
    return tuple(word for word in words if len(word) > 1)


def is_bland(word: str) -> bool:
    """Whether a word tells when, whose or that something was done, and not what."""
    return word in _BLAND


@cache
def _segmenter() -> rjieba.Jieba:
    """Return the segmenter; its dictionary loads with the first report, not with the rules."""
    import rjieba

    return rjieba.Jieba()
