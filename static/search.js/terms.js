// Finds terms in the index: which leaf, which chunk, which list.
(() => {
  "use strict";
  const chunks = new Map();  // name → promise of its terms

  // A term with its list, null where no paper has it. Of a heavy term more is loaded when it is needed.
  async function term(text) {
    const { light, heavy } = await leafOf(text);
    if (heavy.has(text)) {
      const name = fileName(text);
      return once(`heavy/${name}`, async (value, scale) => daybook.readHeavy(value, name, scale));
    }
    return (await chunk(atOrBefore(light, text))).get(text) ?? null;
  }

  // The terms that would stand beside a text.
  async function neighbours(text) {
    return [...(await chunk(atOrBefore((await leafOf(text)).light, text))).values()];
  }

  async function leafOf(text) {
    return leaf(atOrBefore(await leafKeys(), text));
  }

  async function leafKeys() {
    const tables = await daybook.load("tables");
    return tables.leafKeys ??= daybook.decoded(tables.leaves.split(" "));
  }

  async function leaf(key) {
    const entries = (await daybook.load(`leaves/${fileName(key)}`)).split(" ");
    const keys = daybook.decoded(entries.map(entry => entry.split("=")[0]));
    return {
      light: keys.filter((_, place) => !entries[place].includes("=")),
      heavy: new Set(keys.filter((_, place) => entries[place].includes("="))),
    };
  }

  function chunk(key) {
    const name = fileName(key);
    return once(`terms/${name}`, (value, scale) => daybook.readLight(value, name, scale));
  }

  function once(name, read) {
    if (!chunks.has(name)) {
      chunks.set(name, Promise.all([daybook.load(name), daybook.load("tables")]).then(([value, { scale }]) => read(value, scale)));
      chunks.get(name).catch(() => chunks.delete(name));
    }
    return chunks.get(name);
  }

  // The lengths of the abstracts of the papers of a term.
  async function needAbstracts(term) {
    if (!term.abstracts) daybook.readAbstracts(term, new daybook.Bits(await daybook.load(`heavy/${term.chunk}lengths`)));
  }

  // In which sentences a term stands.
  async function needPassages(term) {
    if (!term.passages) daybook.readPassages(term, new daybook.Bits(await daybook.load(`heavy/${term.chunk}passages`)));
  }

  // The last of some sorted keys that is not after a text; the first one where all are.
  function atOrBefore(keys, text) {
    let [low, high] = [0, keys.length];
    while (high - low > 1) {
      const middle = low + high >> 1;
      if (keys[middle] <= text) low = middle;
      else high = middle;
    }
    return keys[low];
  }

  function fileName(key) {
    return [...key].map(char => /[a-z0-9]/.test(char) ? char : `_${char.codePointAt(0).toString(16)}_`).join("") + "-";
  }

  Object.assign(globalThis.daybook ??= {}, { term, neighbours, leafKeys, leaf, chunk, needAbstracts, needPassages, fileName });
})();
