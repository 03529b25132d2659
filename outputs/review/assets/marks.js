// Marks in the text: every figure that is read, by area; what findings quote; numerals that nobody claimed;
// characters that show nothing. Marks may overlap: the text is cut where any begins or ends.
"use strict";

(() => {
  const { el, byId, report } = nianbao;
  const segments = []; // {start, end, node}, in order
  const spans = []; // {start, end, kind, index}

  const add = (kind, index, start, end) => {
    if (start !== null && start < end) spans.push({ kind, index, start, end });
  };
  report.told.forEach((each) => {
    add("told", each.index, each.from, each.to);
    add("edge", each.index, each.start, each.end);
  });
  report.findings.forEach((each) => each.spans.forEach(([start, end]) => add("finding", each.index, start, end)));
  report.points.forEach((each) => add(each.kind === "numeral" ? "numeral" : "edge", each.index, each.start, each.end));
  report.odd.forEach(([place], index) => add("odd", index, place, place + 1));
  spans.sort((a, b) => a.start - b.start || b.end - a.end);

  const figureAt = (index) => report.figures.find((each) => each.from.includes(index));

  // What a statement is called at its mark.
  nianbao.labelOf = (told) => {
    const { name } = nianbao.indicator(told.of);
    const figure = figureAt(told.index);
    const role = told.role === "合计" ? "" : ` · ${told.role}`;
    const use = figure ? (figure.status === "disputed" ? " · 前后不一" : "") : " · 未采用";
    return `${name}${role}${use}`;
  };

  const noteOf = (own, odd) => {
    if (odd) return `看不见的字符 ${report.odd[odd.index][1]}`;
    const told = own.filter((each) => each.kind === "told").map((each) => nianbao.labelOf(report.told[each.index]));
    if (told.length) return told.join("；");
    return own.some((each) => each.kind === "numeral") ? "没有归入任何指标" : "";
  };

  const classesOf = (own) => {
    const classes = [];
    for (const each of own) {
      if (each.kind === "told") {
        const told = report.told[each.index];
        const figure = figureAt(told.index);
        classes.push("fig", `area-${nianbao.indicator(told.of).area}`);
        if (figure?.status === "disputed") classes.push("disputed");
        if (!figure) classes.push("unused");
      } else if (each.kind === "finding") {
        const finding = report.findings[each.index];
        classes.push("found", finding.waived ? "waived" : finding.severity);
      } else if (each.kind === "numeral") classes.push("num");
      else if (each.kind === "odd") classes.push("odd");
    }
    return classes;
  };

  const segment = (text, own, starts) => {
    const odd = own.find((each) => each.kind === "odd");
    const shown = own.filter((each) => each.kind !== "edge");
    const made = el("span", {}, "");
    made.textContent = text;
    if (!shown.length) return made;
    made.className = [...new Set(classesOf(shown))].join(" ");
    const note = noteOf(shown, odd);
    if (note) made.dataset.label = nianbao.visible(note);
    const pick = shown.find((each) => each.kind === "told") ?? shown.find((each) => each.kind === "numeral");
    if (!pick) return made;
    made.dataset.kind = pick.kind;
    made.dataset.index = pick.index;
    if (starts.has(pick)) {
      made.tabIndex = 0;
      made.setAttribute("role", "button");
      made.setAttribute("aria-label", nianbao.visible(`${text}，${note}`));
    }
    return made;
  };

  const badge = (finding) =>
    el("sup.ref", { "data-finding": finding.index, "aria-hidden": "true" }, String(finding.number));

  // Cuts one paragraph where marks begin and end.
  const mark = (block, from) => {
    const text = block.textContent;
    const to = from + text.length;
    const own = spans.filter((each) => each.start < to && each.end > from);
    if (!own.length) return;
    const cuts = new Set([from, to]);
    own.forEach((each) => {
      cuts.add(Math.max(from, each.start));
      cuts.add(Math.min(to, each.end));
    });
    const edges = [...cuts].sort((a, b) => a - b);
    const made = document.createDocumentFragment();
    for (let place = 0; place + 1 < edges.length; place += 1) {
      const [start, end] = [edges[place], edges[place + 1]];
      const here = own.filter((each) => each.start < end && each.end > start);
      const starts = new Set(here.filter((each) => Math.max(from, each.start) === start));
      const node = segment(text.slice(start - from, end - from), here, starts);
      segments.push({ start, end, node });
      made.append(node);
      here
        .filter((each) => each.kind === "finding" && each.end === end && isFirstSpan(each))
        .forEach((each) => made.append(badge(report.findings[each.index])));
    }
    block.replaceChildren(made);
  };
  const isFirstSpan = (span) => {
    const first = report.findings[span.index].spans[0];
    return first[0] === span.start && first[1] === span.end;
  };

  const blocks = [...document.querySelectorAll("#text [data-s]")].map((node) => {
    const start = nianbao.at(Number(node.dataset.s));
    return { node, start, end: start + node.textContent.length };
  });
  blocks.forEach(({ node, start }) => mark(node, start));

  const within = (start, end) => segments.filter((each) => each.start < end && each.end > start).map(({ node }) => node);
  nianbao.blockAt = (offset) =>
    blocks.find((each) => each.start <= offset && offset <= each.end) ?? nianbao.last(blocks, (each) => each.start <= offset);
  // The text of a span, without the badges that stand in it; cells that it runs over are parted by a blank.
  nianbao.textOf = (start, end) =>
    blocks.filter((each) => each.start < end && each.end > start).map((each) => plain(each, start, end)).join("　");
  const plain = (block, start, end) => {
    const own = segments.filter((each) => each.start >= block.start && each.end <= block.end);
    const pieces = own.length ? own : [block];
    return pieces
      .filter((each) => each.start < end && each.end > start)
      .map((each) => each.node.textContent.slice(Math.max(0, start - each.start), Math.min(each.end, end) - each.start))
      .join("");
  };

  // Lights up a sentence, and what in it is meant.
  nianbao.light = (sentences, meant) => {
    document.querySelectorAll("#text .now, #text .here").forEach((node) => node.classList.remove("now", "here"));
    sentences.forEach(([start, end]) => within(start, end).forEach((node) => node.classList.add("now")));
    meant.forEach(([start, end]) => within(start, end).forEach((node) => node.classList.add("here")));
  };

  // Brings a place of the text to the upper third of what is free to be seen.
  nianbao.show = (start, end = start + 1, { smooth = true } = {}) => {
    const node = within(start, end)[0] ?? nianbao.blockAt(start)?.node;
    if (!node) return;
    const top = document.querySelector(".bar").getBoundingClientRect().bottom;
    const panel = byId("panel").getBoundingClientRect();
    const bottom = panel.left < 40 ? panel.top : innerHeight;
    const box = node.getBoundingClientRect();
    const aim = top + Math.max(24, (bottom - top) * 0.3);
    if (box.top >= top + 16 && box.top <= top + (bottom - top) * 0.6 && box.bottom <= bottom - 24) return;
    const still = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: box.top - aim, behavior: still ? "instant" : "smooth" });
  };
  nianbao.nodeOf = (kind, index) => document.querySelector(`#text [data-kind="${kind}"][data-index="${index}"]`);
})();
