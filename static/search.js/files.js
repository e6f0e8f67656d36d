// Loads what the search is made of, by script elements: from disk, nothing else can be loaded.
(() => {
  "use strict";
  const loads = new Map();  // name → promise of what the file holds
  const waiting = new Map();  // name → what fulfils it

  // The value of a file of the index. Each is loaded once; one that failed may be asked for again.
  function load(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        append(`search/${name}.js`, () => reject(new Error(name)));
      }));
      loads.get(name).catch(() => loads.delete(name));
    }
    return loads.get(name);
  }

  // A part of the program that most searches do without.
  function need(name) {
    if (!loads.has(`/${name}`)) {
      loads.set(`/${name}`, new Promise((resolve, reject) => {
        append(`static/search-${name}.js`, () => reject(new Error(name)), resolve);
      }));
      loads.get(`/${name}`).catch(() => loads.delete(`/${name}`));
    }
    return loads.get(`/${name}`);
  }

  function append(address, failed, loaded) {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => {
      script.remove();
      loaded?.();
    });
    script.addEventListener("error", () => {
      script.remove();
      failed();
    });
    document.head.append(script);
  }

  // Every file of the index calls this.
  function take(name, value) {
    waiting.get(name)?.(value);
    waiting.delete(name);
  }

  Object.assign(globalThis.daybook ??= {}, { load, need, take });
})();
