// Dialogs: the keys, who is at work.
"use strict";

(() => {
  const { el, byId, decisions } = nianbao;

  // Shows a dialog; `fill` gets the form and returns what to focus. Resolves to whether it was agreed to.
  nianbao.dialog = (title, fill, { yes = "好", no = "" } = {}) =>
    new Promise((resolve) => {
      const form = el("form", { method: "dialog" });
      const box = el("dialog", { "aria-label": title }, el("h2", {}, title), form);
      const first = fill(form);
      const buttons = el("div.buttons", {}, el("button.main", { value: "yes" }, yes));
      // No button of the form's: Enter agrees.
      if (no) buttons.prepend(el("button", { type: "button", onclick: () => box.close("no") }, no));
      form.append(buttons);
      box.addEventListener("close", () => {
        box.remove();
        resolve(box.returnValue === "yes");
      });
      form.addEventListener("submit", (event) => {
        // The page's policy lets no form be sent; a dialog is closed by hand.
        event.preventDefault();
        box.close(event.submitter?.value ?? "yes");
      });
      document.body.append(box);
      box.showModal();
      (first ?? buttons.lastElementChild).focus();
    });

  nianbao.askPerson = async (isWanted = true) => {
    if (decisions.person() && !isWanted) return true;
    const input = el("input", { type: "text", maxlength: 40, required: true, autocomplete: "name", id: "person-name" });
    input.value = decisions.person();
    const agreed = await nianbao.dialog(
      "核对人",
      (form) => {
        form.append(el("label", { for: "person-name" }, "您的姓名", input));
        form.append(el("p.hint", {}, "每一条核对都会记下核对人和日期。只问这一次。"));
        return input;
      },
      { yes: "记下", no: "取消" },
    );
    if (!agreed || !input.value.trim()) return false;
    decisions.name(input.value);
    return true;
  };

  const help = () =>
    nianbao.dialog("快捷键", (form) => {
      const rows = [...nianbao.keys(), ["?", "打开这张表"]].map(([key, told]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, told)));
      form.append(el("dl.key-list", {}, ...rows));
      if (decisions.person()) {
        form.append(el("p.who", {}, `核对人：${decisions.person()} `, el("button", { type: "button", onclick: () => nianbao.askPerson() }, "更改")));
      }
      form.append(el("p.hint", {}, "不用键盘也可以：每个键都有对应的按钮。在输入框里按 Esc 回到正文。"));
    });

  const showPerson = () => {
    const button = byId("person");
    const name = decisions.person();
    if (!button) return;
    button.hidden = !name;
    button.textContent = nianbao.visible(name);
    button.setAttribute("aria-label", `核对人：${nianbao.visible(name)}，点击更改`);
  };

  nianbao.key("?", "", help);
  byId("help")?.addEventListener("click", help);
  byId("person")?.addEventListener("click", () => nianbao.askPerson());
  decisions.onchange(showPerson);
  showPerson();
})();
