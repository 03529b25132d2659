"""The example plugin beside the built-in ones, in this process and in workers, and reports for it to read."""

from __future__ import annotations

import sys
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from flows import work
from flows.request import Request
from flows.summary import Summary
from flows.watch import Watch
from flows.worker import Setup
from nianbao.manager import Registry, build_registry
from nianbao.model import Block, BlockKind, Document, Place, Report
from nianbao.records import Context
from nianbao.steps import analyse, make_context

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "nianbao-xinxigongkai"
REPORTS = EXAMPLE / "tests" / "reports"
LAW = (
    ROOT / "samples/reports/沙柳坪乡2023年度法治政府建设情况报告.docx",
    ROOT / "samples/reports/柳桥埠街道2022年度法治政府建设工作报告.html",
)


def beside(folders: tuple[str, ...], modules: tuple[str, ...]) -> tuple[Registry, Context]:
    """Build the registry of the built-in plugins, and of modules of other packages in these folders."""
    sys.path[:0] = [folder for folder in folders if folder not in sys.path]
    own = [point for point in entry_points(group="nianbao") if point.dist and point.dist.name == "nianbao"]
    others = [EntryPoint(name, name, "nianbao") for name in modules]
    return build_registry([*sorted(own, key=lambda point: point.name), *others]), make_context()


def with_plugin(*modules: str, folder: Path | None = None) -> Setup:
    """Return the setup with the example plugin, or with other modules of a folder."""
    folders = (str(EXAMPLE),) if folder is None else (str(folder), str(EXAMPLE))
    return partial(beside, folders, modules or ("nianbao_xinxigongkai",))


WITHOUT: Setup = partial(beside, (), ())


def run(source: Path, out: Path, setup: Setup, *publishers: str) -> Summary:
    """Run over a folder, without Prefect, by the usual publishers or by those named."""
    store = str(out.parent / f"{out.name}.db")
    request = Request(str(source), out, store=store, workers=1, batch_size=16, publish=publishers)
    with work.open_workshop(request, Watch(), setup) as workshop:
        ids = work.collect(workshop)
        work.process_batch(workshop, ids)
        while again := work.quarantine(workshop):
            work.process_batch(workshop, again)
        years = [work.publish_year(workshop, *each) for each in work.yearbooks_wanted(workshop)]
        return work.finish(workshop, years)


def document(*parts: str | list[list[str | None]]) -> Document:
    """Return a document of paragraphs and tables; a None is covered by a merged cell."""
    pieces: list[str] = []
    blocks: list[Block] = []
    position, number = 0, 0
    for part in parts:
        rows = [[part]] if isinstance(part, str) else part
        number += not isinstance(part, str)
        for row, cells in enumerate(rows, 1):
            texts = [cell or "" for cell in cells]
            for column, (cell, text) in enumerate(zip(cells, texts, strict=True), 1):
                if text and isinstance(part, str):
                    blocks.append(Block(position, position + len(text), BlockKind.PARAGRAPH, Place()))
                elif cell:
                    place = Place(table=number, row=row, column=column)
                    blocks.append(Block(position, position + len(text), BlockKind.CELL, place))
                position += len(text) + 1
            pieces.append("\t".join(texts))
    return Document("试.docx", "0" * 64, "试", "\n".join(pieces), tuple(blocks))


TITLE = "云岫县石泉埠镇人民政府2023年政府信息公开工作年度报告"


def read(setup: Setup, *parts: str | list[list[str | None]]) -> Report:
    """Return the report of such a document."""
    registry, context = setup()
    return analyse(registry, document(TITLE, *parts), context)
