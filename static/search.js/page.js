// The search page: what is typed is searched at once, the address has the query, and the page says what it does.
(() => {
  "use strict";
  const PAUSE = 80;  // milliseconds without a keystroke
  const [form, status, notices, answers, help, keep, leftOut] =
    ["search", "status", "notices", "answers", "help", "keep", "left-out"].map(id => document.getElementById(id));
  const input = form.elements.q;
  let latest = 0;
  let timer = 0;

  // Searches for what stands in the box. An answer that comes after a newer question is dropped.
  async function run({ jump = false } = {}) {
    clearTimeout(timer);
    const turn = ++latest;
    const text = input.value;
    const isOver = () => turn !== latest;
    form.setAttribute("aria-busy", "true");
    try {
      await search(text, jump, isOver);
    } catch (error) {
      if (!isOver()) failed(error);
    }
    if (!isOver()) form.removeAttribute("aria-busy");
  }

  async function search(text, jump, isOver) {
    showExclusions();
    help.hidden = text.trim() !== "";
    if (!text.trim()) return clear();
    const tables = await daybook.load("tables");
    const answer = await daybook.search(`${text} ${exclusions()}`.trimEnd() + (/\s$/.test(text) ? " " : ""));
    if (isOver()) return;
    const known = answer.query.paper && await daybook.term(`id:${answer.query.paper}`);
    if (isOver()) return;
    daybook.reflect?.(form, text);
    if (known && jump) return location.replace(daybook.path(answer.query.paper));
    const staged = document.createElement("div");
    await daybook.show(answer, staged, tables);
    if (isOver()) return;
    const said = needsNotice(answer) ? (await daybook.need("notices"), daybook.noticesOf(answer, known)) : [];
    if (isOver()) return;
    answers.replaceChildren(...staged.children);
    notices.replaceChildren(...said);
    say(summary(answer));
  }

  function needsNotice({ query, groups, sections, unknown }) {
    return query.paper || groups.some(group => group.kind !== "exact") || unknown.length || query.leftOut.length
      || query.refused.length || !sections.some(section => section.hits.length);
  }

  function clear() {
    answers.replaceChildren();
    notices.replaceChildren();
    say("");
  }

  // Screen readers announce what changes here.
  function say(text) {
    if (status.textContent !== text) status.textContent = text;
  }

  function summary(answer) {
    const counts = answer.sections.map(section => section.hits.length);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (!total) return "No paper was found.";
    return counts[0] === total ? `${daybook.papers(total)} found.` : `${daybook.papers(total)} found, ${counts[0].toLocaleString("en")} with all words as typed.`;
  }

  function failed(error) {
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
    again.addEventListener("click", () => run());
    answers.replaceChildren();
    notices.replaceChildren(`A part of the search could not be loaded: ${error.message}. `, again);
    say("The search failed.");
  }

  // Controls and exclusions ----------------------------------------------------------------------------------------

  const EXCLUSIONS = "daybook-exclusions";

  // The parts that a reader has chosen to leave out of every search, as text.
  function exclusions() {
    try {
      return localStorage.getItem(EXCLUSIONS) ?? "";
    } catch {
      return "";  // storage is switched off
    }
  }

  function showExclusions() {
    const kept = exclusions();
    leftOut.hidden = !kept;
    leftOut.querySelector("span").textContent = kept;
    keep.hidden = !daybook.parts(input.value).some(part => part.negated);
  }

  keep.addEventListener("click", async () => {
    await daybook.need("controls");
    daybook.keepExclusions(input.value);
    input.value = daybook.parts(input.value).filter(part => !part.negated).map(part => part.text).join(" ");
    input.focus();
    changed();
  });
  leftOut.querySelector("button").addEventListener("click", async () => {
    await daybook.need("controls");
    daybook.keepExclusions(null);
    input.focus();
    run();
  });
  form.querySelector("details").addEventListener("toggle", async () => {
    if (daybook.connect) return;
    await daybook.need("controls");
    daybook.connect(form, input, changed);
    daybook.reflect(form, input.value);
  });

  // Address and history --------------------------------------------------------------------------------------------

  function asked() {
    return new URLSearchParams(location.search).get("q") ?? "";
  }

  // What is typed stays in the address of this visit; what is sent, or chosen, is a visit of its own.
  function remember(method) {
    const query = input.value.trim();
    document.title = query ? `${query} · ${document.body.dataset.title}` : document.body.dataset.title;
    if (query !== asked().trim()) history[method](null, "", query ? `?q=${encodeURIComponent(query)}` : location.pathname);
  }

  function changed() {
    remember("pushState");
    run();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      remember("replaceState");
      run();
    }, PAUSE);
  });
  form.addEventListener("submit", event => {
    event.preventDefault();
    remember("pushState");
    run({ jump: true });
  });
  addEventListener("popstate", () => {
    input.value = asked();
    run();
  });

  // Keyboard: down from the box to the results, and among them.
  document.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...answers.querySelectorAll("h3 a")];
    const place = stops.indexOf(document.activeElement);
    if (!step || place < 0 || event.altKey || event.ctrlKey || event.metaKey || !stops[place + step]) return;
    event.preventDefault();
    stops[place + step].focus();
  });

  // By then all scripts were read.
  document.addEventListener("DOMContentLoaded", () => {
    document.body.dataset.title = document.title;
    input.value = asked();
    run({ jump: true });
  });

  Object.assign(globalThis.daybook ??= {}, { EXCLUSIONS, exclusions });
})();
