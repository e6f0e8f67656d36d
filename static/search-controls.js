// Controls that write the query's text, and show what it says: each stands for the parts of one name.
(() => {
  "use strict";
  // Makes the controls of a form change the text of an input; `changed` is called after each change.
  function connect(form, input, changed) {
    for (const control of form.querySelectorAll("[data-part]")) {
      control.addEventListener("change", () => {
        input.value = rewritten(input.value, control);
        changed();
      });
    }
  }

  // The text with the parts of a control's name replaced by what the control says.
  function rewritten(text, control) {
    const [name, fact] = control.dataset.part.split(":");
    const kept = daybook.parts(text).filter(part => part.negated || part.name !== name || fact && part.value !== fact);
    const value = control.type === "checkbox" ? control.checked && fact : said(control);
    const added = value ? [`${name}:${/[\s"]/.test(value) ? `"${value.replaceAll('"', "")}"` : value}`] : [];
    return [...kept.map(part => part.text), ...added].join(" ");
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
      const [name, fact] = control.dataset.part.split(":");
      const values = parts.filter(part => part.name === name).map(part => part.value);
      if (control.type === "checkbox") control.checked = values.includes(fact);
      else if (control.dataset.end) control.value = ends(values.at(-1) ?? "")[control.dataset.end];
      else control.value = values.at(-1) ?? "";
      if (control.tagName === "SELECT" && control.selectedIndex < 0) control.selectedIndex = 0;
    }
  }

  function ends(span) {
    const [from, to = span] = span.split("..");
    return { from, to };
  }

  // Keeps the negated parts of a text, besides those that are kept; `null` forgets all.
  function keepExclusions(text) {
    const parts = daybook.parts(`${daybook.exclusions()} ${text ?? ""}`).filter(part => part.negated).map(part => part.text);
    try {
      if (text === null) localStorage.removeItem(daybook.EXCLUSIONS);
      else localStorage.setItem(daybook.EXCLUSIONS, [...new Set(parts)].join(" "));
    } catch {
      // Where storage is switched off nothing is kept, which the page shows.
    }
  }

  Object.assign(globalThis.daybook ??= {}, { connect, reflect, keepExclusions });
})();
