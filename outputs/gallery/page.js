"use strict";
const selects = [...document.querySelectorAll("nav select")];
const exhibits = [...document.querySelectorAll("article")];
function show() {
  let shown = 0;
  for (const exhibit of exhibits) {
    const fits = selects.every(s => !s.value || exhibit.dataset[s.dataset.key] === s.value);
    exhibit.hidden = !fits;
    shown += fits;
  }
  document.querySelector("nav output").textContent = shown + " 处";
  const none = document.getElementById("none");
  if (none) none.hidden = shown > 0;
}
selects.forEach(select => select.addEventListener("change", show));
