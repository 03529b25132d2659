// How far the review has come, and saving decisions as a file that `nianbao review import` reads.
"use strict";

(() => {
  const { el, byId, decisions, book, isApp } = nianbao;

  // How many points of a report nobody has settled, here or in the ledger: those that are pressing, and the
  // numerals that belong to no indicator, which can wait until all others are settled.
  const decided = (page, isNumeral) =>
    decisions.of(page).filter(({ id }) => !id.startsWith("+") && (id.split("|")[1] === "numeral") === isNumeral).length;
  nianbao.pressingIn = ([page, , total, settled]) => Math.max(0, total - settled - decided(page, false));
  nianbao.numeralsIn = ([page, , , , total, settled]) => Math.max(0, total - settled - decided(page, true));
  nianbao.openIn = (each) => nianbao.pressingIn(each) + nianbao.numeralsIn(each);

  const showProgress = () => {
    const box = document.querySelector(".progress");
    const sumOf = (count) => book.reports.reduce((sum, each) => sum + count(each), 0);
    const numerals = sumOf((each) => each[4]);
    // Once all that is pressing is settled, the bar tells of the numerals.
    const isLast = !sumOf(nianbao.pressingIn) && numerals > 0 && sumOf(nianbao.numeralsIn) < numerals;
    const total = isLast ? numerals : sumOf((each) => each[2]);
    const open = isLast ? sumOf(nianbao.numeralsIn) : sumOf(nianbao.pressingIn);
    if (!box) return;
    box.hidden = !total;
    byId("done").textContent = total - open;
    byId("all").textContent = total;
    byId("meter").max = Math.max(1, total);
    byId("meter").value = total - open;
    document.body.classList.toggle("all-done", total > 0 && sumOf(nianbao.openIn) === 0);
  };

  const showUnsaved = () => {
    const button = byId("save");
    if (!button) return;
    const unsaved = decisions.unsaved().length;
    button.hidden = isApp || !decisions.all().length;
    button.classList.toggle("wanted", unsaved > 0);
    const told = unsaved ? ["未保存", el("span.wordy", {}, "的核对"), ` ${unsaved} 条 · 保存`] : ["已存为文件"];
    button.replaceChildren(el("span", {}, ...told));
  };

  const nameOf = (person) => {
    const { year, month, day, hour, minute } = nianbao.beijing();
    const safe = person.replace(/[<>:"/\\|?*\u0000-\u001f]/g, "").slice(0, 30) || "核对人";
    return `核对-${book.year}-${safe}-${year}${month}${day}-${hour}${minute}.json`;
  };

  const download = (name, told) => {
    const link = el("a", { download: name, hidden: true });
    link.href = URL.createObjectURL(new Blob([told], { type: "application/json" }));
    document.body.append(link);
    link.click();
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
      link.remove();
    }, 10000);
  };

  // Saves one file a person; returns the files' names.
  const saveAll = (entries) =>
    [...byPerson(entries)].map(([person, own]) => {
      const name = nameOf(person);
      const file = nianbao.decisionsFile(own.map((each) => each.decision), person);
      download(name, `${JSON.stringify(file, null, 1)}\n`);
      return name;
    });
  const byPerson = (entries) => {
    const people = new Map();
    for (const each of entries) people.set(each.person, [...(people.get(each.person) ?? []), each]);
    return people;
  };

  const explain = (names) =>
    nianbao.dialog("已保存为文件", (form) => {
      form.append(el("p", {}, "浏览器已把它放进“下载”文件夹："));
      form.append(el("ul.files", {}, ...names.map((name) => el("li", {}, name))));
      form.append(el("p", {}, "在运行 nianbao 的电脑上导入之后，下次生成的工作簿和核对页就会采用："));
      form.append(...names.map((name) => el("code.command", {}, `nianbao review import ${name}`)));
      form.append(el("p.hint", {}, "如果没有找到文件，可以再保存一次，不会重复记入。"));
    });

  const save = async () => {
    const unsaved = decisions.unsaved();
    const chosen = unsaved.length ? unsaved : decisions.all();
    if (!chosen.length) return;
    const names = saveAll(chosen);
    decisions.markSaved(chosen);
    nianbao.tell(`已保存 ${chosen.length} 条核对`);
    await explain(names);
  };

  // Decisions that were left unsaved on pages of an earlier run are not lost.
  const showLeftOver = () => {
    const box = byId("left-over");
    const left = decisions.leftOver();
    if (!box || !left.length) return;
    const entries = left.flatMap(([, own]) => own);
    const button = el("button.main", { type: "button" }, "存为文件");
    button.addEventListener("click", async () => {
      const names = saveAll(entries);
      left.forEach(([key]) => decisions.forget(key));
      box.hidden = true;
      await explain(names);
    });
    box.replaceChildren(el("p", {}, `以前的核对页上还有 ${entries.length} 条核对没有保存。`), button);
    box.hidden = false;
  };

  const refresh = () => {
    showProgress();
    showUnsaved();
  };
  byId("save")?.addEventListener("click", save);
  decisions.onchange(refresh);
  refresh();
  showLeftOver();
})();
