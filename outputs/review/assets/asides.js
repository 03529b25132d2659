// Beside the text: findings in the margin; in the panel, all figures by area and all findings; both on paper.
"use strict";

(() => {
  const { el, byId, report } = nianbao;

  const stateOf = (point) => {
    if (!point) return "";
    const entry = report.decisionOn(point);
    return point.settled || (entry ? nianbao.panel.describe(entry) : "");
  };

  // Margin: each finding at the paragraph that it quotes first; those that quote nothing stand at the head.
  const note = (finding) =>
    el(
      `button.remark.${finding.waived ? "waived" : finding.severity}`,
      { type: "button", "data-finding": finding.index },
      el("span.remark-head", {}, el("span.ref", {}, String(finding.number)), `${finding.called} · ${finding.kind}`),
      el("span.remark-text", {}, finding.message),
    );
  const place = (finding) => {
    const span = finding.spans[0];
    const block = span && nianbao.blockAt(span[0])?.node;
    if (!block) byId("text").querySelector(".report-head").append(note(finding));
    else (block.closest(".wide") ?? block).before(note(finding));
  };
  report.findings.forEach(place);
  document.body.classList.toggle("no-remarks", !report.findings.length);

  const tick = () => el("span.check", { "aria-label": "已核对" }, "✓");
  const row = (figure) => {
    const info = nianbao.indicator(figure.of);
    const point = report.pointAbout("figure", figure.index);
    const flag = stateOf(point) ? tick() : point ? el("span.flag", {}, figure.status === "disputed" ? "前后不一" : "待核对") : null;
    return el(
      "button.figure-row", { type: "button", "data-figure": figure.index },
      el("span.figure-name", {}, info.name, flag),
      el("span.figure-value", {}, ...nianbao.valueOf(figure)),
    );
  };
  const showFigures = () => {
    const areas = new Map();
    for (const figure of report.figures) {
      const { area } = nianbao.indicator(figure.of);
      areas.set(area, [...(areas.get(area) ?? []), figure]);
    }
    byId("view-figures").replaceChildren(
      ...[...areas].flatMap(([area, own]) => [el(`h3.area-name.area-${area}`, {}, nianbao.areaName(area)), ...own.map(row)]),
      areas.size ? "" : el("p.empty", {}, "没有读出数字。"),
    );
  };
  const findingRow = (finding) => {
    const settled = stateOf(report.pointAbout("finding", finding.index)) || (finding.waived && `已豁免：${finding.waived}`);
    return el(
      "button.finding-row", { type: "button", "data-finding": finding.index },
      el(`span.tag.${finding.severity}`, {}, `${finding.number} ${finding.called} · ${finding.kind}`),
      el("span", {}, finding.message),
      settled ? el("small.settled", {}, settled) : null,
    );
  };
  const showFindings = () =>
    byId("view-findings").replaceChildren(
      ...report.findings.map(findingRow),
      report.findings.length ? "" : el("p.empty", {}, "没有发现问题。"),
    );

  const showCounts = () => {
    const counts = { point: report.openOf(false).length || report.openOf(true).length, figures: report.figures.length, findings: report.findings.length };
    for (const [name, count] of Object.entries(counts)) byId(`tab-${name}`).querySelector(".count").textContent = ` ${count}`;
    for (const point of report.points.filter((each) => each.kind === "figure")) {
      report.about(point)?.from.forEach((index) => {
        nianbao.nodeOf("told", index)?.classList.toggle("to-check", report.isOpen(point));
      });
    }
  };

  // Paper has no panel: what it tells stands in tables after the text.
  const table = (title, heads, rows) => [
    el("h2", {}, title),
    el("table", {}, el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell)))))),
  ];
  const showOnPaper = () => {
    const figures = report.figures.map((each) => {
      const info = nianbao.indicator(each.of);
      return [info.name, `${each.hedge}${nianbao.number(each.value)}${each.value === null ? "" : info.unit}`, each.called, stateOf(report.pointAbout("figure", each.index)) || each.review];
    });
    const findings = report.findings.map((each) => [String(each.number), each.called, each.message, stateOf(report.pointAbout("finding", each.index)) || each.suggestion]);
    byId("figures-print").replaceChildren(
      ...(findings.length ? table("问题", ["序号", "程度", "问题", "建议或处理"], findings) : []),
      ...(figures.length ? table("数字", ["指标", "数值", "状态", "说明"], figures) : []),
    );
  };
  addEventListener("beforeprint", showOnPaper);

  nianbao.tab = (name) => {
    for (const each of ["point", "figures", "findings"]) {
      const isShown = each === name;
      byId(`view-${each}`).hidden = !isShown;
      byId(`tab-${each}`).setAttribute("aria-selected", String(isShown));
      byId(`tab-${each}`).tabIndex = isShown ? 0 : -1;
    }
    document.body.classList.toggle("browsing", name !== "point");
    if (name === "figures") showFigures();
    if (name === "findings") showFindings();
    byId("panel-body").scrollTop = 0;
  };
  const tabs = [...document.querySelectorAll("[role=tab]")];
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => nianbao.tab(tab.id.slice("tab-".length)));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const other = tabs[(index + step + tabs.length) % tabs.length];
      other.click();
      other.focus();
    });
  });
  nianbao.refreshAsides = () => {
    showCounts();
    if (!byId("view-figures").hidden) showFigures();
    if (!byId("view-findings").hidden) showFindings();
  };
})();
