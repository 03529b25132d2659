"""A page's furniture around its text: buttons, related links, the site's own lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connectors.readers.flow import Line

# A line so long is one of the text's.
BODY_LINE = 60
_SHORT = 40
_FURNITURE = re.compile(
    r"^[【\[]?\s*(?:打印(?:本页|正文|文章)?|关闭(?:本页|窗口)?|收藏(?:本页)?|分享(?:到|至)?[：:]?|返回(?:顶部|首页|上一页)?|"
    r"我要纠错|大|中|小|字号|TOP|扫一扫.{0,20}|.{0,4}语音播报.{0,20}|(?:责任)?编辑[：:].{0,20}|审核[：:].{0,20})"
    r"[\s：:|】\]]*$",
    re.I,
)
_TAIL = re.compile(
    r"^[【\[]?\s*(?:相关(?:链接|文章|阅读|文档|文件|信息|新闻|附件|推荐|解读)|上一[篇条页]|下一[篇条页]|友情链接|"
    r"版权所有|主办(?:单位)?[：:]|承办(?:单位)?[：:]|网站标识码|网站地图|关于我们|.{0,6}ICP备|.{0,4}公网安备|"
    r"扫一扫|分享到|打印本页|【?关闭窗口|打印\s*关闭)"
)


def trimmed(lines: list[Line]) -> list[Line]:
    """Leave out the furniture around a text."""
    last = next(
        (
            index
            for index in range(len(lines) - 1, -1, -1)
            if lines[index].table is not None or len(lines[index].text) >= BODY_LINE
        ),
        -1,
    )
    end = next((index for index in range(last + 1, len(lines)) if _TAIL.match(lines[index].text)), len(lines))
    return [line for line in lines[:end] if len(line.text) > _SHORT or not _FURNITURE.match(line.text)]
