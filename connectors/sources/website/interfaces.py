"""Lists that interfaces tell: what is asked of each, and what its answers hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urljoin
from zoneinfo import ZoneInfo

from connectors.sources.website.asks import Ask, Role, Row, Turn
from connectors.sources.website.rows import day_in, flat, parsed, rows_of, whole
from nianbao.sites import SiteProfile

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_MOST_CALLS = 200
_UCAP_SIZE, _JPAAS_SIZE = 20, 15
_ROWS_TOLD = re.compile(r"createPageHTML\(\s*[\"']\w+[\"']\s*(?:,[^,]+){4},\s*(\d+)")
_CHANNEL = re.compile(r"(?:data-channel\s*=|channelCode\s*[=:])\s*[\"']?(\w+)")
# Each looks no further than such things reach: a page with thousands of beginnings would take hours.
_JPAGE = re.compile(
    r"totalRecord\s*:\s*(\d+)\s*,\s*perPage\s*:\s*(\d+).{0,2000}?ajaxParam\s*:\s*(\{[^{}]{0,2000}\})", re.S
)
_PROXY = re.compile(r"proxyUrl\s*:\s*[\"']([^\"']+)")
_RECORD = re.compile(r"<record><!\[CDATA\[(.*?)(?:(\]\]></record>)|\Z)", re.S)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)")
_COLUMN = re.compile(r"/col/col(\d+)/")
_PAGES = re.compile(r"共\s*(\d+)\s*页")
_UNIT = re.compile(r"""url="([^"]+)"\s+queryData="\{([^"]*)\}\"""")
_COUNT = re.compile(r"""class="pagination"[^>]{0,500}\bcount="(\d+)""")
_CONFIG = re.compile(r"window\._CONFIG\s*=\s*")


def ucap_rest(ask: Ask, text: str, turn: Turn) -> Turn:
    """Return the first page's turn, with the call that is made if its static pages have too few rows."""
    told, channel = _ROWS_TOLD.search(text), _CHANNEL.search(text)
    if told is None:
        return turn
    turn = replace(turn, total=int(told[1]))
    if channel is None:
        return turn
    url = urljoin(ask.url, f"/getChannelList?channelCode={channel[1]}")
    call = ask.further(url, Role.DATA, memo=(("unless-rows", told[1]),))
    return replace(turn, asks=(*turn.asks, call))


def ucap(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """开普云: the channel's id first, then its rows."""
    told = _json(text)
    if "channelCode=" in ask.url:
        ids = [str(each.get("channelId") or each.get("id") or "") for each in _dicts(told.get("results"))]
        return Turn(asks=(_ucap_call(ask, ids[0], 1),) if ids and ids[0] else ())
    data = told.get("data")
    data = data if isinstance(data, dict) else {}
    rows = tuple(
        Row(url, flat(str(each.get("title", ""))), day_in(str(each.get("publishedTimeStr", ""))))
        for each in _dicts(data.get("results"))
        if (url := whole(ask.start, str(each.get("url", ""))))
    )
    number = int(ask.told("page", "1")) + 1
    asks = (_ucap_call(ask, ask.told("channel"), number),) if rows and number <= _MOST_CALLS else ()
    return Turn(rows, asks, _whole(data.get("total")))


def _ucap_call(ask: Ask, channel: str, number: int) -> Ask:
    query = (
        f"_isAgg=true&_isJson=true&_pageSize={_UCAP_SIZE}&_template=index"
        f"&_rangeTimeGte=&_channelName=&page={number}"
    )
    memo = (("page", str(number)), ("channel", channel), ("column", f"{ask.start}#{channel}"))
    return ask.further(urljoin(ask.start, f"/searchList/{channel}?{query}"), Role.DATA, memo=memo)


def jpage(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """大汉 jpage: rows in XML, the first in the page, the rest from dataproxy.jsp."""
    records = "\n".join(record for record, end in _RECORD.findall(text) if end)
    rows, guessed = rows_of(site, parsed(f"<ul>{records}</ul>"), ask.start) if records else ((), False)
    if ask.role is Role.LIST:
        told = _JPAGE.search(text)
        if told is None:
            found, guessed = (rows, guessed) if rows else rows_of(site, parsed(text), ask.url)
            return Turn(found, is_guessed=guessed)
        proxy = _PROXY.search(text)
        memo = {
            "total": told[1],
            "size": told[2],
            "begin": str(int(told[2]) + 1),
            "form": told[3],
            "proxy": proxy[1] if proxy else "/module/web/jpage/dataproxy.jsp",
        }
        return Turn(rows, tuple(_jpage_call(ask, memo)), int(told[1]), guessed)
    memo = dict(ask.memo)
    memo["begin"] = str(int(memo["begin"]) + int(memo["size"]))
    claimed = _TOTAL.search(text)
    memo["total"] = claimed[1] if claimed else memo["total"]
    return Turn(rows, tuple(_jpage_call(ask, memo)), int(memo["total"]))


def _jpage_call(ask: Ask, memo: Mapping[str, str]) -> Iterator[Ask]:
    begin, size = int(memo["begin"]), int(memo["size"])
    if size < 1 or begin > int(memo["total"]) or begin // size >= _MOST_CALLS:
        return
    # Some such sites do not look at startrecord, others at nothing else.
    query = f"startrecord={begin}&endrecord={begin + size - 1}&perpage={size}&page={begin // size + 1}"
    form = tuple((name, str(value)) for name, value in _json(memo["form"]).items())
    url = urljoin(ask.start, f"{memo['proxy']}?{query}")
    yield ask.further(url, Role.DATA, form=form, memo=tuple(memo.items()))


def xxgk(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """大汉 政府信息公开: rows of all columns; the column's own have its number in their address."""
    column = _COLUMN.search(ask.start)
    if column is None:
        return Turn(rows_of(site, parsed(text), ask.url)[0])
    if ask.role is Role.LIST:
        return Turn(asks=(_xxgk_call(ask, column[1], 1),))
    own = f"/art_{column[1]}_"
    rows, _ = rows_of(site, parsed(text), ask.start)
    number = int(ask.told("page", "1"))
    pages = _PAGES.search(text)
    goes_on = pages is not None and number < min(int(pages[1]), _MOST_CALLS)
    return Turn(
        tuple(replace(row, is_own=row.is_own and own in row.url) for row in rows),
        (_xxgk_call(ask, column[1], number + 1),) if goes_on else (),
    )


def _xxgk_call(ask: Ask, column: str, number: int) -> Ask:
    form = {
        "infotypeId": f"A{column}",
        "jdid": "7",
        "area": "",
        "divid": f"div{column}",
        "currpage": str(number),
        "sortfield": "compaltedate:0",
        "texttype": "0",
        "fbtime": "-1",
    }
    url = urljoin(ask.start, "/module/xxgk/search.jsp")
    return ask.further(
        url,
        Role.DATA,
        form=tuple(form.items()),
        memo=(("page", str(number)), ("due", "1" if number > 1 else "")),
    )


def jpaas(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """大汉 jpaas: rows as markup within JSON; the page's number counts within paramJson alone."""
    if ask.role is Role.LIST:
        told = _UNIT.search(text)
        if told is None:
            rows, guessed = rows_of(site, parsed(text), ask.url)
            return Turn(rows, is_guessed=guessed)
        return Turn(asks=(_jpaas_call(ask, (("unit", told[1]), ("query", told[2])), 1),))
    data = _json(text).get("data")
    html = str(data.get("html", "")) if isinstance(data, dict) else ""
    rows, _ = rows_of(site, parsed(html), ask.start)
    count = _COUNT.search(html)
    total = int(count[1]) if count else None
    number = int(ask.told("page", "1"))
    memo = tuple((name, value) for name, value in ask.memo if name != "page")
    goes_on = bool(rows) and number < _MOST_CALLS and (total is None or number * _JPAAS_SIZE < total)
    return Turn(rows, (_jpaas_call(ask, memo, number + 1),) if goes_on else (), total)


def _jpaas_call(ask: Ask, memo: tuple[tuple[str, str], ...], number: int) -> Ask:
    told = dict(memo)
    query = dict(re.findall(r"'(\w+)'\s*:\s*'([^']*)'", told["query"]))
    query["paramJson"] = json.dumps({"pageNo": number, "pageSize": _JPAAS_SIZE})
    url = urljoin(ask.start, f"{told['unit']}?{urlencode(query, quote_via=quote)}")
    return ask.further(url, Role.DATA, memo=(*memo, ("page", str(number))))


def gkmlpt(site: SiteProfile, ask: Ask, text: str) -> Turn:
    """南方网 gkmlpt: an interface for each class of the catalogue."""
    if ask.role is Role.LIST:
        return _gkmlpt_classes(ask, text)
    told = _json(text)
    rows = tuple(
        Row(url, flat(str(each.get("title", ""))), _gkmlpt_day(each))
        for each in _dicts(told.get("articles"))
        if (url := whole(ask.start, str(each.get("post_url") or each.get("url") or "")))
    )
    classify = told.get("classify")
    total = _whole(classify.get("post_count")) if isinstance(classify, dict) else None
    memo = dict(ask.memo)
    number, seen = int(memo["page"]), int(memo["seen"]) + len(rows)
    goes_on = bool(rows) and number < _MOST_CALLS and (total is None or seen < total)
    return Turn(
        rows, (_gkmlpt_call(ask, memo["class"], memo["sid"], number + 1, seen),) if goes_on else (), total
    )


def _gkmlpt_classes(ask: Ask, text: str) -> Turn:
    config = config_of(text)
    tree, sid = _dicts(config.get("TREE")), str(config.get("SID", ""))
    filled = [each for each in tree if _whole(each.get("post_count"))] or tree
    return Turn(
        asks=tuple(_gkmlpt_call(ask, str(each["id"]), sid, 1, 0) for each in filled if each.get("id"))
    )


def _gkmlpt_call(ask: Ask, classify: str, sid: str, number: int, seen: int) -> Ask:
    memo = (("class", classify), ("sid", sid), ("page", str(number)), ("seen", str(seen)))
    url = urljoin(ask.start, f"api/all/{classify}?page={number}&sid={sid}")
    return ask.further(url, Role.DATA, memo=memo)


def _gkmlpt_day(told: Mapping[str, Any]) -> str:
    moment = _whole(told.get("date"))
    if moment and 0 < moment < 4_000_000_000:
        return datetime.fromtimestamp(moment, _SHANGHAI).date().isoformat()
    return day_in(str(told.get("display_publish_time") or told.get("created_at") or ""))


def config_of(text: str) -> dict[str, Any]:
    """Return what gkmlpt's pages tell their script; empty where there is nothing of it."""
    match = _CONFIG.search(text)
    if match is None:
        return {}
    try:
        told, _ = json.JSONDecoder().raw_decode(text, match.end())
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _json(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _dicts(told: object) -> list[dict[str, Any]]:
    return [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []


def _whole(told: object) -> int | None:
    try:
        return int(str(told))
    except ValueError:
        return None
