// A report's page begins: clicks between text and panel, where the address points to, the sheet on a phone.
"use strict";

(() => {
  const { byId, report } = nianbao;

  const pick = (node) => {
    const { kind, index } = node.dataset;
    if (kind === "numeral") {
      nianbao.look(report.points[index], { scroll: false });
      return;
    }
    const told = report.told[index];
    const figure = report.figures.find((each) => each.from.includes(told.index)) ?? report.figureOf(told.of);
    if (figure) nianbao.lookAtFigure(figure, told);
  };
  const pickFinding = (index) => {
    const point = report.pointAbout("finding", Number(index));
    if (point) nianbao.look(point);
    else {
      const [span] = report.findings[index].spans;
      if (span) nianbao.show(...span);
    }
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("#text [data-kind]");
    const finding = event.target.closest("[data-finding]");
    const figure = event.target.closest("[data-figure]");
    if (mark) {
      pick(mark);
      unfold();
    } else if (finding) pickFinding(finding.dataset.finding);
    else if (figure) nianbao.lookAtFigure(report.figures[figure.dataset.figure]);
  });
  byId("text").addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.dataset.kind) {
      event.preventDefault();
      pick(event.target);
      unfold();
    }
  });

  // The sheet of a phone may be folded, so that the text has the page.
  const fold = byId("fold");
  const unfold = (isOpen = true) => {
    byId("panel").classList.toggle("folded", !isOpen);
    fold.setAttribute("aria-expanded", String(isOpen));
    fold.textContent = isOpen ? "收起" : "展开";
  };
  fold.addEventListener("click", () => unfold(byId("panel").classList.contains("folded")));

  const beside = byId("show-beside");
  beside?.addEventListener("click", () => {
    const isShown = document.body.classList.toggle("with-beside");
    beside.setAttribute("aria-pressed", String(isShown));
    byId("beside").hidden = !isShown;
  });
  if (beside) nianbao.key("o", "对照原件", () => beside.click());

  const arrive = () => {
    const told = location.hash.slice(1);
    const pressing = report.openOf(false);
    const open = pressing.length ? pressing : report.openOf(true);
    if (/^\d+$/.test(told)) {
      const offset = nianbao.at(Number(told));
      const said = report.told.find((each) => each.start === offset) ?? report.told.find((each) => each.start <= offset && offset < each.end);
      const figure = said && (report.figures.find((each) => each.from.includes(said.index)) ?? report.figureOf(said.of));
      if (figure) nianbao.lookAtFigure(figure, said);
      else nianbao.show(offset);
      return;
    }
    const point = told === "last" ? open[open.length - 1] : open[0];
    nianbao.look(point ?? null, { scroll: told === "next" || told === "last" });
  };
  addEventListener("hashchange", () => {
    if (/^#(?:\d+|next|last)$/.test(location.hash)) arrive();
  });
  byId("panel").tabIndex = -1;
  arrive();
})();
