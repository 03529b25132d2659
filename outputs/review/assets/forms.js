// What is filled in: a correction, a waiver. Both end in one decision, or in nothing.
"use strict";

(() => {
  const { el, byId, report } = nianbao;
  const UNSAID = "未提及";
  const WITHDRAWN = "撤销";
  const NUMBER = /^\d[\d,]*(?:\.\d+)?$/;

  // Opens a form in the panel. `check` returns a decision, or a text that tells what is wrong.
  const open = (title, parts, check, first, again) =>
    new Promise((resolve) => {
      const fault = el("p.fault", { role: "alert" }, again?.fault);
      const cancel = el("button", { type: "button" }, "取消", el("kbd", {}, "Esc"));
      const form = el(
        "form.entry", { novalidate: true, "aria-label": title }, el("h3", {}, title), ...parts, fault,
        el("div.buttons", {}, cancel, el("button.main", { type: "submit" }, "记下", el("kbd", {}, "Enter"))),
      );
      const close = (answer) => {
        byId("form").hidden = true;
        byId("form").replaceChildren();
        document.body.classList.remove("filling");
        resolve(answer);
      };
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const answer = check();
        if (typeof answer === "string") fault.textContent = nianbao.visible(answer);
        else close(answer);
      });
      form.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && !event.isComposing) {
          event.preventDefault();
          close(null);
        }
      });
      cancel.addEventListener("click", () => close(null));
      byId("form").replaceChildren(form);
      byId("form").hidden = false;
      document.body.classList.add("filling");
      byId("form").scrollIntoView({ block: "nearest" });
      first.focus();
      first.select?.();
    });

  const field = (told, input, hint) => el("label", {}, el("span", {}, told), input, hint ? el("small", {}, hint) : null);
  const text = (value, attributes = {}) => {
    const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
    input.value = value;
    return input;
  };
  const chip = (told, run) => el("button.chip", { type: "button", onclick: run }, told);

  // What the ledger takes for a figure; else a text that tells what is wrong.
  const valueOf = (entered, unit) => {
    const plain = entered.normalize("NFKC").replace(/\s+/g, "");
    if (plain === UNSAID || plain === WITHDRAWN) return { value: plain };
    const number = unit && plain.endsWith(unit) ? plain.slice(0, -unit.length) : plain;
    if (!NUMBER.test(number)) return { fault: `请填阿拉伯数字；报告没有提到的点“${UNSAID}”` };
    const value = number.replaceAll(",", "");
    if (value.length > 20) return { fault: "数字太长" };
    if (unit === "%" && Number(value) > 100) return { fault: "百分率应在 0 到 100 之间" };
    if (unit === "%" && Number(value) > 0 && Number(value) <= 1 && number === plain) {
      return { fault: `看不出是百分之几；是 ${value}% 就请写“${value}%”` };
    }
    return { value: unit === "%" && number !== plain ? `${value}%` : value };
  };

  const indicatorField = (point) => {
    const known = [...nianbao.indicators.values()];
    const about = report.about(point);
    const chosen = point.kind === "finding" ? about.of.map(nianbao.indicator) : known;
    if (point.kind !== "finding" && point.kind !== "numeral") return null;
    if (point.kind === "finding" && chosen.length === 1) return { id: () => chosen[0].id };
    const select = el("select", {}, ...chosen.map((each) => el("option", { value: each.id }, each.name)));
    if (point.kind === "finding") return { id: () => select.value, select };
    const list = el("datalist", { id: "indicator-names" }, ...known.map((each) => el("option", { value: each.name })));
    const input = text("", { list: "indicator-names", placeholder: "指标名称，可输入几个字来找" });
    return { id: () => known.find((each) => each.name === input.value.trim())?.id ?? "", select: input, list };
  };

  // What may be right instead, the likeliest first: the other tellings of the text.
  const candidates = (figure, indicator) => {
    const tellings = report.told.filter((each) => each.of === indicator).map((each) => each.value);
    return [...new Set(tellings)].filter((value) => value !== figure?.value);
  };
  const digitsOf = (quote) => quote.normalize("NFKC").match(/\d[\d,]*(?:\.\d+)?/)?.[0].replaceAll(",", "") ?? "";

  // Asks for a correction of what the point is about; resolves to the decision, or null.
  nianbao.askCorrection = (point, again) => {
    const choice = indicatorField(point);
    const idOf = () => (choice ? choice.id() : point.of || point.key);
    const start = choice?.list ? null : report.figureOf(idOf());
    const others = start ? candidates(start, idOf()) : [];
    const initial = point.kind === "numeral" ? digitsOf(point.key) : (others[0] ?? start?.value ?? "");
    const value = text(again?.decision.value ?? initial, { inputmode: "decimal", class: "amount" });
    const unit = el("span.unit", {}, nianbao.indicator(idOf()).unit);
    const usual = point.kind === "numeral" ? "读取时漏掉了这个数字" : "经核对原文更正";
    const reason = text(again?.decision.reason ?? usual, { maxlength: 200 });
    if (again && choice?.select) {
      const { id, name } = nianbao.indicator(again.decision.indicator);
      choice.select.value = choice.list ? name : id;
    }
    choice?.select?.addEventListener("change", () => {
      unit.textContent = nianbao.indicator(idOf()).unit;
    });
    const set = (told) => () => {
      value.value = told;
      value.focus();
    };
    const chips = [...others.slice(0, 4).map((each) => chip(nianbao.number(each), set(each))), chip(UNSAID, set(UNSAID))];
    if (point.kind === "correction") chips.push(chip("撤销这条更正", set(WITHDRAWN)));
    const parts = [
      choice?.select ? field("指标", choice.select) : null,
      choice?.list,
      el("label", {}, el("span", {}, "更正为"), el("span.amount-field", {}, value, unit)),
      el("div.chips", {}, ...chips),
      field("理由", reason),
    ];
    const check = () => {
      const indicator = idOf();
      if (!indicator) return "请选择一个指标";
      const { value: right, fault } = valueOf(value.value, nianbao.indicator(indicator).unit);
      if (fault) return fault;
      if (!reason.value.trim() && right !== WITHDRAWN) return "请写明理由";
      const figure = report.figureOf(indicator);
      return {
        do: "correct", issuer: report.issuer, indicator, old: figure?.old ?? UNSAID,
        evidence: figure?.evidence ?? report.silence, value: right, reason: reason.value.trim(),
      };
    };
    return open("更正", parts.filter(Boolean), check, choice?.list ? choice.select : value, again);
  };

  const inAYear = () => {
    const [year, month, day] = nianbao.today().split("-");
    return `${Number(year) + 1}-${month}-${month === "02" && day === "29" ? "28" : day}`;
  };

  // Asks for a waiver of the finding; resolves to the decision, or null.
  nianbao.askWaiver = (point, again) => {
    const finding = report.about(point);
    const reason = text(again?.decision.reason ?? "", { maxlength: 200, placeholder: "为什么可以不改" });
    const until = el("input", { type: "date", min: nianbao.today() });
    until.value = again?.decision.until ?? inAYear();
    const check = () => {
      if (!reason.value.trim()) return "请写明理由";
      if (!/^\d{4}-\d\d-\d\d$/.test(until.value) || until.value < nianbao.today()) return "有效期至应是今天或以后的日期";
      return {
        do: "waive", issuer: report.issuer, rule: finding.rule, quote: finding.quote,
        message: finding.quote ? "" : finding.message, reason: reason.value.trim(), until: until.value,
      };
    };
    return open("豁免这个问题", [field("理由", reason), field("有效期至", until, "到期之后会再次提示")], check, reason, again);
  };
})();
