// What a word that no paper has stands for. The same as daybook/search_words.py.
(() => {
  "use strict";
  const [MOST_COMPLETIONS, MOST_CORRECTIONS] = [6, 3];
  const [SHORTEST_START, SHORTEST_MISTAKE] = [3, 4];

  // Words that begin so, those in most papers first.
  async function completions(start) {
    const length = [...start].length;
    if (length < SHORTEST_START) return [];
    const known = [...await listed("words", 0, start), ...await besides(start)];
    return best(known.filter(([word]) => word.startsWith(start) && word !== start)).slice(0, MOST_COMPLETIONS);
  }

  // All words that begin so, joined ones too, in the same order.
  async function beginnings(start) {
    const leaves = await Promise.all(reaching(await daybook.leafKeys(), start).map(daybook.leaf));
    const heavy = leaves.flatMap(leaf => [...leaf.heavy]).filter(word => word.startsWith(start));
    const chunks = await Promise.all(leaves.flatMap(leaf => reaching(leaf.light, start)).map(daybook.chunk));
    const terms = [...await Promise.all(heavy.map(daybook.term)), ...chunks.flatMap(chunk => [...chunk.values()])];
    return best(sized(terms.filter(({ text }) => text.startsWith(start) && text !== start && !text.includes(":"))));
  }

  // Words that differ in one letter, or by two that changed places. Another number is not what was meant.
  async function corrections(typed) {
    const letters = [...typed];
    const length = letters.length;
    if (length < SHORTEST_MISTAKE || /^[0-9]+$/.test(typed)) return [];
    const half = Math.max(2, length - 1 >> 1);
    const start = letters.slice(0, half).join("");
    const end = letters.slice(half + (length > 5)).reverse().join("");
    const [forwards, backwards, beside] = await Promise.all([listed("words", 0, start), listed("endings", 1, end), besides(typed)]);
    const turned = backwards.map(([word, size]) => [[...word].reverse().join(""), size]);
    return best([...forwards, ...beside, ...turned].filter(([word]) => isOneEdit(letters, [...word]))).slice(0, MOST_CORRECTIONS);
  }

  // The words of the vocabulary that begin so, each with the length of its count in bits.
  async function listed(folder, number, start) {
    const keys = daybook.decoded((await daybook.load("vocabulary"))[number].split(" "));
    const files = await Promise.all(reaching(keys, start).map(key => daybook.load(`${folder}/${daybook.fileName(key)}`)));
    return files.flatMap(file => {
      const codes = file.split(" ");
      const words = daybook.decoded(codes.map(code => code.slice(0, -1)));
      return words.map((word, place) => [word, parseInt(codes[place].at(-1), 36)]);
    }).filter(([word]) => word.startsWith(start));
  }

  // Of the first words of files, sorted, those of files in which words may stand that begin with something.
  function reaching(keys, start) {
    return keys.filter((key, place) => {
      const following = keys[place + 1];
      return (following === undefined || following > start) && (key <= start || key.startsWith(start));
    });
  }

  // The plain words of the chunk that a text would be in: rare ones, too.
  async function besides(text) {
    const terms = await daybook.neighbours(text);
    return sized(terms.filter(term => /^[\p{L}\p{N}]+$/u.test(term.text)));
  }

  // Each with the length in bits of the number of papers that it is in.
  function sized(terms) {
    return terms.map(term => [term.text, 32 - Math.clz32(term.papers.length)]);
  }

  function isOneEdit(one, other) {
    if (Math.abs(one.length - other.length) > 1 || one.join() === other.join()) return false;
    let start = 0;
    while (start < Math.min(one.length, other.length) && one[start] === other[start]) start++;
    const rest = (letters, from) => letters.slice(start + from).join();
    if (one.length > other.length) return rest(one, 1) === rest(other, 0);
    if (one.length < other.length) return rest(one, 0) === rest(other, 1);
    const swapped = one[start] === other[start + 1] && one[start + 1] === other[start];
    return rest(one, 1) === rest(other, 1) || swapped && rest(one, 2) === rest(other, 2);
  }

  function best(known) {
    const sizes = new Map(known);
    return [...sizes.keys()].sort((a, b) => sizes.get(b) - sizes.get(a) || (a < b ? -1 : 1));
  }

  Object.assign(globalThis.daybook ??= {}, { completions, beginnings, corrections });
})();
