"""Sites whose lists a browser alone shows, each in another way; some of them with scripts up to no good."""

# ruff: noqa: E501  what stands in a page stands on its own line
from __future__ import annotations

import json

from .. import markup
from ..exchange import Asked, Part, Reply, page
from ..markup import Row
from ..papers import Paper
from ..sites import Column
from .plain import Plain

_SHOW = """
function show(rows, anew) {
  var list = document.getElementById("rows");
  if (anew) list.textContent = "";
  rows.forEach(function (row) {
    var item = document.createElement("li"), link = document.createElement("a"), day = document.createElement("span");
    link.href = row.url; link.textContent = row.title; day.textContent = row.date;
    item.appendChild(link); item.appendChild(day); list.appendChild(item);
  });
}
function ask(page, then) {
  fetch("/api/rows?page=" + page, {headers: {"X-Requested-With": "XMLHttpRequest"}})
    .then(function (answer) { return answer.json(); }).then(then);
}
"""
# Numbers with a next page that is switched off at the end; each page takes the place of the one before.
_NEXT = """
var page = 1, next = document.querySelector(".next");
function turn() { ask(page, function (told) { show(told.rows, true); next.className = page < told.pages ? "next" : "next disabled"; }); }
next.addEventListener("click", function () { if (next.className === "next") { page += 1; turn(); } });
turn();
"""
# A button that adds to the list and goes away; what it asks for is JSON in a POST.
_MORE = """
var page = 0, more = document.querySelector(".more");
function add() {
  page += 1;
  fetch("/api/rows", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({page: page})})
    .then(function (answer) { return answer.json(); })
    .then(function (told) { show(told.rows); if (page >= told.pages) more.remove(); });
}
more.addEventListener("click", add); add();
"""
# Rows that come when the end of the list comes into sight, half a second later.
_SCROLL = """
var page = 0, pages = 1, waits = false;
new IntersectionObserver(function (seen) {
  if (!seen[0].isIntersecting || waits || page >= pages) return;
  waits = true;
  setTimeout(function () { page += 1; ask(page, function (told) { pages = told.pages; show(told.rows); waits = false; }); }, 500);
}).observe(document.getElementById("end"));
"""
_ONCE = "ask(1, function (told) { show(told.rows); });\n"
# All that a page might do besides showing its list.
_LEAVING = """
var inner = "@inner/manage/";
fetch(inner).catch(function () {}); new Image().src = inner + "a.gif"; navigator.sendBeacon(inner, "x");
new WebSocket(inner.replace("http", "ws")); new EventSource(inner); new EventSource("/manage/events");
new Worker(URL.createObjectURL(new Blob(["fetch('" + inner + "worker')"])));
new SharedWorker(URL.createObjectURL(new Blob(["fetch('" + inner + "shared')"])));
new RTCPeerConnection({iceServers: [{urls: "stun:" + location.host}]}).createOffer();
fetch("/manage/secret").catch(function () {}); fetch("/api/away").catch(function () {});
document.cookie = "made=by-a-script"; fetch("/api/rows?page=2");
window.open("/popup.html"); window.open("about:blank").location = inner + "popup";
if (navigator.serviceWorker) navigator.serviceWorker.register("/worker.js").catch(function () {});
[inner + "frame", "file:///etc/passwd"].forEach(function (where) {
  var frame = document.createElement("iframe"); frame.src = where; document.body.appendChild(frame);
});
var link = document.createElement("a"); link.href = "/files/all.zip"; link.download = "all.zip"; document.body.appendChild(link); link.click();
alert("欢迎"); setTimeout(function () { location.href = inner; }, 200);
"""
_ELSEWHERE = 'fetch("@outside/api/rows").then(function (answer) { return answer.json(); }).then(show);\n'
_BUSY = "setTimeout(function () { while (true) {} }, 300);\n"
_ASKING = "var number = 0; setInterval(function () { fetch('/api/beat?number=' + number++); }, 20);\n"
_FRAME = '<iframe src="/api/frame.html" width="100%" height="600"></iframe>'
WAYS = {
    "next": (_NEXT, '<ul id="rows" class="list"></ul><p><b>1</b> <span class="next">下一页</span></p>'),
    "more": (_MORE, '<ul id="rows" class="list"></ul><button class="more">点击加载更多</button>'),
    "scroll": (_SCROLL, '<ul id="rows" class="list"></ul><div id="end" style="margin-top: 1500px">　</div>'),
    "frame": ("", _FRAME),
    "leaving": (_ONCE + _LEAVING, '<ul id="rows" class="list"></ul>'),
    "elsewhere": (_ELSEWHERE, '<ul id="rows" class="list"></ul>'),
    "busy": (_ONCE + _BUSY, '<ul id="rows" class="list"></ul>'),
    "asking": (_ONCE + _ASKING, '<ul id="rows" class="list"></ul>'),
}


class Scripted(Plain):
    """A site of one list, in one of `WAYS`; where that is none of paging, all rows come at once."""

    family = "scripted"
    rows_a_page = 5

    @property
    def way(self) -> str:
        return self.name.removeprefix("shown-")

    def paper_markup(self, column: Column, paper: Paper) -> str:
        """Return a paper's page, whose text is there without its script."""
        return (
            super()
            .paper_markup(column, paper)
            .replace("</body>", '<script src="/static/page.js"></script></body>')
        )

    def answer(self, asked: Asked) -> Reply | None:
        column = self.columns[0]
        script, inside = WAYS[self.way]
        if asked.path == "/static/list.js":
            told = _SHOW + script.replace("@inner", self.bases["inner"]).replace(
                "@outside", self.bases["outside"]
            )
            return Reply(told.encode(), media="text/javascript", part=Part.LIST, modified=column.newest)
        if asked.path == column.slug:
            shown = f'<link rel="stylesheet" href="/static/site.css"><img src="/static/logo.png">{inside}<script src="/static/list.js"></script>'
            return self.listing(column, self.whole(column, column.name, shown))
        if asked.path == "/api/rows":
            return self._rows(asked, column)
        if asked.path == "/api/frame.html":
            rows = markup.plain_rows(self.rows(column))
            return page(f'<html><body><ul class="list">{rows}</ul></body></html>', part=Part.LIST)
        if asked.path == "/api/beat":
            return page("{}", part=Part.DATA)
        if asked.path == "/api/away":
            return Reply(
                status=302, headers=(("Location", f"{self.bases['inner']}/manage/away"),), part=Part.DATA
            )
        return None

    def _rows(self, asked: Asked, column: Column) -> Reply:
        number = json.loads(asked.body)["page"] if asked.body else int(asked.query.get("page") or 1)
        rows = self.rows(column)
        size = self.rows_a_page if self.way in ("next", "more", "scroll") else len(rows)
        told = {
            "pages": -(-len(rows) // size),
            "rows": [_row(row) for row in rows[(number - 1) * size : number * size]],
        }
        return Reply(json.dumps(told).encode(), media="application/json", part=Part.DATA)


def _row(row: Row) -> dict[str, str]:
    return {"title": row.title, "url": row.href, "date": row.day.isoformat()}
