"""A plain HTTP client that hides nothing, and one that walks each family's lists as its recipe says."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote, urlencode, urljoin, urlsplit

_LINK = re.compile(r'<(?:li|td)>[^<]*<a\b[^>]*\bhref="([^"#]+)"')


@dataclass(frozen=True, slots=True)
class Got:
    """An answer: its headers by their names in lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def links(self) -> list[str]:
        """The links that rows begin with, whole."""
        return [urljoin(self.url, unescape(link)) for link in _LINK.findall(self.text) if link != "/"]


def ask(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> Got:
    """Ask once; redirects are not followed, nothing is unpacked."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    told = dict(headers or {})
    body = None
    if form is not None:
        method, body = "POST", urlencode(form)
        told["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, target, body, told)
        answer = connection.getresponse()
        return Got(
            url, answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )
    finally:
        connection.close()


def follow(url: str, most: int = 10) -> list[str]:
    """Follow redirects, keeping cookies; return all addresses on the way.

    Raises:
        RuntimeError: there are more than `most`.
    """
    way, cookie = [url], ""
    for _ in range(most):
        got = ask(way[-1], headers={"Cookie": cookie} if cookie else None)
        if got.status not in (301, 302, 307):
            return way
        cookie = got.headers.get("set-cookie", cookie).partition(";")[0]
        way.append(urljoin(way[-1], got.headers["location"]))
    raise RuntimeError("too many redirects")


def walk(family: str, start: str) -> Iterator[Got | list[str]]:
    """Yield the pages of a list, or the links of what an interface tells, as the family's recipe has it."""
    yield from _WALKS[family](start)


def links_of(family: str, start: str) -> list[str]:
    """Return the links of a whole list, each once."""
    found = (each.links if isinstance(each, Got) else each for each in walk(family, start))
    return list(dict.fromkeys(link for links in found for link in links))


def _text(start: str) -> str:
    return ask(start).body.decode("gb18030" if "/slpz/" in start or "/mzj/" in start else "utf-8")


def _decoded(url: str) -> Got:
    got = ask(url)
    return Got(got.url, got.status, got.headers, _text(url).encode())


def _trs(start: str) -> Iterator[Got]:
    first = _decoded(start)
    told = re.search(r"(?:createPage(?:HTML)?\((\d+)|countPage = (\d+))", first.text)
    assert told is not None
    yield first
    for number in range(1, int(told[1] or told[2])):
        yield _decoded(urljoin(start, f"index_{number}.html"))


def _ucap(start: str) -> Iterator[Got | list[str]]:
    first = ask(start)
    told = re.search(r"createPageHTML\('page_div', (\d+), 1,'(\w+)','(\w+)',(\d+)\)", first.text)
    assert told is not None
    pages = [first]
    pages += [ask(urljoin(start, f"{told[2]}_{number}.{told[3]}")) for number in range(2, int(told[1]) + 1)]
    yield from pages
    if sum(len(page.links) for page in pages) < int(told[4]):
        yield from _searched(start, first)


def _searched(start: str, first: Got) -> Iterator[list[str]]:
    code = re.search(r'data-channel="(\w+)"', first.text)
    assert code is not None
    own = {"Referer": start}
    channel = json.loads(ask(urljoin(start, f"/getChannelList?channelCode={code[1]}"), headers=own).body)
    name = channel["results"][0]["channelId"]
    for number in range(1, 20):
        query = f"_isAgg=true&_isJson=true&_pageSize=20&_template=index&_channelName=&page={number}"
        told = json.loads(ask(urljoin(start, f"/searchList/{name}?{query}"), headers=own).body)
        results = told["data"]["results"]
        if not results:
            return
        yield [urljoin(start, each["url"]) for each in results]


def _jpage(start: str) -> Iterator[Got]:
    first = ask(start)
    told = re.search(r"totalRecord:(\d+),perPage:(\d+).*?ajaxParam:(\{.*?\})", first.text, re.S)
    assert told is not None
    yield first
    size, form = int(told[2]), {name: str(value) for name, value in json.loads(told[3]).items()}
    for begin in range(size + 1, int(told[1]) + 1, size):
        query = f"startrecord={begin}&endrecord={begin + size - 1}&perpage={size}&page={begin // size + 1}"
        yield ask(urljoin(start, f"/module/web/jpage/dataproxy.jsp?{query}"), form=form)


def _xxgk(start: str) -> Iterator[list[str]]:
    column = re.search(r"/col(\d+)/", start)
    assert column is not None
    form = {
        "infotypeId": f"A{column[1]}",
        "jdid": "7",
        "area": "",
        "divid": f"div{column[1]}",
        "texttype": "0",
    }
    last = 1
    number = 0
    while number < last:
        number += 1
        got = ask(urljoin(start, "/module/xxgk/search.jsp"), form={**form, "currpage": str(number)})
        told = re.search(r"共(\d+)页", got.text)
        assert told is not None
        last = int(told[1])
        yield [link for link in got.links if f"/art_{column[1]}_" in link]


def _jpaas(start: str) -> Iterator[list[str]]:
    told = re.search(r'url="([^"]+)"\s+queryData="\{(.*?)\}"', ask(start).text)
    assert told is not None
    query = dict(re.findall(r"'(\w+)':'([^']*)'", told[2]))
    for number in range(1, 20):
        given = urlencode(
            {**query, "paramJson": json.dumps({"pageNo": number, "pageSize": 15})}, quote_via=quote
        )
        html = json.loads(ask(urljoin(start, f"{told[1]}?{given}")).body)["data"]["html"]
        found = Got(start, 200, {}, html.encode()).links
        if not found:
            return
        yield found


def _gkmlpt(start: str) -> Iterator[list[str]]:
    told = re.search(r"window\._CONFIG = (\{.*\});</script>", ask(start).text)
    assert told is not None
    config = json.loads(told[1])
    found = 0
    for number in range(1, 20):
        call = f"api/all/{config['TREE'][1]['id']}?page={number}&sid={config['SID']}"
        got = ask(urljoin(start, call))
        if got.status == 404:
            return
        answer = json.loads(got.body)
        yield [each["url"] for each in answer["articles"]]
        found += len(answer["articles"])
        if found >= answer["classify"]["post_count"]:
            return


def _nfcms(start: str) -> Iterator[Got]:
    seen = [start]
    for url in seen:
        got = ask(url)
        yield got
        pages = re.findall(r'<div class="pagination">.*?</div>', got.text, re.S)
        seen += [
            whole
            for link in re.findall(r'href="([^"]+)"', pages[0])
            if (whole := urljoin(url, link)) not in seen and not whole.endswith("/index.html")
        ]


def _next(pattern: str, start: str) -> Iterator[Got]:
    url, seen = start, set()
    while url not in seen:
        seen.add(url)
        got = _decoded(url)
        yield got
        told = re.search(pattern, got.text)
        if told is None:
            return
        url = urljoin(url, told[1])


_WALKS = {
    "trs": _trs,
    "ucap": _ucap,
    "hanweb-jpage": _jpage,
    "hanweb-xxgk": _xxgk,
    "hanweb-jpaas": _jpaas,
    "gkmlpt": _gkmlpt,
    "nfcms": _nfcms,
    "vsb": lambda start: _next(r'<span class="p_next[^"]*"><a href="([^"]+)"', start),
    "plain": lambda start: _next(r'<a class="next" href="([^"]+)"', start),
}
