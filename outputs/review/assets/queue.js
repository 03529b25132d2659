// The queue: from one open point to the next, across reports, and what is decided on each.
"use strict";

(() => {
  const { byId, book, decisions, report } = nianbao;
  let current = null; // the point that the panel shows
  let shown = null; // a figure that the panel shows, and that is no point

  const here = book.reports.findIndex((each) => each[0] === report.page);
  const count = book.reports.length;
  // The nearest report after (or before) this one that has something to look at; what is pressing goes first.
  const nearest = (step, openIn) => {
    for (let far = 1; far < count; far += 1) {
      const each = book.reports[(((here + step * far) % count) + count) % count];
      if (openIn(each) > 0) return each;
    }
    return null;
  };
  nianbao.nextPage = (step) => nearest(step, nianbao.pressingIn) ?? nearest(step, nianbao.numeralsIn);

  const spansOf = (point) => {
    const about = report.about(point);
    if (point.kind === "finding" && about) return [about.spans, []];
    if (point.kind === "numeral" || !about) return [[], point.start === null ? [] : [[point.start, point.end]]];
    const told = about.from.map((index) => report.told[index]);
    return [told.map((each) => [each.start, each.end]), told.map((each) => [each.from, each.to])];
  };

  nianbao.look = (point, { scroll = true } = {}) => {
    current = point;
    shown = null;
    nianbao.tab("point");
    nianbao.panel.showPoint(point);
    nianbao.light(...(point ? spansOf(point) : [[], []]));
    document.querySelectorAll(".remark.chosen").forEach((node) => node.classList.remove("chosen"));
    if (point?.kind === "finding") document.querySelector(`.remark[data-finding="${point.place}"]`)?.classList.add("chosen");
    if (point && point.start !== null && scroll) nianbao.show(point.start, point.end);
    nianbao.refreshAsides();
    nianbao.beside?.(point);
  };
  nianbao.lookAtFigure = (figure, told) => {
    const point = report.pointAbout("figure", figure.index);
    const first = told ?? report.told[figure.from[0]];
    if (point) nianbao.look(point, { scroll: false });
    else {
      current = null;
      shown = figure;
      nianbao.tab("point");
      nianbao.panel.showFigure(figure);
      nianbao.light(figure.from.map((index) => [report.told[index].start, report.told[index].end]), first ? [[first.from, first.to]] : []);
    }
    if (told) {
      const near = [...figure.from.map((index) => report.told[index]), told];
      nianbao.light(near.map((each) => [each.start, each.end]), [[told.from, told.to]]);
    }
    if (first) nianbao.show(first.from, first.to);
  };

  const cross = (step) => {
    const next = nianbao.nextPage(step);
    if (next) location.href = `${next[0]}#${step > 0 ? "next" : "last"}`;
    else nianbao.tell(report.openPoints().length ? "只剩这一份还有待核对的地方" : "所有报告都核对完了");
  };
  nianbao.go = (step) => {
    const isNumeral = current?.kind === "numeral";
    const open = report.openOf(isNumeral);
    const before = report.points.indexOf(current);
    const further = step > 0 ? open.find((each) => each.index > before) : nianbao.last(open, (each) => before < 0 || each.index < before);
    // Numerals come after all that is pressing, here and elsewhere; after the last of them it begins again.
    const isTurn = !nearest(step, nianbao.pressingIn) && !(isNumeral && nearest(step, nianbao.numeralsIn));
    const turn = isTurn ? report.openOf(!isNumeral) : [];
    const found = further ?? (step > 0 ? turn[0] : turn[turn.length - 1]);
    if (found) {
      nianbao.look(found);
      nianbao.tell(found.why || found.key, { isSeen: true });
    } else cross(step);
  };

  // Enters a decision; returns what is wrong with it, an empty text where nothing is.
  const enter = async (point, decision, told) => {
    if (!(await nianbao.askPerson(false))) return "没有记下：请先写明核对人";
    const faults = await decisions.decide(point.id, report.page, decision);
    if (faults.length) {
      nianbao.tell(faults.join("；"), { isFault: true });
      return faults.join("；");
    }
    const open = report.openOf(point.kind === "numeral");
    nianbao.look(open.find((each) => each.index > point.index) ?? open[0] ?? null);
    const isFinished = !report.openPoints().length;
    const done = isFinished ? "这一份核对完了，“下一处”在下一份" : "这一份要紧的核对完了";
    const next = open.length ? `还有 ${open.length} 处` : done;
    nianbao.tell(`${told}，${next}`);
    byId("panel").focus({ preventScroll: true });
    return "";
  };
  // Asks until what was filled in is entered, or given up.
  const fillIn = async (ask, point, told) => {
    let again = null;
    do {
      const decision = await ask(point, again);
      if (!decision) return;
      again = { decision, fault: await enter(point, decision, told) };
    } while (again.fault);
  };
  // What is not in view is not decided on: the first press brings it back.
  const isInView = () => {
    const isShown = !byId("view-point").hidden;
    if (!isShown) nianbao.tab("point");
    return isShown;
  };
  const accept = () => {
    if (!isInView() || !current || byId("do-accept").disabled) return;
    const { kind, key, seen } = current;
    enter(current, { do: "accept", what: kind, issuer: report.issuer, key, seen, note: "" }, "已认可");
  };
  const asPoint = (figure) => ({
    id: nianbao.extra(figure),
    kind: "figure", key: figure.of, of: figure.of, place: figure.index, index: -1,
  });
  const correct = async () => {
    if (!isInView() || byId("do-correct").disabled) return;
    const point = current ?? (shown && asPoint(shown));
    if (point) await fillIn(nianbao.askCorrection, point, "已记下更正");
  };
  const waive = async () => {
    if (isInView() && current && !byId("do-waive").disabled) await fillIn(nianbao.askWaiver, current, "已记下豁免");
  };
  const undo = async () => {
    const [undone, fault] = await decisions.undo();
    if (!undone) {
      nianbao.tell(fault || "没有可以撤回的");
      return;
    }
    const point = report.points.find((each) => each.id === undone.id);
    if (point) nianbao.look(point);
    else nianbao.refreshAsides();
    nianbao.tell(point ? "已撤回上一条" : "已撤回另一份报告上的上一条");
  };

  const follow = (id) => byId(id)?.click();
  const KEYS = [
    ["n", "下一处有待核对的（到头就去下一份）", () => nianbao.go(1), "go-next"],
    ["p", "上一处有待核对的", () => nianbao.go(-1), "go-back"],
    ["a", "认可：数字无误，或问题属实", accept, "do-accept"],
    ["c", "更正数字", correct, "do-correct"],
    ["w", "豁免问题，写明理由", waive, "do-waive"],
    ["u", "撤回上一条", undo, "go-undo"],
    ["j", "下一份报告", () => follow("next-report"), ""],
    ["k", "上一份报告", () => follow("previous-report"), ""],
    ["/", "回到清单查找报告", () => { location.href = `${nianbao.meta("root")}index.html#find`; }, ""],
  ];
  for (const [key, told, run, button] of KEYS) {
    nianbao.key(key, told, run);
    if (button) byId(button).addEventListener("click", run);
  }
  decisions.onchange(() => nianbao.refreshAsides());
})();
