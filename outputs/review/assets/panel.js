// The panel: the point that is looked at now: what was read, from which sentence, why it needs a look.
"use strict";

(() => {
  const { el, byId, report } = nianbao;
  const KINDS = { figure: "数字", finding: "问题", numeral: "没有归类的数字", correction: "失效的更正" };
  const VERBS = {
    figure: ["无误", "更正"], finding: ["属实", "更正"], numeral: ["不是指标", "归入指标"],
    correction: ["以现在为准", "重新更正"],
  };
  const DONE = { accept: "已认可", correct: "已更正", waive: "已豁免" };

  // A sentence with what is meant in it set off; a click leads to it.
  nianbao.sentence = (start, end, from, to, notes = []) => {
    const button = el(
      "button.sentence", { type: "button" },
      el("span.words", {}, nianbao.textOf(start, from), from < to ? el("mark", {}, nianbao.textOf(from, to)) : null, nianbao.textOf(to, end)),
      notes.length ? el("small", {}, notes.filter(Boolean).join(" · ")) : null,
    );
    button.addEventListener("click", () => {
      nianbao.light([[start, end]], from < to ? [[from, to]] : []);
      nianbao.show(from < to ? from : start, end);
    });
    return button;
  };
  const told = (index) => {
    const each = report.told[index];
    const sure = each.confidence < 100 ? `把握 ${each.confidence}%` : "";
    const role = each.role === "合计" ? "" : each.role;
    return nianbao.sentence(each.start, each.end, each.from, each.to, [role, each.place, sure]);
  };

  // A figure's value; where somebody has entered another here, that after the one that was read.
  nianbao.valueOf = (figure) => {
    const { unit } = nianbao.indicator(figure.of);
    const entered = report.entered(figure);
    const shown = nianbao.number(figure.value);
    if (entered === undefined) return [figure.hedge, el("b", {}, shown), figure.value === null ? null : el("small", {}, unit)];
    const isNumber = /^\d/.test(entered);
    return [el("s", { "aria-label": `原为${shown}` }, shown), el("b", {}, isNumber ? nianbao.number(entered) : entered), isNumber ? el("small", {}, unit) : null];
  };
  const value = (figure) => el("p.value", {}, ...nianbao.valueOf(figure));

  const why = (text) => (text ? el("p.why", {}, el("span.why-label", {}, "为何要看"), text) : null);
  const others = (figure) =>
    report.told.filter((each) => each.of === figure.of && !figure.from.includes(each.index)).map((each) => each.index);

  const figureView = (figure, point) => {
    const info = nianbao.indicator(figure.of);
    const more = others(figure);
    return [
      el("h2", {}, info.name),
      value(figure),
      why(point ? point.why : figure.review),
      el("h3", {}, figure.sum ? "由这些分项相加" : figure.from.length > 1 ? "文中的说法" : "读自"),
      ...figure.from.map(told),
      figure.from.length ? null : el("p.empty", {}, "报告里没有提到它的句子。"),
      more.length ? el("h3", {}, "同一指标的其他说法（未采用）") : null,
      ...more.map(told),
    ];
  };
  const findingView = (finding) => [
    el("h2.message", {}, finding.message),
    finding.spans.length ? el("h3", {}, "原文") : null,
    ...finding.spans.map(([start, end]) => nianbao.sentence(start, end, end, end)),
    finding.suggestion ? el("p.advice", {}, el("span.why-label", {}, "建议"), finding.suggestion) : null,
    finding.basis ? el("p.basis", {}, `依据：${finding.basis}`) : null,
  ];
  const numeralView = (numeral, point) => {
    const block = nianbao.blockAt(numeral.start);
    const start = Math.max(block.start, numeral.start - 40);
    const end = Math.min(block.end, numeral.end + 40);
    return [el("h2.big", {}, numeral.quote), why(point.why), el("h3", {}, "原文"), nianbao.sentence(start, end, numeral.start, numeral.end)];
  };
  const correctionView = (point) => {
    const info = nianbao.indicator(point.of || point.key);
    const figure = report.figureOf(info.id);
    return [
      el("h2", {}, info.name),
      why(point.why),
      el("h3", {}, "现在读出的"),
      value(figure ?? { of: info.id, value: null, hedge: "" }),
      ...(figure?.from ?? []).map(told),
    ];
  };

  const label = (point) => {
    const about = report.about(point);
    if (point.kind === "finding" && about) return el(`span.tag.${about.severity}`, {}, `${about.called} · ${about.kind}`);
    const called = point.kind === "figure" && about?.status === "disputed" ? "数字 · 前后不一" : KINDS[point.kind];
    return el(`span.tag.${point.kind}`, {}, called);
  };
  const where = (point) => {
    const open = report.openOf(point.kind === "numeral");
    const place = open.indexOf(point);
    return place < 0 ? "" : `第 ${place + 1} 处 / 还有 ${open.length} 处`;
  };
  const describe = ({ decision, saved }) => {
    const unit = decision.do === "correct" ? nianbao.indicator(decision.indicator).unit : "";
    const change = decision.do === "correct" ? `：${nianbao.number(decision.old)} → ${/^\d/.test(decision.value) ? nianbao.number(decision.value) + unit : decision.value}` : "";
    const reason = decision.reason ? `（${decision.reason}）` : "";
    return `${DONE[decision.do]}${change}${reason}${saved ? "" : " · 未保存"}`;
  };

  const views = { figure: figureView, finding: findingView, numeral: numeralView, correction: (_, point) => correctionView(point) };

  nianbao.panel = {
    describe,
    // Shows a point; without one, that all is settled.
    showPoint(point) {
      const box = byId("point");
      const entry = point && report.decisionOn(point);
      const about = point && report.about(point);
      byId("form").hidden = true;
      box.hidden = false;
      if (!point) {
        box.replaceChildren(...this.finished());
      } else {
        const state = point.settled || (entry ? describe(entry) : "");
        box.replaceChildren(
          ...[
            el("div.point-head", {}, label(point), el("span.where", {}, where(point))),
            state ? el("p.settled", {}, el("span.check", { "aria-hidden": "true" }, "✓"), state) : null,
            ...(about || point.kind === "correction" ? views[point.kind](about, point) : [el("h2", {}, point.key), why(point.why)]),
          ].filter(Boolean),
        );
      }
      const [accept, correct] = VERBS[point?.kind] ?? VERBS.figure;
      nianbao.label("do-accept", accept, !point || Boolean(point.settled));
      nianbao.label("do-correct", correct, !point || (point.kind === "finding" && !about?.of.length));
      nianbao.label("do-waive", "豁免", point?.kind !== "finding");
      byId("panel-body").scrollTop = 0;
    },
    // Shows a figure that is no point: nobody need look at it, yet anybody may correct it.
    showFigure(figure) {
      byId("form").hidden = true;
      byId("point").hidden = false;
      byId("point").replaceChildren(
        ...[el("div.point-head", {}, el("span.tag", {}, nianbao.areaName(nianbao.indicator(figure.of).area)), el("span.where", {}, figure.called)), ...figureView(figure, null)].filter(Boolean),
      );
      nianbao.label("do-accept", "无误", true);
      nianbao.label("do-correct", "更正", figure.status === "failed");
      nianbao.label("do-waive", "豁免", true);
    },
    finished() {
      const next = nianbao.nextPage?.(1);
      const numerals = report.openOf(true).length;
      const done = numerals ? `要紧的核对完了，还有 ${numerals} 个没有归类的数字，可以最后看。` : "这一份已经核对完了。";
      const told = report.points.length ? done : "这一份没有需要核对的地方。";
      return [
        el("p.finished", {}, el("span.check", { "aria-hidden": "true" }, "✓"), told),
        next ? el("p", {}, "下一份有待核对的：", el("a", { href: `${next[0]}#next` }, next[1]), `（${nianbao.pressingIn(next) || nianbao.numeralsIn(next)} 处）`) : numerals ? null : el("p", {}, "所有报告都核对完了。"),
      ].filter(Boolean);
    },
  };
  nianbao.label = (id, told, isOff) => {
    const button = byId(id);
    button.firstElementChild.textContent = told;
    button.disabled = isOff;
  };
})();
