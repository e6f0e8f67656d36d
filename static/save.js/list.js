// The papers that a reader has saved, the newest first, kept in the browser and nowhere else. Several sites of one host
// keep lists of their own.
(() => {
  "use strict";
  const root = new URL("..", document.currentScript.src);
  const KEY = `daybook-saved:${root.pathname}`;
  const STEM = /^(?:\d{4}\.\d{4,5}|[a-z-]+-\d{7})$/;
  const TEXTS = ["title", "authors", "when"];

  function read() {
    try {
      return papersOf(JSON.parse(localStorage.getItem(KEY)));
    } catch {
      return [];  // storage is switched off, or somebody else wrote there
    }
  }

  // Whether the browser has kept them.
  function write(papers) {
    try {
      localStorage.setItem(KEY, JSON.stringify(papers));
      return true;
    } catch {
      return false;
    }
  }

  // What is a list of papers in some JSON, whoever wrote it; each paper once.
  function papersOf(value) {
    if (!Array.isArray(value)) return [];
    const good = value.filter(one => STEM.test(one?.stem) && TEXTS.every(name => typeof one[name] === "string"));
    return [...new Map(good.map(({ stem, title, authors, when }) => [stem, { stem, title, authors, when }])).values()];
  }

  function isAllowed() {
    try {
      localStorage.getItem(KEY);
      return true;
    } catch {
      return false;
    }
  }

  // Calls back when another page of the site changes the list.
  function whenChanged(callback) {
    addEventListener("storage", event => {
      if (event.key === KEY || event.key === null) callback();
    });
    // A page that comes back from the browser's memory has slept through it.
    addEventListener("pageshow", event => event.persisted && callback());
  }

  const saved = { root, read, write, papersOf, isAllowed, whenChanged };
  Object.assign(globalThis.daybook ??= {}, { saved });
})();
