// The list: filters, search, which rows still have something to look at; rows are all there, some are hidden.
"use strict";

(() => {
  const { byId, book, decisions } = nianbao;
  // By urgency; the order of divisions is the other one.
  const byUrgency = [...document.querySelectorAll("#reports tbody tr")];
  const byPlace = [...byUrgency].sort((one, other) => one.dataset.place - other.dataset.place);
  let rows = byUrgency;
  const filters = byId("filters");
  const find = byId("find");
  const byPage = new Map(book.reports.map((each) => [each[0], each]));
  const FILTERS = "nianbao-filters";

  const openOf = (row) => {
    const known = byPage.get(row.dataset.page);
    return known ? nianbao.openIn(known) : 0;
  };

  const isWanted = (row, words) => {
    const { county, state, worst } = row.dataset;
    return (
      (!byId("county").value || county === byId("county").value) &&
      (!byId("state").value || state === byId("state").value) &&
      (!byId("worst").value || worst.split(" ").includes(byId("worst").value)) &&
      (!byId("open").checked || openOf(row) > 0) &&
      words.every((word) => row.dataset.words.includes(word))
    );
  };

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !isWanted(row, words);
      count += row.hidden ? 0 : 1;
    }
    byId("shown").textContent = count === rows.length ? `${count} 份` : `${count} / ${rows.length} 份`;
    byId("none").hidden = count > 0;
  };

  const arrange = () => {
    const wanted = byId("order").value ? byPlace : byUrgency;
    if (wanted === rows) return;
    rows = wanted;
    document.querySelector("#reports tbody").append(...rows);
  };

  const remember = () => {
    const told = { county: byId("county").value, state: byId("state").value, worst: byId("worst").value, order: byId("order").value, find: find.value, open: byId("open").checked };
    try {
      sessionStorage.setItem(FILTERS, JSON.stringify(told));
    } catch {
      // A browser that keeps nothing shows the whole list again.
    }
  };
  const recall = () => {
    try {
      const told = JSON.parse(sessionStorage.getItem(FILTERS) ?? "{}");
      for (const name of ["county", "state", "worst", "order", "find"]) {
        byId(name).value = told[name] ?? "";
        if (byId(name).value !== (told[name] ?? "")) byId(name).value = "";
      }
      byId("open").checked = told.open === true;
    } catch {
      // As above.
    }
  };

  const showCounts = () => {
    for (const row of rows) {
      const known = byPage.get(row.dataset.page);
      if (!known) continue;
      const open = nianbao.pressingIn(known);
      const numerals = nianbao.numeralsIn(known);
      row.querySelector(".open-count b").textContent = open || "—";
      row.querySelector(".open-count small").textContent = numerals ? `未归类 ${numerals}` : "";
      row.querySelector(".done-count").textContent = known[2] ? `${known[2] - open} / ${known[2]}` : "—";
      row.classList.toggle("finished", known[2] + known[4] > 0 && open + numerals === 0);
    }
    const has = (row, openIn) => byPage.has(row.dataset.page) && openIn(byPage.get(row.dataset.page)) > 0;
    const first = (openIn) => rows.find((row) => !row.hidden && has(row, openIn)) ?? rows.find((row) => has(row, openIn));
    const next = first(nianbao.pressingIn) ?? first(nianbao.numeralsIn);
    const start = byId("start");
    start.hidden = !next;
    if (next) start.href = `${next.querySelector("a").getAttribute("href")}#next`;
    if (!next && book.reports.some((each) => each[2] + each[4])) byId("lead").textContent = "全部核对完了。";
  };

  const visibleLinks = () => rows.filter((row) => !row.hidden).map((row) => row.querySelector("a")).filter(Boolean);
  const move = (step) => {
    const links = visibleLinks();
    const at = links.indexOf(document.activeElement);
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
  };

  filters.addEventListener("input", () => {
    arrange();
    filter();
    showCounts();
    remember();
  });
  filters.addEventListener("submit", (event) => {
    event.preventDefault();
    visibleLinks()[0]?.focus();
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape") find.blur();
  });
  nianbao.key("n", "从第一份有待核对的报告开始", () => byId("start").hidden || byId("start").click());
  nianbao.key("j", "下一份报告", () => move(1));
  nianbao.key("k", "上一份报告", () => move(-1));
  nianbao.key("/", "查找报告", () => find.focus());
  decisions.onchange(showCounts);
  recall();
  arrange();
  filter();
  showCounts();
})();
