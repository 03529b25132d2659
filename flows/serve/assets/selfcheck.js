"use strict";

(() => {
  const token = document.querySelector('meta[name="nianbao-token"]').content;
  const state = document.getElementById("state");
  const fault = document.getElementById("fault");

  const tell = (words) => { state.textContent = words; fault.textContent = ""; };
  const complain = (words) => { state.textContent = ""; fault.textContent = words; };

  async function post(address, body, headers = {}) {
    let answer;
    try {
      answer = await fetch(address, { method: "POST", body, headers: { "X-Nianbao-Token": token, ...headers } });
    } catch {
      throw new Error("没有连上本程序：它可能已经结束，或者文件没有传完。请看运行 nianbao serve 的终端。");
    }
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error((told.faults || [`没有办成（${answer.status}）`]).join("\n"));
    return told;
  }

  const upload = document.getElementById("upload");
  if (upload) {
    const input = document.getElementById("file");
    const drop = document.getElementById("drop");
    const most = Number(upload.dataset.most);
    let busy = false;

    async function check(file) {
      if (busy || !file) return;
      if (file.size > most) return complain(`${file.name}：超过 ${most / 1048576} MB，没有上传。请确认选对了文件。`);
      if (!file.size) return complain(`${file.name}：文件是空的，或者是一个文件夹。`);
      busy = input.disabled = true;
      tell(`正在检查 ${file.name} ……`);
      try {
        const told = await post("/api/check", file, { "X-Nianbao-Name": encodeURIComponent(file.name) });
        tell("检查好了，正在打开结果 ……");
        location.assign(told.page);
      } catch (error) {
        complain(`${file.name}：${error.message}`);
      } finally {
        busy = input.disabled = false;
        input.value = "";
      }
    }

    upload.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("change", () => check(input.files[0]));
    for (const kind of ["dragenter", "dragover"]) {
      drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    }
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = event.dataTransfer.files;
      if (files.length > 1) return complain("每次请检查一份报告。");
      check(files[0]);
    });
    // A file that misses the mark must not take the page's place.
    for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
  }

  function button(id, act) {
    const found = document.getElementById(id);
    if (!found) return;
    found.addEventListener("click", async () => {
      found.disabled = true;
      try {
        await act(found.dataset.check, found);
      } catch (error) {
        complain(error.message);
        found.disabled = false;
      }
    });
  }

  button("keep", async (id) => tell((await post(`/api/check/${id}/keep`)).told));
  button("drop-result", async (id) => location.assign((await post(`/api/check/${id}/drop`)).page));
})();
