// All decisions go through here: `decide`, `undo`, `find`, `of`. Static pages keep them in the browser until they
// are saved as a file; in the app they are sent at once. The file's format: docs/review.md.
"use strict";

(() => {
  const { book, isApp } = nianbao;
  const OWN = `nianbao-review/${book.id}`;
  const PERSON = "nianbao-person";
  const UNDO_BY_COMMAND = "已经记入，页面上不能撤回；认可请用 nianbao review withdraw 撤回，豁免请用 nianbao waivers withdraw 撤回";
  const listeners = [];
  let memory = null;
  let entered = "[]"; // what this page of the app has sent; the next page comes with the ledger as it stands

  // Where the browser refuses to keep anything, a page remembers until it is left, and says so.
  const read = (key) => {
    if (isApp && key === OWN) return entered;
    if (memory) return memory.get(key) ?? null;
    try {
      return localStorage.getItem(key);
    } catch {
      memory = new Map();
      return null;
    }
  };
  const write = (key, value) => {
    if (isApp && key === OWN) {
      entered = value;
      return;
    }
    if (!memory) {
      try {
        localStorage.setItem(key, value);
        return;
      } catch {
        memory = new Map([[OWN, read(OWN)], [PERSON, read(PERSON)]]);
        nianbao.tell("浏览器不允许本页保存内容，离开之前请先“保存核对”");
      }
    }
    memory.set(key, value);
  };

  const parsed = (told) => {
    try {
      const found = JSON.parse(told ?? "[]");
      return Array.isArray(found) ? found.filter((each) => each && each.id && each.decision) : [];
    } catch {
      return [];
    }
  };
  // What is kept, by point and by page; read anew after every change, here or in another window.
  let known = null;
  const kept = () => {
    if (known) return known;
    known = { entries: parsed(read(OWN)), byId: new Map(), byPage: new Map() };
    for (const each of known.entries) {
      known.byId.set(each.id, each);
      known.byPage.set(each.page, [...(known.byPage.get(each.page) ?? []), each]);
    }
    return known;
  };
  const all = () => parsed(read(OWN));
  const changed = () => {
    known = null;
    listeners.forEach((listener) => listener());
  };
  const keep = (entries) => {
    write(OWN, JSON.stringify(entries));
    changed();
  };

  const send = async (decision, person) => {
    const told = await fetch(nianbao.meta("api"), {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Nianbao-Token": nianbao.meta("token") },
      body: JSON.stringify(nianbao.decisionsFile([decision], person)),
    });
    const failed = [`没有保存：服务返回 ${told.status}`];
    const answer = await told.json().catch(() => ({}));
    if (answer.faults?.length) return answer.faults;
    if (!told.ok || answer.entered === undefined) return failed;
    if (answer.told?.length) nianbao.tell(answer.told.join("；"));
    return [];
  };
  const sent = (decision, person) =>
    send(decision, person).catch(() => ["没有保存：连不上 nianbao serve，请确认它还在运行"]);

  nianbao.decisionsFile = (decisions, person) => {
    const { year, month, day, hour, minute, second } = nianbao.beijing();
    return {
      format: "nianbao-decisions",
      version: 1,
      kind: "report",
      year: book.year,
      person,
      made: `${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`,
      decisions,
    };
  };

  nianbao.decisions = {
    // Enters a decision on a point. Returns the faults, Chinese lines; none where it was entered.
    async decide(id, page, decision) {
      const person = this.person();
      const dated = { ...decision, day: nianbao.today() };
      const faults = isApp ? await sent(dated, person) : [];
      if (faults.length) return faults;
      keep([...all().filter((each) => each.id !== id), { id, page, person, decision: dated, saved: isApp }]);
      return [];
    },
    // Takes the last decision back; returns it, or null and why not. What the app has entered stays in the
    // ledger: a correction is withdrawn by another entry, the rest by a command.
    async undo() {
      const entries = all();
      const last = entries[entries.length - 1];
      if (!last) return [null, ""];
      if (isApp) {
        if (last.decision.do !== "correct") return [null, UNDO_BY_COMMAND];
        const withdrawn = { ...last.decision, value: "撤销", reason: "撤回", day: nianbao.today() };
        const faults = await sent(withdrawn, last.person);
        if (faults.length) return [null, faults.join("；")];
      }
      keep(entries.slice(0, -1));
      return [last, ""];
    },
    find: (id) => kept().byId.get(id),
    of: (page) => kept().byPage.get(page) ?? [],
    all,
    unsaved: () => kept().entries.filter((each) => !each.saved),
    markSaved(saved) {
      const ids = new Set(saved.map((each) => each.id));
      keep(all().map((each) => (ids.has(each.id) ? { ...each, saved: true } : each)));
    },
    // What was left unsaved on pages of earlier runs of the same year: [[key, entries], …].
    leftOver() {
      if (isApp || memory) return [];
      try {
        const keys = Object.keys(localStorage).filter((key) => key !== OWN && key.startsWith(`nianbao-review/${book.year}/`));
        return keys
          .map((key) => [key, parsed(localStorage.getItem(key)).filter((each) => !each.saved)])
          .filter(([, entries]) => entries.length);
      } catch {
        return [];
      }
    },
    forget: (key) => localStorage.removeItem(key),
    person: () => read(PERSON) ?? "",
    name(person) {
      write(PERSON, person.trim());
      changed();
    },
    onchange: (listener) => listeners.push(listener),
  };

  // Another window of the same pages has decided something.
  window.addEventListener("storage", (event) => {
    if (event.key === OWN || event.key === PERSON || event.key === null) changed();
  });
  // A page that the browser kept while others were looked at.
  window.addEventListener("pageshow", (event) => event.persisted && changed());
  window.addEventListener("beforeunload", (event) => {
    if (memory && nianbao.decisions.unsaved().length) event.preventDefault();
  });
})();
