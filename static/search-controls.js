// What stands around the search: controls that write the query's text and show what it says, what is left out of every
// search, and the keyboard.
(() => {
  "use strict";
  const keep = document.getElementById("keep");
  const leftOut = document.getElementById("left-out");
  let isConnected = false;
  let typing = null;  // the control that somebody types in: it has not said yet what it will

  // Called after each search, and when the controls are shown.
  function control(page) {
    if (!isConnected) connect(page);
    isConnected = true;
    reflect(page.form, page.input.value);
    const kept = page.exclusions();
    leftOut.hidden = !kept;
    leftOut.querySelector("span").textContent = kept;
    keep.hidden = !daybook.parts(page.input.value).some(part => part.negated);
  }

  function connect(page) {
    for (const one of page.form.querySelectorAll("[data-part]")) {
      one.addEventListener("input", () => typing = one);
      one.addEventListener("blur", () => typing = null);
      one.addEventListener("change", () => {
        typing = null;
        page.input.value = rewritten(page.input.value, one);
        page.changed();
      });
    }
    keep.addEventListener("click", () => {
      store(page, [...negated(page.exclusions()), ...negated(page.input.value)]);
      page.input.value = daybook.parts(page.input.value).filter(part => !part.negated).map(written).join(" ");
      page.input.focus();
      page.changed();
    });
    leftOut.querySelector("button").addEventListener("click", () => {
      store(page, []);
      page.input.focus();
      page.run();
    });
    document.addEventListener("keydown", event => step(page, event));
  }

  // The text with the parts of a control's name replaced by what the control says.
  function rewritten(text, control) {
    const [name, fact] = control.dataset.part.split(":");
    const value = control.type === "checkbox" ? control.checked && fact : said(control);
    const kept = daybook.parts(text).filter(part => part.name !== name
      || (part.negated ? meaning(part.value) !== meaning(value || "") : fact && meaning(part.value) !== fact));
    const added = value ? [`${name}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value}`] : [];
    return [...kept.map(written), ...added].join(" ");
  }

  // A part as one would write it among others: with an end to its quotes.
  function written({ text, negated, name, value, quoted }) {
    return quoted ? `${negated ? "-" : ""}${name && `${name}:`}"${value}"` : text;
  }

  // What names and facts are compared by, see search-names.js.
  function meaning(value) {
    return daybook.words(value).map(word => word.term).join("-");
  }

  // Of two controls for dates each is one end of the span.
  function said(control) {
    if (!control.dataset.end) return control.value.trim();
    const [from, to] = ["from", "to"].map(end => control.form.querySelector(`[data-end="${end}"]`).value);
    return from || to ? `${from}..${to}` : "";
  }

  // Sets all controls to what the text says.
  function reflect(form, text) {
    const parts = daybook.parts(text).filter(part => !part.negated);
    for (const control of form.querySelectorAll("[data-part]")) {
      if (control === typing) continue;
      const [name, fact] = control.dataset.part.split(":");
      const values = parts.filter(part => part.name === name).map(part => part.value);
      if (control.type === "checkbox") control.checked = values.some(value => meaning(value) === fact);
      else if (control.dataset.end) control.value = ends(values.at(-1) ?? "")[control.dataset.end];
      else if (control.tagName === "SELECT") choose(control, meaning(values.at(-1) ?? ""));
      else control.value = values.at(-1) ?? "";
    }
  }

  // The first choice, which is none, where there is no such one.
  function choose(select, value) {
    select.selectedIndex = Math.max(0, [...select.options].findIndex(option => meaning(option.value) === value));
  }

  function ends(span) {
    const [from, to = span] = span.split("..");
    return { from, to };
  }

  function negated(text) {
    return daybook.parts(text).filter(part => part.negated).map(written);
  }

  // Where storage is switched off nothing is kept, which the page shows.
  function store(page, parts) {
    try {
      localStorage.setItem(page.EXCLUSIONS, [...new Set(parts)].join(" "));
    } catch {
      // As said.
    }
  }

  // Down from the box to the results, and among them.
  function step({ input, answers }, event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [input, ...answers.querySelectorAll("h3 a")];
    const place = stops.indexOf(document.activeElement);
    if (!by || place < 0 || event.altKey || event.ctrlKey || event.metaKey || !stops[place + by]) return;
    event.preventDefault();
    stops[place + by].focus();
  }

  Object.assign(globalThis.daybook ??= {}, { control });
})();
