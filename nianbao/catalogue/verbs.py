"""Plain verbs for the formal ones of the cards: who writes 办了98件 means 办理98件."""

from __future__ import annotations

from collections.abc import Iterable

# A card that names the formal verb, and nothing with it, means the plain ones, too.
PLAIN = {
    "办理": ("办了", "办过", "办好"),
    "受理": ("接了", "收了", "收下"),
    "收到": ("接了", "收了"),
    "召开": ("开了", "开过"),
    "举办": ("办了", "办过", "搞了", "搞过"),
    "审结": ("结了",),
    "结案": ("结了",),
    "检查": ("查了", "查过"),
    "学习": ("学了", "学过"),
    "审查": ("审了", "审过"),
    "审核": ("审了", "审过"),
    "调解": ("调了",),
    "发放": ("发了", "送了"),
    "聘请": ("请了", "请有", "请来", "聘了", "聘有"),
    "制定": ("定了",),
    "出台": ("出了",),
    "听取": ("听了", "听过"),
    "整改": ("改了", "改好", "改完"),
    "拆除": ("拆了", "拆掉"),
    "培训": ("训了",),
    "公开": ("晒出",),
}
# What makes another verb of a plain one: 举办了, 公开了, 强调了.
COMPOUNDS = (
    "举创主承协督帮代公展召离放解排审普侦抽巡考检科编评强单对衔迎征吸回"
    "验印下激研签颁引触转邀申聘提修更确规支突作指完总缔团"
)
VERBS = "".join(dict.fromkeys(verb[0] for verbs in PLAIN.values() for verb in verbs if verb[1] in "了过"))


def with_plain(words: Iterable[str]) -> tuple[str, ...]:
    """Return words with the plain verbs that say the same, each once, in order."""
    found: dict[str, None] = {}
    for word in words:
        found[word] = None
        found.update(dict.fromkeys(PLAIN.get(word, ())))
    return tuple(found)
