// What the reader should know of how a query was read, and what to do where nothing was found.
(() => {
  "use strict";
  const SHOWN = 6;  // words that begin as one that was typed

  // Paragraphs about an answer; `known` says that the paper which its query names is here.
  function noticesOf(answer, known) {
    const said = [];
    const { paper, like } = answer.query;
    const named = paper ?? like;
    if (known && paper) said.push(notice("This is the identifier of a paper here: ", link(daybook.path(paper), "go to it"), "."));
    if (named && !known) {
      const address = `https://arxiv.org/abs/${named}`;
      said.push(notice(`No paper here is ${named}. `, link(address, "Look on arXiv"), "."));
    }
    for (const group of answer.groups) {
      const meant = inShort(group.parts.map(part => part.term.text));
      if (group.kind === "corrected") said.push(notice("No paper has “", strong(group.word), "”: showing results for ", strong(meant), "."));
      if (group.kind === "completed") said.push(notice("Words that begin with “", strong(group.word), `”: ${meant}.`));
      if (group.kind === "unknown") said.push(notice("No paper has “", strong(group.word), "”."));
    }
    const unknown = paper ? [] : answer.unknown;  // the words of an address say nothing
    for (const word of unknown) said.push(notice("No paper has “", strong(word), "”: left out."));
    const common = [...new Set(answer.query.leftOut)];
    if (common.length) said.push(notice(`Too common to look for: ${common.join(", ")}. In “quotes” they count.`));
    for (const [part, reason] of answer.query.refused) said.push(notice("Not understood: ", strong(part), ` (${reason}).`));
    if (!answer.sections.some(section => section.hits.length)) said.push(...advice(answer));
    return said;
  }

  function advice({ query }) {
    if (query.phrases.length) return [notice("The words of a phrase must stand in just this order; without quotes, they may stand anywhere.")];
    if (query.filters.length || query.spans.length) return [notice("Fewer conditions find more: take one out under “Narrow down”.")];
    return [];
  }

  function inShort(words) {
    const shown = words.slice(0, SHOWN).join(", ");
    return words.length > SHOWN ? `${shown} and ${daybook.grouped(words.length - SHOWN)} more` : shown;
  }

  function notice(...content) {
    const made = document.createElement("p");
    made.append(...content);
    return made;
  }

  function strong(text) {
    const made = document.createElement("strong");
    made.textContent = text;
    return made;
  }

  function link(address, text) {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    return made;
  }

  Object.assign(globalThis.daybook ??= {}, { noticesOf });
})();
