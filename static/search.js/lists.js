// The lists of terms as the index has them; daybook/search_format.py says how they are written down.
(() => {
  "use strict";
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const VALUES = new Uint8Array(128);
  for (let value = 0; value < 64; value++) VALUES[DIGITS.charCodeAt(value)] = value;
  const FIELDS = ["title", "abstract", "authors", "notes", "topics"];
  const [TITLE, ABSTRACT] = [0, 1];
  const COMMON = [2, 3, 4, 1];
  const MASKS = [...COMMON, ...Array.from({ length: 31 }, (_, place) => place + 1).filter(mask => !COMMON.includes(mask))];
  const FIELDS_OF = MASKS.map(mask => [...FIELDS.keys()].filter(field => mask >> field & 1));
  const LENGTH_ORDERS = [4, 0, 4, 5, 2];
  const ABSTRACT_ORDER = 7;
  const PASSAGE_ORDERS = [0, 1, 1, 1, 0];

  // Reads numbers from the bits of a text, four characters at a time.
  class Bits {
    constructor(text) {
      this.text = text;
      this.next = 0;  // the first character that was not taken
      this.held = 0;  // the bits that were taken and not read, as a number
      this.count = 0;  // of them
    }

    take() {
      const { text, next } = this;
      if (next >= text.length) throw new Error("a file of the search index is cut short");
      this.held = VALUES[text.charCodeAt(next)] << 18 | VALUES[text.charCodeAt(next + 1)] << 12
        | VALUES[text.charCodeAt(next + 2)] << 6 | VALUES[text.charCodeAt(next + 3)];
      this.count = 24;
      this.next = next + 4;
    }

    plain(length) {
      let value = 0;
      while (length > this.count) {
        value = value << this.count | this.held;
        length -= this.count;
        this.take();
      }
      this.count -= length;
      value = value << length | this.held >> this.count;
      this.held &= (1 << this.count) - 1;
      return value;
    }

    // An exponential Golomb code: as many zeros as there are bits behind the first one, less the order.
    number(order) {
      let length = order;
      while (!this.held) {
        length += this.count;
        this.take();
      }
      const zeros = Math.clz32(this.held) - 32 + this.count;
      this.count -= zeros + 1;
      this.held &= (1 << this.count) - 1;
      length += zeros;
      return (1 << length) + this.plain(length) - (1 << order);
    }
  }

  // What a front-coded list says; `word` is the one before the first.
  function decoded(codes, word = "") {
    return codes.map(code => word = word.slice(0, parseInt(code[0], 36)) + code.slice(1));
  }

  // The terms of a light chunk, by their texts.
  function readLight([named, text], chunk, scale) {
    const bits = new Bits(text);
    const terms = readPapersAndFields(named, bits, chunk, scale);
    for (const term of terms) readAbstracts(term, bits);
    for (const term of terms) readPassages(term, bits);
    return new Map(terms.map(term => [term.text, term]));
  }

  // A heavy term without what is in other files.
  function readHeavy([named, text], chunk, scale) {
    return { ...readPapersAndFields(named, new Bits(text), chunk, scale)[0], heavy: true };
  }

  // A term has papers, their numbers rising; for each of them cells from `starts` on, a field that it stands in each;
  // and of a cell how often, how long the field is (0 for an abstract), and passages from `passageStarts` on.
  function readPapersAndFields(named, bits, chunk, scale) {
    let word = "";
    const terms = named.split(" ").map(entry => {
      const [, code, mark, others] = /^([^|>]*)([|>]?)(.*)$/.exec(entry);
      [word] = decoded([code], word);
      const forms = others ? others.split(",").map(form => decoded([form], word)[0]) : [];
      return { text: word, chunk, isFilter: word.includes(":"), forms: mark === "|" ? forms : [], head: mark === ">" ? forms[0] : null };
    });
    for (const term of terms) term.papers = new Int32Array(bits.number(0) + 1);
    for (const { papers } of terms) {
      const order = Math.max(0, scale - 33 + Math.clz32(papers.length));
      let paper = -1;
      for (let place = 0; place < papers.length; place++) papers[place] = paper += bits.number(order) + 1;
    }
    const words = terms.filter(term => !term.isFilter);
    for (const term of words) readFields(term, bits);
    for (const { times } of words) for (let cell = 0; cell < times.length; cell++) times[cell] = bits.number(0) + 1;
    for (const { fields, lengths } of words) {
      for (let cell = 0; cell < fields.length; cell++) {
        if (fields[cell] !== ABSTRACT) lengths[cell] = bits.number(LENGTH_ORDERS[fields[cell]]) + 1;
      }
    }
    return terms;
  }

  function readFields(term, bits) {
    const fields = new Uint8Array(term.papers.length * FIELDS.length);
    let cell = 0;
    term.starts = new Int32Array(term.papers.length + 1);
    for (let place = 0; place < term.papers.length; place++) {
      const inside = FIELDS_OF[bits.number(0)];
      for (let one = 0; one < inside.length; one++) fields[cell++] = inside[one];
      term.starts[place + 1] = cell;
    }
    term.fields = fields.slice(0, cell);
    term.times = new Int32Array(cell);
    term.lengths = new Int32Array(cell);
  }

  // The lengths of the abstracts of all papers of a term.
  function readAbstracts(term, bits) {
    if (term.isFilter) return;
    term.abstracts = new Int32Array(term.papers.length);
    for (let place = 0; place < term.papers.length; place++) term.abstracts[place] = bits.number(ABSTRACT_ORDER);
  }

  function readPassages(term, bits) {
    if (term.isFilter) return;
    const passages = [];
    term.passageStarts = new Int32Array(term.fields.length + 1);
    for (let cell = 0; cell < term.fields.length; cell++) {
      const field = term.fields[cell];
      if (field === TITLE) passages.push(0);
      else {
        let more = term.times[cell] > 1 ? bits.number(0) : 0;
        let passage = bits.number(PASSAGE_ORDERS[field]);
        passages.push(passage);
        while (more--) passages.push(passage += bits.number(1) + 1);
      }
      term.passageStarts[cell + 1] = passages.length;
    }
    term.passages = Int32Array.from(passages);
  }

  Object.assign(globalThis.daybook ??= {}, { Bits, FIELDS, decoded, readLight, readHeavy, readAbstracts, readPassages });
})();
