"""The host to look at the others from: 127.0.0.1. It shows them, the log, and the faults."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from .exchange import Asked, Part, Reply, page
from .faults import NAMES

if TYPE_CHECKING:
    from .server import Loopback


def portal_reply(loopback: Loopback, asked: Asked) -> Reply:
    """Answer what is asked of the portal.

    `/log` gives the requests as JSON lines (`?from=12` those from the 13th on); a POST to `/fault`
    (`site`, `name`, and what `Loopback.fault` takes) switches one on, to `/mend` all off, to `/reset` all
    off and the log empty.
    """
    match asked.method, asked.path:
        case "GET", "/":
            return page(_index(loopback))
        case "GET", "/log":
            text = loopback.log.lines(int(asked.query.get("from") or 0))
            return Reply(text.encode(), media="application/x-ndjson; charset=utf-8")
        case "POST", "/fault":
            return _fault(loopback, dict(asked.form))
        case "POST", "/mend":
            loopback.mend()
        case "POST", "/reset":
            loopback.reset()
        case _:
            return page("<h1>404</h1>", 404)
    return page("<p>done</p>")


def _fault(loopback: Loopback, form: dict[str, str]) -> Reply:
    known: dict[str, Any] = {}
    try:
        for name in ("times", "after"):
            if form.get(name):
                known[name] = int(form[name])
        if form.get("part"):
            known["part"] = Part(form["part"])
        rest: dict[str, Any] = {
            name: value for name, value in form.items() if name not in ("times", "after", "part") and value
        }
        loopback.fault(rest.pop("site", ""), rest.pop("name", ""), **known, **rest)
    except ValueError as error:
        return page(f"<p>{escape(str(error))}</p>", 400)
    return page("<p>done</p>")


def _index(loopback: Loopback) -> str:
    rows = "\n".join(
        f"<tr><td>{key}</td><td>{site.family}</td>"
        f"<td><a href='{site.base}'>{escape(site.title)}</a></td>"
        f"<td>{site.view}</td><td>{len(loopback.log.of(key))}</td></tr>"
        for key, site in loopback.sites.items()
    )
    on = "".join(f"<li>{each.site} {each.name} {each.path}</li>" for each in loopback.faults)
    keys = "".join(f"<option>{key}</option>" for key in loopback.sites)
    names = "".join(f"<option>{name}</option>" for name in NAMES)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>loopback</title></head><body>
<h1>The fictional county</h1>
<table border="1"><tr><th>key<th>family<th>site<th>lists<th>asked</tr>{rows}</table>
<h2>Faults</h2><ul>{on}</ul>
<form method="post" action="/fault"><select name="site">{keys}</select> <select name="name">{names}</select>
path <input name="path" value="/"> times <input name="times" size="3"> <button>switch on</button></form>
<form method="post" action="/mend"><button>switch all off</button></form>
<p><a href="/log">Log</a></p></body></html>"""
