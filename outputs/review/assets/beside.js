// The original beside the text follows the point that is looked at.
"use strict";

(() => {
  const { byId } = nianbao;
  const aside = byId("beside");
  if (!aside) return;
  const frame = aside.querySelector("iframe");
  const found = new Set(frame ? frame.dataset.found.split(" ") : []);
  const boxes = [...aside.querySelectorAll("rect")];
  let shown = null;
  // It scrolls by keyboard, too.
  aside.tabIndex = 0;

  const show = () => {
    if (aside.hidden || !shown) return;
    const index = String(shown.index);
    if (found.has(index)) frame.src = `${frame.src.split("#")[0]}#p${index}`;
    const own = boxes.filter((box) => box.dataset.point === index);
    boxes.forEach((box) => box.classList.toggle("chosen", own.includes(box)));
    if (!own.length) return;
    const [box, window] = [own[0].getBoundingClientRect(), aside.getBoundingClientRect()];
    aside.scrollTop += box.top - window.top - window.height / 3;
    aside.scrollLeft += box.left - window.left - window.width / 2;
  };
  nianbao.beside = (point) => {
    shown = point;
    show();
  };
  new MutationObserver(show).observe(aside, { attributes: true, attributeFilter: ["hidden"] });
})();
