// What the parts of a query mean that have a name, `topic:agents`. The same as in daybook/query.py.
(() => {
  "use strict";
  const FACTS = { has: ["note", "code", "project"], is: ["withdrawn"] };
  const SORTS = ["relevance", "newest", "votes"];
  const ALWAYS = ["0000-00-00", "9999-99-99"];

  function readNamed(query, part) {
    READERS[part.name](query, part);
  }

  function readName(query, part) {
    const value = daybook.words(part.value).map(word => word.term).join("-");
    if (value) query.filters.push({ term: `${part.name}:${value}`, negated: part.negated });
  }

  function readFact(query, part) {
    const value = part.value.toLowerCase();
    if (FACTS[part.name].includes(value)) {
      query.filters.push({ term: `${part.name}:${value}`, negated: part.negated });
    } else if (value) {
      query.refused.push([part.text, `${part.name}: knows ${FACTS[part.name].join(", ")}`]);
    }
  }

  function readDate(query, part) {
    const dots = part.value.indexOf("..");
    const [start, end] = dots < 0 ? [part.value, part.value] : [part.value.slice(0, dots), part.value.slice(dots + 2)];
    const [first, last] = [span(start), span(end)];
    if (!first || !last || first[0] > last[1]) {
      const examples = "2026, 2026-01, 2026-W02 or 2026-01-07, or two of them with .. between";
      query.refused.push([part.text, `date: takes ${examples}`]);
    } else if (start || end) {
      query.spans.push({ start: first[0], end: last[1], negated: part.negated });
    }
  }

  // The first and the last day of a year, month, week or day; of all time where there is none.
  function span(text) {
    if (/^[1-9][0-9]{3}$/.test(text)) return [`${text}-01-01`, `${text}-12-31`];
    if (/^[1-9][0-9]{3}-(0[1-9]|1[0-2])$/.test(text)) return [`${text}-01`, `${text}-31`];
    if (/^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/.test(text)) return [text, text];
    const week = /^([1-9][0-9]{3})-W([0-9]{2})$/i.exec(text);
    return week ? weekSpan(+week[1], +week[2]) : text ? null : ALWAYS;
  }

  // ISO 8601: the first week of a year is the one with 4 January, and the last one has 28 December.
  function weekSpan(year, week) {
    const monday = number => Date.UTC(year, 0, 4 - (new Date(Date.UTC(year, 0, 4)).getUTCDay() + 6) % 7 + 7 * (number - 1));
    if (week < 1 || monday(week) > Date.UTC(year, 11, 28)) return null;
    return [0, 6].map(days => new Date(monday(week) + days * 864e5).toISOString().slice(0, 10));
  }

  function readLike(query, part) {
    query.like = daybook.identifier?.(part.value) ?? null;
    if (!query.like && part.value) {
      query.refused.push([part.text, "like: takes the identifier of a paper, such as 2510.13912"]);
    }
  }

  function readSort(query, part) {
    const value = part.value.toLowerCase();
    if (SORTS.includes(value)) query.sort = value;
    else if (value) query.refused.push([part.text, `sort: knows ${SORTS.join(", ")}`]);
  }

  const READERS = {
    topic: readName, org: readName, curator: readName, has: readFact, is: readFact, date: readDate, like: readLike, sort: readSort,
  };

  Object.assign(globalThis.daybook ??= {}, { readNamed });
})();
