// The page of saved papers: shows them, takes them off the list, and gives them away as references or as a file that
// another browser adds to its own.
(() => {
  "use strict";
  const { saved } = daybook;
  const NAME = "saved-papers";
  const [list, status, undo, tools, empty, file, text, make] =
    ["saved", "status", "undo", "tools", "empty", "file", "text", "make"].map(id => document.getElementById(id));
  let before = [];  // the list as it was, for those who want it back
  let after = [];  // and as it became

  function draw() {
    const papers = saved.read();
    list.replaceChildren(...papers.map(drawn));
    for (const element of [tools, list, ...document.querySelectorAll(".of-some")]) element.hidden = !papers.length;
    empty.hidden = papers.length > 0;
    text.hidden = true;
    document.getElementById("count").textContent = papers.length === 1 ? "1 paper" : `${papers.length} papers`;
  }

  function drawn(paper) {
    const made = document.getElementById("paper").content.cloneNode(true).firstElementChild;
    const link = made.querySelector("a");
    link.href = `papers/${paper.stem}.html`;
    link.textContent = paper.title;
    made.querySelector(".byline").textContent = paper.authors;
    made.querySelector(".when").textContent = paper.when;
    const button = made.querySelector("button");
    button.setAttribute("aria-label", `Remove: ${paper.title}`);
    button.addEventListener("click", () => remove(paper, [...list.children].indexOf(made)));
    return made;
  }

  // Screen readers announce the status.
  function tell(said, former = null) {
    status.textContent = said;
    before = former ?? [];
    undo.hidden = !former;
  }

  function keep(papers, said, former) {
    after = papers;
    if (saved.write(papers)) tell(said, former);
    else tell("Your browser did not keep the change: it allows this site no more room.");
    draw();
  }

  // The focus goes to what takes the place of what had it.
  function remove(paper, place) {
    const papers = saved.read();
    keep(papers.filter(one => one.stem !== paper.stem), `Removed “${paper.title}”.`, papers);
    const next = list.children[Math.min(place, list.childElementCount - 1)];
    (next ? next.querySelector("button") : undo).focus();
  }

  document.getElementById("clear").addEventListener("click", () => {
    const papers = saved.read();
    keep([], papers.length === 1 ? "Removed the paper." : `Removed all ${papers.length} papers.`, papers);
    undo.focus();
  });

  // What was saved in another tab since then stays.
  undo.addEventListener("click", () => {
    const known = new Set([...before, ...after].map(one => one.stem));
    keep([...before, ...saved.read().filter(one => !known.has(one.stem))], "The list is as it was.");
    (tools.querySelector("#tools:not([hidden]) button") ?? document.querySelector("h1")).focus();
  });

  // References -----------------------------------------------------------------------------------------------------

  for (const button of make.querySelectorAll("button")) button.addEventListener("click", () => give(button.dataset));

  async function give({ format, way }) {
    const papers = saved.read();
    const made = await daybook.references(papers.map(one => one.stem), format);
    const count = papers.length - made.missing;
    if (!count) return tell("This site has references to none of them.");
    if (way === "file") download(`${NAME}.${format}`, made.text, made.type);
    const done = way === "file" ? "are in the file" : await copy(made.text) ? "are copied" : "are selected: copy them with your keyboard";
    const left = made.missing ? ` ${made.missing} of the list could not be found and ${made.missing === 1 ? "is" : "are"} left out.` : "";
    tell(`${count === 1 ? "The reference" : `${count} references`} ${count === 1 ? done.replace("are", "is").replace("them", "it") : done}.${left}`);
  }

  function download(name, body, type) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([body], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  // The newer way needs a secure context, which a plain http host is not.
  async function copy(body) {
    try {
      await navigator.clipboard.writeText(body);
      return true;
    } catch {
      text.hidden = false;
      text.value = body;
      text.select();
      return document.execCommand("copy");
    }
  }

  // The list as a file ---------------------------------------------------------------------------------------------

  document.getElementById("export").addEventListener("click", () => {
    download(`${NAME}.json`, `${JSON.stringify(saved.read(), null, 1)}\n`, "application/json");
    tell("The list is in the file.");
  });

  document.getElementById("import").addEventListener("click", () => file.click());

  file.addEventListener("change", async () => {
    const added = await papersIn(file.files[0]);
    file.value = "";
    const papers = saved.read();
    const isThere = new Set(papers.map(one => one.stem));
    const missing = added.filter(one => !isThere.has(one.stem));
    if (!added.length) return tell("There is no list of saved papers in this file.");
    const there = added.length - missing.length;
    keep([...papers, ...missing], `${missing.length} of the file ${missing.length === 1 ? "was" : "were"} added${there ? `, ${there} stood here already` : ""}.`, papers);
  });

  async function papersIn(chosen) {
    try {
      return saved.papersOf(JSON.parse(await chosen.text()));
    } catch {
      return [];
    }
  }

  if (saved.isAllowed()) {
    document.getElementById("list").hidden = false;
    saved.whenChanged(draw);
    draw();
    const isAlone = location.protocol === "file:" && !saved.read().length;
    if (isAlone) tell("Some browsers keep a list for each page of a site that is opened from disk; then it stays empty here.");
  } else {
    tell("Your browser does not let this site keep anything, so no paper can be saved.");
  }
})();
