// Marks the words that were looked for in what a result shows.
(() => {
  "use strict";
  const RUN = /[\p{L}\p{N}\p{M}]+(?:[-\u2010-\u2013.][\p{L}\p{N}\p{M}]+)*/gu;
  const PIECE = /[\p{L}\p{N}\p{M}]+/gu;

  // Fills an element with a text, with its words that are among `terms` in mark elements, plurals and the like, too.
  function highlight(element, text, terms) {
    element.textContent = "";
    let end = 0;
    for (const [start, piece] of marked(text, terms)) {
      const mark = document.createElement("mark");
      mark.textContent = piece;
      element.append(text.slice(end, start), mark);
      end = start + piece.length;
    }
    element.append(text.slice(end));
  }

  function* marked(text, terms) {
    for (const run of text.matchAll(RUN)) {
      const words = daybook.words(run[0]);
      if (words.some(word => word.parts.length && terms.includes(word.term))) yield [run.index, run[0]];
      else {
        for (const piece of run[0].matchAll(PIECE)) {
          if (daybook.words(piece[0]).some(word => terms.some(term => isForm(word.term, term)))) yield [run.index + piece.index, piece[0]];
        }
      }
    }
  }

  function isForm(word, term) {
    return word === term || term.length > 3 && word.startsWith(term) && word.length < term.length + 3;
  }

  Object.assign(globalThis.daybook ??= {}, { highlight });
})();
