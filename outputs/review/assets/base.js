// What all pages share: building elements, the year's data, telling, keys. Classic scripts, loaded in order:
// a page that is opened from a folder may load no modules.
"use strict";

const nianbao = {};

(() => {
  // Characters that show nothing, or turn what stands beside them: the same as outputs/review/text.py has.
  const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\uffff]|\p{Cs}|[\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

  const seen = (sign) => {
    const code = sign.codePointAt(0);
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? "\u2421" : "\ufffd";
  };

  nianbao.visible = (text) => String(text).replace(ODD, seen);

  // Makes an element; children that are texts are shown as texts, whatever they hold.
  nianbao.el = (tag, attributes = {}, ...children) => {
    const [name, ...classes] = tag.split(".");
    const made = document.createElement(name);
    if (classes.length) made.className = classes.join(" ");
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") made.addEventListener("click", value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, nianbao.visible(value));
    }
    for (const child of children.flat()) {
      if (child === null || child === undefined || child === "") continue;
      made.append(child instanceof Node ? child : nianbao.visible(child));
    }
    return made;
  };

  nianbao.byId = (id) => document.getElementById(id);
  nianbao.meta = (name) => document.querySelector(`meta[name="nianbao-${name}"]`)?.content ?? "";
  nianbao.isApp = nianbao.meta("mode") === "app";
  nianbao.book = window.nianbaoYearbook ?? { id: "", year: 0, title: "", areas: {}, indicators: [], reports: [] };

  const known = new Map(nianbao.book.indicators.map(([id, name, unit, area]) => [id, { id, name, unit, area }]));
  nianbao.indicators = known;
  nianbao.indicator = (id) => known.get(id) ?? { id, name: id, unit: "", area: "other" };
  nianbao.areaName = (area) => nianbao.book.areas[area] ?? "其他";

  // The last that fits; the browsers of some offices are years old.
  nianbao.last = (list, fits) => [...list].reverse().find(fits);

  nianbao.number = (value) => {
    if (value === null || value === undefined) return "未提及";
    const [whole, rest] = String(value).split(".");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (rest === undefined ? "" : `.${rest}`);
  };

  // Tells what has happened, to screen readers and, where the page does not show it anyway, to eyes.
  let fading = 0;
  nianbao.tell = (message, { isSeen = false, isFault = false } = {}) => {
    const told = nianbao.byId("told");
    told.textContent = nianbao.visible(message);
    told.classList.toggle("shown", !isSeen);
    told.classList.toggle("faulty", isFault);
    clearTimeout(fading);
    fading = setTimeout(() => told.classList.remove("shown"), isFault ? 20000 : 5000);
  };

  // A moment by Beijing's clock, wherever the page is read: {year, month, day, hour, minute, second}.
  nianbao.beijing = (moment = new Date()) => {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: "Asia/Shanghai", hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    return Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  };
  nianbao.today = () => {
    const { year, month, day } = nianbao.beijing();
    return `${year}-${month}-${day}`;
  };

  const WRITTEN = "input:not([type=checkbox]), textarea, dialog, [contenteditable]";

  // Keys: each is told by the help, and each has a button as well.
  const keys = new Map();
  nianbao.key = (key, told, run) => keys.set(key, { told, run });
  nianbao.keys = () => [...keys].filter(([, { told }]) => told).map(([key, { told }]) => [key, told]);

  // An input method may keep the letter to itself; the key's place tells it then.
  const pressed = (event) => {
    if (event.key === "？") return "?";
    if (event.code === "Slash" && event.key.charCodeAt(0) > 127) return event.shiftKey ? "?" : "/";
    if (event.key.length === 1 && event.key.charCodeAt(0) < 128) return event.key.toLowerCase();
    return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.target.closest?.(WRITTEN)) return;
    const key = pressed(event);
    const found = keys.get(key);
    // Letters choose in a list.
    if (!found || (event.target.closest?.("select") && /[a-z]/.test(key))) return;
    event.preventDefault();
    // A key that is held down goes on and back, and decides nothing.
    if (!event.repeat || /[npjk]/.test(key)) found.run();
  });
})();
