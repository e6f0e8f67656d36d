// Loads what the search is made of, by script elements: from disk, nothing else can be loaded.
(() => {
  "use strict";
  const loads = new Map();  // name → promise of what the file holds
  const waiting = new Map();  // name → what fulfils it
  const turns = [];  // what fulfils the promises of `rest`
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => turns.shift()();

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
    const resolve = waiting.get(name);
    waiting.delete(name);
    if (resolve) rest().then(() => resolve(value));
  }

  // Fulfilled in a task of its own: between two tasks the browser draws, and hears the reader. Timers would come late.
  function rest() {
    return new Promise(resolve => {
      turns.push(resolve);
      port2.postMessage(null);
    });
  }

  Object.assign(globalThis.daybook ??= {}, { load, need, take, rest });
})();
