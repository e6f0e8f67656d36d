// A query taken apart. The same language as daybook/query.py, which describes it.
(() => {
  "use strict";
  const LONGEST = 1000;
  const MOST_PARTS = 32;
  const SHORTEST_START = 3;
  const BLANK = "\\x00-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
  const BLANKS = new RegExp(`[${BLANK}]*`, "y");
  const QUOTED = /"([^"]*)"?/y;
  const BARE = new RegExp(`([^"${BLANK}]*)`, "y");
  const NAME = /([A-Za-z]+):/y;
  const TEXT_FIELDS = { title: "title", author: "authors", note: "notes" };
  const NAMES = [...Object.keys(TEXT_FIELDS), "topic", "org", "curator", "has", "is", "date", "like", "sort"];

  // Never throws. Of names but those of fields `daybook.readNamed` tells what they mean.
  function parse(text, stopWords) {
    const query = {
      wanted: [], phrases: [], filters: [], spans: [], sort: "relevance", like: null, leftOut: [], refused: [],
    };
    text = [...text].slice(0, LONGEST).join("");
    query.paper = identifier(straight(text));
    for (const [number, part] of parts(text).entries()) {
      if (number === MOST_PARTS) {
        query.refused.push([part.text, `only the first ${MOST_PARTS} parts of a query count`]);
        break;
      }
      if (part.name && !TEXT_FIELDS[part.name]) daybook.readNamed(query, part);
      else readText(query, part, stopWords);
    }
    return query;
  }

  // Takes what the negated parts of another query say into this one.
  function exclude(query, other) {
    for (const list of ["wanted", "phrases", "filters", "spans"]) query[list].push(...other[list].filter(one => one.negated));
  }

  function straight(text) {
    return text.replace(/[\u201c\u201d\u201e\xab\xbb]/g, '"');
  }

  function parts(text) {
    text = straight(text);
    const found = [];
    let place = at(BLANKS, text, 0)[0].length;
    while (place < text.length) {
      const start = place;
      const negated = text[place] === "-";
      place += negated;
      const name = at(NAME, text, place);
      const known = name && NAMES.includes(name[1].toLowerCase());
      place += known ? name[0].length : 0;
      const quoted = text[place] === '"';
      const value = at(quoted ? QUOTED : BARE, text, place);
      place += value[0].length;
      found.push({
        text: text.slice(start, place), negated, name: known ? name[1].toLowerCase() : "", value: value[1], quoted,
        last: place === text.length,
      });
      place += at(BLANKS, text, place)[0].length;
    }
    return found;
  }

  function at(pattern, text, place) {
    pattern.lastIndex = place;
    return pattern.exec(text);
  }

  function readText(query, part, stopWords) {
    if (part.quoted) return readPhrase(query, part, stopWords);
    const starred = part.value.endsWith("*");
    const bare = part.value.replace(/\*+$/, "");
    if (bare.includes("*")) {
      query.refused.push([part.text, "a * can only stand at the end of a word"]);
      return;
    }
    const words = daybook.words(bare);
    if (starred && words.length && [...words.at(-1).term].length < SHORTEST_START) {
      query.refused.push([part.text, `a * takes ${SHORTEST_START} letters before it`]);
      return;
    }
    for (const [place, { term, parts }] of words.entries()) {
      const final = place === words.length - 1;
      if (stopWords.has(term) && !(starred && final)) {
        query.leftOut.push(term);
        continue;
      }
      query.wanted.push({
        term,
        parts: parts.filter(one => !stopWords.has(one)),
        field: TEXT_FIELDS[part.name] ?? null,
        isOpen: final && !part.negated && (starred || part.last),
        starred: starred && final,
        negated: part.negated,
      });
    }
  }

  function readPhrase(query, part, stopWords) {
    const words = daybook.words(part.value).flatMap(({ term, parts }) => parts.length ? parts : [term]);
    const end = words.findLastIndex(word => !stopWords.has(word)) + 1;
    query.leftOut.push(...words.splice(end));
    if (end) query.phrases.push({ words, field: TEXT_FIELDS[part.name] ?? null, negated: part.negated });
  }

  // What has no digit is no identifier; for what has one search() has loaded what tells.
  function identifier(text) {
    return daybook.identifier?.(text) ?? null;
  }

  Object.assign(globalThis.daybook ??= {}, { parse, exclude, parts });
})();
