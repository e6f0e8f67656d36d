// The search page: what is typed is searched at once, the address has the query, and the page says what it does.
(() => {
  "use strict";
  const PAUSE = 80;  // milliseconds without a keystroke
  const PATIENCE = 400;  // milliseconds after which a reader is told that the answer of before is no longer one
  const [form, status, notices, answers, help] =
    ["search", "status", "notices", "answers", "help"].map(id => document.getElementById(id));
  const input = form.elements.q;
  const narrow = form.querySelector("details");
  let latest = 0;
  let timer = 0;
  let isSettled = true;  // the address has what was asked for last, and not what is being typed

  // Searches for what stands in the box. An answer that comes after a newer question is dropped.
  async function run({ jump = false } = {}) {
    clearTimeout(timer);
    const turn = ++latest;
    const isOver = () => turn !== latest;
    form.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => {
      if (isOver()) return;
      status.textContent = "Searching …";
      answers.setAttribute("aria-busy", "true");
    }, PATIENCE);
    try {
      await search(input.value, jump, isOver);
    } catch (error) {
      if (!isOver()) failed(error);
    } finally {
      clearTimeout(slow);
    }
    if (isOver()) return;
    form.removeAttribute("aria-busy");
    await control();
  }

  // What the first answer does not need.
  async function control() {
    await daybook.need("controls");
    daybook.control(page);
  }

  async function search(text, jump, isOver) {
    help.hidden = text.trim() !== "";
    if (!text.trim()) return tell("", [], []);
    const tables = await daybook.load("tables");
    const answer = await daybook.search(text, undefined, exclusions());
    const { paper, like } = answer.query;
    const named = paper ?? like;
    const known = named && await daybook.term(`id:${named}`);
    if (isOver()) return;
    if (paper && known && jump) return location.replace(daybook.path(paper));
    const found = await daybook.draw(answer, tables);
    const said = needsNotice(answer) ? (await daybook.need("notices"), daybook.noticesOf(answer, known)) : [];
    if (!isOver()) tell(summary(answer, known), said, found);
  }

  // Screen readers announce the status.
  function tell(summary, said, found) {
    status.textContent = summary;
    answers.removeAttribute("aria-busy");
    notices.replaceChildren(...said);
    answers.replaceChildren(...found);
  }

  function needsNotice({ query, groups, sections, unknown }) {
    return query.paper || groups.some(group => group.kind !== "exact") || unknown.length || query.leftOut.length
      || query.refused.length || !sections.some(section => section.hits.length);
  }

  function summary({ query, groups, sections }, known) {
    if (query.paper) return known ? "This is the identifier of a paper here." : `No paper here is ${query.paper}.`;
    const [typed, ...others] = sections.map(section => section.hits.length);
    const total = others.reduce((sum, count) => sum + count, typed);
    if (!total) return "No paper was found.";
    const meant = groups.filter(group => group.kind === "corrected").flatMap(group => group.parts.map(part => part.term.text));
    const corrected = meant.length ? ` for ${meant.join(", ")}` : "";
    const asTyped = typed && total > typed ? `, ${daybook.grouped(typed)} with all words as typed` : "";
    return `${daybook.papers(total)} found${corrected}${asTyped}.`;
  }

  function failed(error) {
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
    again.addEventListener("click", () => {
      input.focus();  // the button goes
      run();
    });
    tell("The search failed.", [`A part of it could not be loaded: ${error.message}. `, again], []);
  }

  // The parts that a reader has chosen to leave out of every search, as text.
  function exclusions() {
    try {
      return localStorage.getItem(page.EXCLUSIONS) ?? "";
    } catch {
      return "";  // storage is switched off
    }
  }

  // Address and history --------------------------------------------------------------------------------------------

  function asked() {
    return new URLSearchParams(location.search).get("q") ?? "";
  }

  function remember(method) {
    const query = input.value.trim();
    const [name] = document.title.split(" · ").slice(-1);
    document.title = `${query || "Search"} · ${name}`;
    if (query !== asked().trim()) history[method](null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  }

  // A query that was sent, or chosen, is a visit of its own; one that is being typed is one visit, whatever it becomes.
  function settle() {
    remember("pushState");
    isSettled = true;
  }

  function changed() {
    settle();
    run();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember(isSettled ? "pushState" : "replaceState");
      isSettled = false;
      run();
    }, PAUSE);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    settle();
    run({ jump: true });
  });
  addEventListener("popstate", () => {
    input.value = asked();
    remember("replaceState");
    isSettled = true;
    run();
  });
  narrow.addEventListener("toggle", control);

  const page = { EXCLUSIONS: `daybook-exclusions:${new URL(".", location.href).pathname}`, form, input, answers, run, changed, exclusions };

  // What every search begins with is asked for at once, the rest done when all parts of the script were read.
  if (asked().trim()) daybook.load("tables");
  daybook.rest().then(() => {
    const isTyped = input.value !== "";  // while the script was on its way
    if (!isTyped) input.value = asked();
    remember("replaceState");
    if (narrow.open) control();
    run({ jump: !isTyped });
  });
})();
