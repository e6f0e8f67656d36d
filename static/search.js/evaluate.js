// Finds papers and puts them in order. The same as daybook/search.py, which says how, in the same order of additions,
// so that both come to the same scores.
(() => {
  "use strict";
  const [K1, B] = [1.2, 0.75];
  const [NEAR, TITLED] = [4, 30];
  const [FORM, COMPLETED, CORRECTED] = [0.5, 0.5, 0.7];
  const TITLE = 0;
  const ABSTRACT = 1;

  // The papers for a query, at least `limit` of them if so many can be found. Rejects with an Error whose message is
  // the name of the file that could not be loaded.
  async function search(text, limit = 10) {
    const tables = await daybook.load("tables");
    tables.stopWords ??= new Map(tables.stops.split(" ").map((word, place) => [word, place]));
    if (/[0-9]/.test(text)) await daybook.need("identifier");
    if (text.includes(":")) await daybook.need("names");
    const query = daybook.parse(text, tables.stopWords);
    const answer = { query, groups: [], sections: [], unknown: [] };
    if (!tables.papers) return { ...answer, sections: [section("all", [])] };
    const groups = [...await phraseGroups(query, tables), ...await wordGroups(query)];
    answer.unknown = groups.filter(group => !group.parts.length && !group.must).map(group => group.word);
    answer.groups = groups.filter(group => group.parts.length || group.must);
    if (answer.unknown.length && !answer.groups.length) return { ...answer, sections: [section("all", [])] };
    const allowed = await allowedPapers(query, tables);
    if (query.like) await daybook.need("conditions");
    answer.sections = query.like
      ? [section("all", await daybook.alike(query.like, allowed, tables))]
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
      const more = await partsOf(await completions(wanted.term), COMPLETED);
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

  async function completions(start) {
    await daybook.need("guesses");
    return daybook.completions(start);
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

  function section(name, hits) {
    return { name, hits };
  }

  async function addOthers(groups) {
    await Promise.all(groups.map(async group => group.others = group.others.length ? group.others : await othersOf(group)));
  }

  // The papers that have all words (or those that they must have, and any others), each with its score.
  async function found(groups, allowed, needAll, tables) {
    await needLists(groups, needAll, tables);
    const papers = candidates(groups, allowed, needAll);
    const places = new Int32Array(tables.end).fill(-1);
    papers.forEach((paper, place) => places[paper] = place);
    const judged = papers.map(paper => ({ paper, score: 0, words: 0, typed: 0, titled: 0, title: 0, near: 1 }));
    const abstracts = abstractLengths(groups, tables.end);
    const together = new Map();
    for (const [number, group] of groups.entries()) {
      judge(group, number, { judged, places, abstracts, tables, together: groups.length > 1 ? together : null });
    }
    for (const one of judged) {
      one.score += NEAR * (one.near - 1);
      if (one.titled === groups.length) one.score += TITLED * groups.length / one.title;
    }
    return judged;
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
      if (wanted < 0) {
        call(place);
        continue;
      }
      for (let cell = term.starts[place]; cell < term.starts[place + 1]; cell++) if (term.fields[cell] === wanted) call(place);
    }
  }

  function abstractLengths(groups, end) {
    const lengths = new Int32Array(end);
    for (const group of groups) {
      for (const { term } of [...group.parts, ...group.others]) {
        term.abstracts?.forEach((length, place) => lengths[term.papers[place]] = length);
      }
    }
    return lengths;
  }

  // Adds what one word brings to each candidate: as typed or, where it is not there so, in other forms.
  function judge(group, number, all) {
    const asTyped = new Uint8Array(all.judged.length);
    const weights = new Float64Array(all.judged.length);
    const matched = new Uint8Array(all.judged.length);
    const titled = new Uint8Array(all.judged.length);
    for (const [parts, typed] of [[group.parts, true], [group.others, false]]) {
      for (const { term, factor } of parts) {
        const weigh = weigher(term, all.tables);
        eachMatch(term, group.field, place => {
          const candidate = all.places[term.papers[place]];
          if (candidate < 0 || !typed && asTyped[candidate]) return;
          matched[candidate] = 1;
          if (typed) asTyped[candidate] = 1;
          const one = all.judged[candidate];
          weights[candidate] += weigh(place, group.field, all.abstracts) * factor;
          eachCell(term, place, group.field, cell => {
            if (term.fields[cell] === TITLE) {
              titled[candidate] = 1;
              one.title = term.lengths[cell];
            }
            if (typed && all.together && !isEverywhere(term, all.tables)) gather(all.together, one, candidate, number, term, cell);
          });
        });
      }
    }
    all.judged.forEach((one, candidate) => {
      one.score += weights[candidate];
      one.words += matched[candidate];
      one.typed += asTyped[candidate];
      one.titled += titled[candidate];
    });
  }

  function eachCell(term, place, field, call) {
    const wanted = daybook.FIELDS.indexOf(field);
    for (let cell = term.starts[place]; cell < term.starts[place + 1]; cell++) {
      if (wanted < 0 || term.fields[cell] === wanted) call(cell);
    }
  }

  // In so many papers that it stands near any other word.
  function isEverywhere(term, tables) {
    return term.papers.length * 3 > tables.papers;
  }

  // Counts how many words stand in each passage; they come one after the other.
  function gather(together, one, candidate, number, term, cell) {
    for (let place = term.passageStarts[cell]; place < term.passageStarts[cell + 1]; place++) {
      const passage = (candidate * 8 + term.fields[cell]) * 65536 + term.passages[place];
      const known = together.get(passage);
      if (known?.last === number) continue;
      const count = (known?.count ?? 0) + 1;
      together.set(passage, { last: number, count });
      one.near = Math.max(one.near, count);
    }
  }

  // What lunr gives a term in a paper: BM25, rounded to three decimals, with an inverse document frequency that counts
  // fields.
  function weigher(term, { papers, totals, boosts }) {
    const idf = Math.log(1 + Math.abs((papers - term.fields.length + 0.5) / (term.fields.length + 0.5)));
    const averages = totals.map(total => total / papers);
    return (place, field, abstracts) => {
      let weight = 0;
      eachCell(term, place, field, cell => {
        const one = term.fields[cell];
        const length = one === ABSTRACT ? abstracts[term.papers[place]] : term.lengths[cell];
        const times = term.times[cell];
        const score = idf * ((K1 + 1) * times) / (K1 * (1 - B + B * (length / averages[one])) + times);
        weight += Math.round(score * boosts[one] * 1000) / 1000;
      });
      return weight;
    };
  }

  async function sorted(query, hits) {
    if (query.sort === "newest") return hits.sort((a, b) => b.paper - a.paper);
    if (query.sort === "votes") {
      await Promise.all(hits.map(async hit => hit.votes = await votesOf(hit.paper)));
      return hits.sort((a, b) => b.votes - a.votes || b.paper - a.paper);
    }
    return hits.sort((a, b) => b.words - a.words || b.typed - a.typed || b.score - a.score || b.paper - a.paper);
  }

  async function votesOf(paper) {
    return (await daybook.load(`votes/${Math.floor(paper / 4096)}`))[paper % 4096];
  }

  // The scores that lunr gives papers for a query of these terms, 0 for a paper that has none of them.
  async function weigh(texts, tables) {
    const terms = (await Promise.all([...new Set(texts)].map(daybook.term))).filter(term => term);
    await Promise.all(terms.map(daybook.needAbstracts));
    const scores = new Float64Array(tables.end);
    const abstracts = abstractLengths([{ parts: terms.map(term => ({ term })), others: [] }], tables.end);
    for (const term of terms) {
      const weight = weigher(term, tables);
      for (let place = 0; place < term.papers.length; place++) scores[term.papers[place]] += weight(place, null, abstracts);
    }
    return scores.map(score => score / terms.length ** 0.5);
  }

  // What a result shows of a paper.
  async function result(paper) {
    return (await daybook.load(`papers/${paper >> 1}`))[paper & 1];
  }

  Object.assign(globalThis.daybook ??= {}, { search, weigh, result, partsOf, completions, eachMatch });
})();
