// Finds papers and puts them in order. The same as daybook/search.py, which says how, in the same order of additions,
// so that both come to the same scores.
(() => {
  "use strict";
  const [K1, B] = [1.2, 0.75];
  const [NEAR, TITLED] = [4, 30];
  const [FORM, COMPLETED, CORRECTED] = [0.5, 0.5, 0.7];
  const RUN = 2048;  // papers that are sorted at one go
  const TITLE = 0;
  const ABSTRACT = 1;

  // The papers for a query, at least `limit` of them if so many can be found, without what the negated parts of another
  // text say. Rejects with an Error whose message is the name of the file that could not be loaded.
  async function search(text, limit = 10, exclusions = "") {
    const tables = await daybook.load("tables");
    tables.stopWords ??= new Map(tables.stops.split(" ").map((word, place) => [word, place]));
    if (/[0-9]/.test(text)) await daybook.need("identifier");
    if (`${text}${exclusions}`.includes(":")) await daybook.need("names");
    const query = daybook.parse(text, tables.stopWords);
    daybook.exclude(query, daybook.parse(exclusions, tables.stopWords));
    const answer = { query, groups: [], sections: [], unknown: [] };
    if (!tables.papers) return { ...answer, sections: [section("all", [])] };
    const groups = [...await phraseGroups(query, tables), ...await wordGroups(query)];
    answer.unknown = groups.filter(group => !group.parts.length && !group.must).map(group => group.word);
    answer.groups = groups.filter(group => group.parts.length || group.must);
    if (answer.unknown.length && !answer.groups.length) return { ...answer, sections: [section("all", [])] };
    const allowed = await allowedPapers(query, tables);
    if (query.like) await daybook.need("conditions");
    answer.sections = query.like
      ? [section("all", await alike(query, answer.groups, allowed, tables))]
      : await sections(query, answer.groups, allowed, limit, tables);
    return answer;
  }

  // Words ---------------------------------------------------------------------------------------------------------

  async function wordGroups(query) {
    const wanted = query.wanted.filter(one => !one.negated);
    return (await Promise.all(wanted.map(resolved))).flat();
  }

  // What stands for a word; a joined word that nobody wrote falls into its parts.
  async function resolved(wanted) {
    const term = await daybook.term(wanted.term);
    if (!term && wanted.parts.length && !wanted.starred) {
      return (await Promise.all(wanted.parts.map((part, place) => {
        const isLast = place === wanted.parts.length - 1;
        return resolved({ ...wanted, term: part, parts: [], isOpen: wanted.isOpen && isLast });
      }))).flat();
    }
    let parts = term ? [{ term, factor: 1 }] : [];
    let kind = "exact";
    if (wanted.isOpen && (wanted.starred || !term)) {
      const more = await partsOf(await goingOn(wanted), COMPLETED);
      if (more.length) kind = "completed";
      parts = [...parts, ...more];
    }
    if (!parts.length) {
      await daybook.need("guesses");
      parts = await partsOf(await daybook.corrections(wanted.term), CORRECTED);
      kind = "corrected";
    }
    return [{
      word: wanted.term, parts, kind: parts.length ? kind : "unknown", field: wanted.field,
      must: wanted.field !== null, others: [],
    }];
  }

  async function phraseGroups(query, tables) {
    const words = query.phrases.filter(phrase => !phrase.negated)
      .flatMap(({ words, field }) => words.filter(word => !tables.stopWords.has(word)).map(word => ({ word, field })));
    return Promise.all(words.map(async ({ word, field }) => {
      const term = await daybook.term(word);
      const kind = term ? "exact" : "unknown";
      return { word, parts: term ? [{ term, factor: 1 }] : [], kind, field, must: true, others: [] };
    }));
  }

  // What a word may become: with a star, every word that begins so.
  async function goingOn({ term, starred }) {
    await daybook.need("guesses");
    return starred ? daybook.beginnings(term) : daybook.completions(term);
  }

  async function partsOf(words, factor) {
    const terms = await Promise.all(words.map(daybook.term));
    return terms.filter(term => term).map(term => ({ term, factor }));
  }

  // Other forms of a word that is there as typed.
  async function othersOf(group) {
    if (group.must || group.kind !== "exact") return [];
    const [{ term }] = group.parts;
    const head = term.head ? await daybook.term(term.head) : null;
    const forms = head ? [term.head, ...head.forms] : term.forms;
    return partsOf(forms.filter(word => word !== term.text), FORM);
  }

  // Which papers --------------------------------------------------------------------------------------------------

  // For each paper 1 where phrases, filters, dates and words that are not wanted leave it, else 0.
  async function allowedPapers(query, tables) {
    const allowed = new Uint8Array(tables.end);
    for (const month of tables.months) {
      const [first, count] = month.split(" ").slice(1).map(Number);
      allowed.fill(1, first, first + count);
    }
    const isWithdrawn = query.filters.some(one => one.term === "is:withdrawn" && !one.negated);
    if (!isWithdrawn) for (const paper of tables.withdrawn) allowed[paper] = 0;
    const { filters, spans, phrases, wanted } = query;
    if ([...filters, ...spans, ...phrases, ...wanted.filter(one => one.negated)].length) {
      await daybook.need("conditions");
      await daybook.restrict(allowed, query, tables);
    }
    return allowed;
  }

  // In which order ------------------------------------------------------------------------------------------------

  async function sections(query, groups, allowed, limit, tables) {
    if (!groups.length) {
      const papers = [...allowed.keys()].filter(paper => allowed[paper]);
      return [section("all", await sorted(query, papers.map(paper => ({ paper, score: 0, words: 0, typed: 0 }))))];
    }
    if (query.sort !== "relevance") {
      await addOthers(groups);
      return [section("all", await sorted(query, await found(groups, allowed, true, tables)))];
    }
    const made = [];
    let count = 0;
    for (const [name, needAll] of [["all", true], ["forms", true], ["some", false]]) {
      if (name !== "all") await addOthers(groups);
      const hits = await sorted(query, await found(groups, allowed, needAll, tables));
      made.push(section(name, hits));
      count += hits.length;
      for (const { paper } of hits) allowed[paper] = 0;
      if (count >= limit) break;
    }
    return made;
  }

  // With words that are asked for besides, as they are or in other forms.
  async function alike(query, groups, allowed, tables) {
    if (groups.length) {
      await addOthers(groups);
      const having = new Set((await found(groups, allowed, true, tables)).map(hit => hit.paper));
      allowed = allowed.map((isAllowed, paper) => isAllowed && having.has(paper));
    }
    return sorted(query, await daybook.alike(query.like, allowed, tables));
  }

  function section(name, hits) {
    return { name, hits };
  }

  async function addOthers(groups) {
    await Promise.all(groups.map(async group => group.others = group.others.length ? group.others : await othersOf(group)));
  }

  // The papers that have all words (or those that they must have, and any others), each with its score. A word is judged
  // in a task of its own, since its list may be long.
  async function found(groups, allowed, needAll, tables) {
    await needLists(groups, needAll, tables);
    await daybook.rest();
    const papers = candidates(groups, allowed, needAll);
    const places = new Int32Array(tables.end).fill(-1);
    papers.forEach((paper, place) => places[paper] = place);
    const abstracts = abstractLengths(groups, tables.end);
    const judged = {
      scores: new Float64Array(papers.length), near: new Uint8Array(papers.length).fill(1),
      words: new Uint8Array(papers.length), typed: new Uint8Array(papers.length),
      titled: new Uint8Array(papers.length), titles: new Int32Array(papers.length),
    };
    for (const group of groups) {
      await daybook.rest();
      judge(group, judged, { places, abstracts, tables });
    }
    await daybook.rest();
    measureNearness(groups, judged, { places, tables });
    return papers.map((paper, place) => {
      let score = judged.scores[place] + NEAR * (judged.near[place] - 1);
      if (judged.titled[place] === groups.length) score += TITLED * groups.length / judged.titles[place];
      return { paper, score, words: judged.words[place], typed: judged.typed[place] };
    });
  }

  // Of heavy terms only what this search needs: the lengths of abstracts are the same whatever word they come with.
  async function needLists(groups, needAll, tables) {
    const terms = group => [...group.parts, ...group.others].map(part => part.term);
    const size = group => terms(group).reduce((sum, term) => sum + term.papers.length, 0);
    const rarest = groups.reduce((least, group) => size(group) < size(least) ? group : least);
    const measured = needAll ? [rarest] : groups;
    await Promise.all([
      ...measured.flatMap(terms).map(daybook.needAbstracts),
      ...(groups.length > 1 ? groups : []).flatMap(group => group.parts)
        .filter(part => !isEverywhere(part.term, tables)).map(part => daybook.needPassages(part.term)),
    ]);
  }

  function candidates(groups, allowed, needAll) {
    const counts = new Uint8Array(allowed.length);
    const any = new Uint8Array(allowed.length);
    let needed = 0;
    for (const { parts, others, field, must } of groups) {
      const isNeeded = needAll || must;
      for (const { term } of [...parts, ...others]) {
        eachMatch(term, field, place => {
          const paper = term.papers[place];
          any[paper] = 1;
          if (isNeeded && counts[paper] === needed) counts[paper]++;
        });
      }
      needed += isNeeded;
    }
    const papers = [];
    for (let paper = 0; paper < allowed.length; paper++) {
      if (allowed[paper] && any[paper] && counts[paper] === needed) papers.push(paper);
    }
    return papers;
  }

  // Calls back with the place of each paper that has a term in a field, or anywhere.
  function eachMatch(term, field, call) {
    const wanted = daybook.FIELDS.indexOf(field);
    for (let place = 0; place < term.papers.length; place++) {
      let cell = wanted < 0 ? 0 : term.starts[place];
      if (wanted >= 0) while (cell < term.starts[place + 1] && term.fields[cell] !== wanted) cell++;
      if (wanted < 0 || cell < term.starts[place + 1]) call(place);
    }
  }

  function abstractLengths(groups, end) {
    const lengths = new Int32Array(end);
    for (const group of groups) {
      for (const { term: { papers, abstracts = [] } } of [...group.parts, ...group.others]) {
        for (let place = 0; place < abstracts.length; place++) lengths[papers[place]] = abstracts[place];
      }
    }
    return lengths;
  }

  // Adds what one word brings to each candidate: as typed or, where it is not there so, in other forms.
  function judge(group, { scores, words, typed, titled, titles }, { places, abstracts, tables }) {
    const wanted = daybook.FIELDS.indexOf(group.field);
    const weights = new Float64Array(scores.length);
    const [matched, asTyped, inTitle] = [0, 0, 0].map(() => new Uint8Array(scores.length));
    for (const [parts, isTyped] of [[group.parts, 1], [group.others, 0]]) {
      for (const { term, factor } of parts) {
        const weigh = weigher(term, wanted, tables);
        eachMatch(term, group.field, place => {
          const candidate = places[term.papers[place]];
          if (candidate < 0 || !isTyped && asTyped[candidate]) return;
          matched[candidate] = 1;
          asTyped[candidate] |= isTyped;
          weights[candidate] += weigh(place, abstracts) * factor;
          const cell = term.starts[place];  // of all fields, titles come first
          if (term.fields[cell] === TITLE && wanted <= TITLE) {
            inTitle[candidate] = 1;
            titles[candidate] = term.lengths[cell];
          }
        });
      }
    }
    for (let candidate = 0; candidate < scores.length; candidate++) {
      scores[candidate] += weights[candidate];
      words[candidate] += matched[candidate];
      typed[candidate] += asTyped[candidate];
      titled[candidate] += inTitle[candidate];
    }
  }

  // In so many papers that it stands near any other word.
  function isEverywhere(term, tables) {
    return term.papers.length * 3 > tables.papers;
  }

  // How many words, as typed, stand in the passage that has most of them; a paper with one of them needs no look.
  function measureNearness(groups, { typed, near }, { places, tables }) {
    const together = new Map();  // passage → how many words, and which was the last one
    for (const [number, { parts, field }] of groups.entries()) {
      const wanted = daybook.FIELDS.indexOf(field);
      for (const { term } of parts.filter(part => !isEverywhere(part.term, tables))) {
        for (let place = 0; place < term.papers.length; place++) {
          const candidate = places[term.papers[place]];
          if (candidate < 0 || typed[candidate] < 2) continue;
          for (let cell = term.starts[place]; cell < term.starts[place + 1]; cell++) {
            if (wanted >= 0 && term.fields[cell] !== wanted) continue;
            near[candidate] = Math.max(near[candidate], gathered(together, candidate, number, term, cell));
          }
        }
      }
    }
  }

  // Counts how many words stand in each passage; they come one after the other.
  function gathered(together, candidate, number, term, cell) {
    let most = 1;
    for (let place = term.passageStarts[cell]; place < term.passageStarts[cell + 1]; place++) {
      const passage = (candidate * 8 + term.fields[cell]) * 65536 + term.passages[place];
      const known = together.get(passage);
      if (known?.last === number) continue;
      const count = (known?.count ?? 0) + 1;
      together.set(passage, { last: number, count });
      most = Math.max(most, count);
    }
    return most;
  }

  // What lunr gives a term in a paper: BM25, rounded to three decimals, with an inverse document frequency that counts
  // fields. `wanted` is the number of a field, -1 for all.
  function weigher(term, wanted, { papers, totals, boosts }) {
    const idf = Math.log(1 + Math.abs((papers - term.fields.length + 0.5) / (term.fields.length + 0.5)));
    const averages = totals.map(total => total / papers);
    return (place, abstracts) => {
      let weight = 0;
      for (let cell = term.starts[place]; cell < term.starts[place + 1]; cell++) {
        const one = term.fields[cell];
        if (wanted >= 0 && one !== wanted) continue;
        const length = one === ABSTRACT ? abstracts[term.papers[place]] : term.lengths[cell];
        const times = term.times[cell];
        const score = idf * ((K1 + 1) * times) / (K1 * (1 - B + B * (length / averages[one])) + times);
        weight += Math.round(score * boosts[one] * 1000) / 1000;
      }
      return weight;
    };
  }

  async function sorted(query, hits) {
    if (query.sort === "newest") return inOrder(hits, (a, b) => b.paper - a.paper);
    if (query.sort === "votes") {
      const names = new Map(hits.map(({ paper }) => [paper >> 12, `votes/${paper >> 12}`]));
      const files = new Map(await Promise.all([...names].map(async ([file, name]) => [file, await daybook.load(name)])));
      for (const hit of hits) hit.votes = files.get(hit.paper >> 12)[hit.paper % 4096];
      return inOrder(hits, (a, b) => b.votes - a.votes || b.paper - a.paper);
    }
    return inOrder(hits, (a, b) => b.words - a.words || b.typed - a.typed || b.score - a.score || b.paper - a.paper);
  }

  // Sorted by merging runs, each in a task of its own.
  async function inOrder(hits, compare) {
    let runs = [];
    for (let start = 0; start < hits.length; start += RUN) {
      if (start) await daybook.rest();
      runs.push(hits.slice(start, start + RUN).sort(compare));
    }
    while (runs.length > 1) {
      const longer = [];
      for (let place = 0; place < runs.length; place += 2) {
        await daybook.rest();
        longer.push(merged(runs[place], runs[place + 1] ?? [], compare));
      }
      runs = longer;
    }
    return runs[0] ?? [];
  }

  function merged(one, other, compare) {
    const all = [];
    let [here, there] = [0, 0];
    while (here < one.length && there < other.length) {
      all.push(compare(one[here], other[there]) < 0 ? one[here++] : other[there++]);
    }
    return all.concat(one.slice(here), other.slice(there));
  }

  // The scores that lunr gives papers for a query of these terms, 0 for a paper that has none of them.
  async function weigh(texts, tables) {
    const terms = (await Promise.all([...new Set(texts)].map(daybook.term))).filter(term => term);
    await Promise.all(terms.map(daybook.needAbstracts));
    const scores = new Float64Array(tables.end);
    const abstracts = abstractLengths([{ parts: terms.map(term => ({ term })), others: [] }], tables.end);
    for (const term of terms) {
      await daybook.rest();
      const weight = weigher(term, -1, tables);
      for (let place = 0; place < term.papers.length; place++) scores[term.papers[place]] += weight(place, abstracts);
    }
    return scores.map(score => score / terms.length ** 0.5);
  }

  // What a result shows of a paper.
  async function result(paper) {
    return (await daybook.load(`papers/${paper >> 1}`))[paper & 1];
  }

  Object.assign(globalThis.daybook ??= {}, { search, weigh, result, partsOf, goingOn, eachMatch });
})();
