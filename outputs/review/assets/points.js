// What the page knows of its report: statements, figures, findings, and the points to look at, with places that
// count as JavaScript counts (some characters are two there).
"use strict";

(() => {
  const { byId, decisions } = nianbao;
  const data = JSON.parse(byId("report-data").textContent);
  const beyond = data.beyond;
  data.indicators.forEach(([id, name, unit, area]) => nianbao.indicators.set(id, { id, name, unit, area }));

  // Python counts characters; this is the same place in a string of JavaScript.
  const at = (offset) => {
    let low = 0;
    let high = beyond.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (beyond[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
  nianbao.at = at;

  const told = data.told.map(([of, value, start, end, from, to, role, hedge, confidence, place], index) => ({
    index, of, value, role, hedge, confidence, place,
    start: at(start), end: at(end), from: at(from), to: at(to),
  }));
  const figures = data.figures.map((each, index) => ({ hedge: "", from: [], review: "", ...each, index, value: each.value ?? null }));
  const findings = data.findings.map((each, index) => ({
    spans: [], of: [], suggestion: "", basis: "", quote: "", waived: "", ...each,
    index, number: index + 1, spans: (each.spans ?? []).map(([start, end]) => [at(start), at(end)]),
  }));
  // A finding that names no indicator is about those whose figures it quotes.
  const quoted = (finding) => told.filter((each) => finding.spans.some(([start, end]) => each.from < end && each.to > start));
  for (const each of findings) {
    if (!each.of.length) each.of = [...new Set(quoted(each).map(({ of }) => of))];
  }
  const numerals = data.numerals.map(([start, end, quote]) => ({ start: at(start), end: at(end), quote }));

  const points = data.points.map((each, index) => ({
    settled: "", of: "", ...each, index,
    id: [data.page, each.kind, each.key, each.seen].join("|"),
    start: each.start === undefined ? null : at(each.start),
    end: each.end === undefined ? null : at(each.end),
  }));

  // A figure that is no point is corrected as well; that does not count among what is to be looked at.
  nianbao.extra = (figure) => ["+", data.page, figure.of].join("|");

  nianbao.report = {
    issuer: data.issuer, name: data.name, page: data.page, silence: data.silence,
    odd: data.odd.map(([place, code]) => [at(place), code]),
    told, figures, findings, numerals, points,
    figureOf: (indicator) => figures.find((each) => each.of === indicator),
    decisionOn: (point) => decisions.find(point.id),
    // What somebody has entered here instead of what was read; undefined where nobody has.
    entered(figure) {
      const point = points.find((each) => each.kind === "figure" && each.place === figure.index);
      const own = [point?.id, nianbao.extra(figure)].map((id) => id && decisions.find(id)).filter(Boolean);
      return own.find((each) => each.decision.do === "correct")?.decision.value;
    },
    isOpen: (point) => !point.settled && !decisions.find(point.id),
    openPoints: () => points.filter((each) => nianbao.report.isOpen(each)),
    // Of one sort: the numerals that belong to no indicator, or all that is more pressing.
    openOf: (isNumeral) => nianbao.report.openPoints().filter((each) => (each.kind === "numeral") === isNumeral),
    // The thing that a point is about.
    about(point) {
      if (point.kind === "figure") return figures[point.place] ?? this.figureOf(point.key);
      if (point.kind === "finding") return findings[point.place];
      if (point.kind === "numeral") return numerals[point.place];
      return this.figureOf(point.of || point.key);
    },
    pointAbout: (kind, place) => points.find((each) => each.kind === kind && each.place === place),
  };
})();
