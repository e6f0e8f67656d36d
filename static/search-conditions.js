// What a paper must be besides having words: phrases, filters, dates, words that are not wanted; and papers that are
// alike. The same as in daybook/search.py.
(() => {
  "use strict";
  const PLACE_ORDERS = [2, 5, 2, 4, 2];
  const GAP_ORDER = 5;
  const STOP_BITS = 7;
  const places = new Map();  // file → promise of where its words stand

  // Takes the papers that do not meet the conditions of a query out of `allowed`.
  async function restrict(allowed, query, tables) {
    const keep = (papers, negated) => {
      const listed = new Uint8Array(tables.end);
      for (const paper of papers) listed[paper] = 1;
      for (let paper = 0; paper < tables.end; paper++) allowed[paper] &= negated ? 1 - listed[paper] : listed[paper];
    };
    const filters = await Promise.all(query.filters.map(one => daybook.term(one.term)));
    for (const [place, { negated }] of query.filters.entries()) keep(filters[place]?.papers ?? [], negated);
    for (const span of query.spans) keep(numbers(span, await daybook.load("days"), tables), span.negated);
    for (const phrase of query.phrases) keep(await withPhrase(phrase, tables.stopWords), phrase.negated);
    for (const wanted of query.wanted.filter(one => one.negated)) keep(await withWord(wanted), true);
  }

  // The numbers of the papers of some days.
  function numbers({ start, end }, days, tables) {
    const firstAfter = isAfter => +(days.find(day => isAfter(day.split(" ")[0]))?.split(" ")[1] ?? tables.end);
    const [first, last] = [firstAfter(day => day >= start), firstAfter(day => day > end)];
    return Array.from({ length: Math.max(0, last - first) }, (_, place) => first + place);
  }

  // The papers that have a word just as it was typed, or as it begins.
  async function withWord(wanted) {
    const words = [wanted.term, ...wanted.starred ? await daybook.goingOn(wanted) : []];
    const papers = [];
    for (const part of await daybook.partsOf(words, 1)) daybook.eachMatch(part.term, wanted.field, place => papers.push(part.term.papers[place]));
    return papers;
  }

  // The papers that share the words which tell a paper from others, each with its score.
  async function alike(id, allowed, tables) {
    const target = await daybook.term(`id:${id}`);
    if (!target) return [];
    const number = target.papers[0];
    const words = (await daybook.load(`likes/${Math.floor(number / 32)}`))[number % 32].split(" ");
    const scores = await daybook.weigh(words, tables);
    const hits = [];
    scores.forEach((score, paper) => {
      if (score && paper !== number && allowed[paper]) hits.push({ paper, score, words: 0, typed: 0 });
    });
    return hits;
  }

  // Phrases -------------------------------------------------------------------------------------------------------

  // The papers in which the words of a phrase stand in a row.
  async function withPhrase({ words, field }, stopWords) {
    const rows = [];
    let stops = "";
    for (const word of words) {
      if (stopWords.has(word)) {
        stops += String.fromCharCode(stopWords.get(word));
        continue;
      }
      rows.push({ stops, term: await daybook.term(word) });
      stops = "";
    }
    if (rows.some(row => !row.term)) return [];
    for (const row of rows) row.said = (await placesOf(row.term)).get(row.term.text);
    const fields = field ? [daybook.FIELDS.indexOf(field)] : [...daybook.FIELDS.keys()];
    return [...rows[0].term.papers].filter(paper => fields.some(one => inARow(rows, paper * 8 + one)));
  }

  function inARow([first, ...following], key) {
    return [...first.said.get(key) ?? []].some(([place, stops]) =>
      stops.endsWith(first.stops) &&
      following.every((row, step) => row.said.get(key)?.get(place + step + 1) === row.stops));
  }

  // For each word of a chunk, by paper and field: its places, each with the stop words right before it.
  function placesOf(term) {
    const file = term.heavy ? `heavy/${term.chunk}places` : `places/${term.chunk}`;
    if (!places.has(file)) {
      places.set(file, read(file, term));
      places.get(file).catch(() => places.delete(file));
    }
    return places.get(file);
  }

  async function read(file, term) {
    const bits = new daybook.Bits(await daybook.load(file));
    const terms = term.heavy ? [term] : await daybook.neighbours(term.text);
    return new Map(terms.filter(one => !/[:.-]/.test(one.text)).map(one => [one.text, readTerm(one, bits)]));
  }

  function readTerm(term, bits) {
    const said = new Map();
    for (let place = 0; place < term.papers.length; place++) {
      for (let cell = term.starts[place]; cell < term.starts[place + 1]; cell++) {
        said.set(term.papers[place] * 8 + term.fields[cell], readTimes(bits, term.fields[cell], term.times[cell]));
      }
    }
    return said;
  }

  function readTimes(bits, field, count) {
    const times = new Map();
    let place = -1;
    for (let time = 0; time < count; time++) {
      place += bits.number(time ? GAP_ORDER : PLACE_ORDERS[field]) + 1;
      const stops = Array.from({ length: bits.number(0) }, () => String.fromCharCode(bits.plain(STOP_BITS)));
      times.set(place, stops.join(""));
    }
    return times;
  }

  Object.assign(globalThis.daybook ??= {}, { restrict, alike });
})();
