"""What stands where a list or a report should: a page that is none of them, by what it shows."""

from __future__ import annotations

import re
from enum import StrEnum

_HAN = re.compile(r"[\u4e00-\u9fff]")
# What is never closed goes on to the end, as in a browser: each is looked for once, however many there are.
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)|<[^>]+(?:>|\Z)", re.S | re.I)
_VERIFY = re.compile(
    r"安全验证|人机验证|滑动验证|访问验证|请完成[^。]{0,8}验证|请输入验证码|__jsl_clearance|\$_ts\b|网站防火墙|captcha",
    re.I,
)
_MOVED = re.compile(r"(?:网站|栏目|页面)(?:已)?(?:整体)?迁移|已迁移至|新域名|原网址停止更新")
_MISSING = re.compile(
    r"页面不存在|(?:页面|内容|信息)(?:已被|已经)?(?:删除|下线)|您访问的页面|404\s*(?:Not Found|错误)"
)
_SCRIPTED = re.compile(r"请启用[^。]{0,8}(?:脚本|JavaScript)|enable JavaScript|<div id=[\"']app[\"']>", re.I)
# Of a page that says more than this, such words may stand in its text.
_FEW = 400
_GUARDS = frozenset((412, 521))


class Cause(StrEnum):
    """Why a site gave no report where one was expected, as the user reads it."""

    VERIFICATION = "被拦截：网站要求验证，没有显示内容"
    REFUSED = "被拦截：网站拒绝访问"
    MOVED = "网站可能已迁移"
    MISSING = "页面不存在，栏目可能已撤销或迁移"
    REDESIGNED = "列表页可能已改版：找不到列表的行"
    SCRIPTED = "列表页由脚本生成，需要浏览器才能显示"
    NO_BROWSER = "列表要用浏览器显示，没有采集"
    ELSEWHERE = "网页要从配置以外的地址取内容"
    EMPTY = "列表是空的"
    REPEATING = "列表翻页后总是同一页，后面的没有见到"
    SHORT = "列表没有显示完整"
    ROBOTS = "网站的 robots.txt 不允许采集"
    BUDGET = "今天对这个网站的请求已达上限，下次运行接着采集"
    HOURS = "现在不在设置的采集时段，到时运行再接着采集"
    PAUSED = "网站要求稍后再来，下次运行接着采集"
    DOWN = "网站没有正常应答"
    OUTDATED = "这次没有取到，用的是以前采集的"


def face_of(status: int, text: str) -> Cause | None:
    """Return what an answer is instead of a page of the site; None where nothing tells.

    Args:
        status: of the answer.
        text: its markup.
    """
    shown = words_of(text)
    is_short = len(_HAN.findall(shown)) < _FEW
    if status in _GUARDS or (is_short and _VERIFY.search(text)):
        return Cause.VERIFICATION
    if status in _TOLD:
        return _TOLD[status]
    if is_short and _MOVED.search(shown):
        return Cause.MOVED
    if is_short and _MISSING.search(shown):
        return Cause.MISSING
    return None if status in _WHOLE else Cause.DOWN


def words_of(markup: str) -> str:
    """Return what a page's markup shows, without scripts and styles."""
    return _TAG.sub("", markup)


def trouble_of(status: int, text: str) -> str:
    """Return why an answer is no page of the site, as the user reads it; empty where it is one."""
    face = face_of(status, text)
    if face is None:
        return ""
    return str(face) if status == 200 else f"{face}（状态码 {status}）"


def list_cause(text: str) -> Cause:
    """Return why a list page that is a page of the site shows no rows."""
    if _SCRIPTED.search(text):
        return Cause.SCRIPTED
    shown = _HAN.findall(words_of(text))
    return Cause.REDESIGNED if len(shown) > 200 else Cause.EMPTY


# 202 is a firewall's, 206 a part, a redirect without an address leads nowhere.
_WHOLE = frozenset((200, 203))
_TOLD = {401: Cause.REFUSED, 403: Cause.REFUSED, 404: Cause.MISSING, 410: Cause.MISSING}
# Of zip, OLE, PDF, rar, RTF and 7z.
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"Rar!", b"{\\rtf", b"7z\xbc\xaf")


def is_unclosed(text: str) -> bool:
    """Tell whether a whole page's markup lacks its end."""
    end = text[-4096:].lower()
    return "<html" in text[:2048].lower() and "</html" not in end and "</body" not in end


def is_file(data: bytes) -> bool:
    """Tell whether bytes are a document, by how it begins; what it is made of is no text."""
    return data.startswith(_MAGIC)


def is_page(data: bytes) -> bool:
    """Tell whether bytes are markup where a file was expected."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if is_file(data):
        return False
    return head.startswith((b"<!doctype html", b"<html")) or b"<html" in head[:512]
