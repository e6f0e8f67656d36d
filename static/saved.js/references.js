// References to papers as the site's own files have them, see daybook/saved_references.py: BibTeX and RIS.
(() => {
  "use strict";
  const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
  const FORMATS = {
    bib: { type: "application/x-bibtex", write: rows => rows.map(bibtex).join("\n") },
    ris: { type: "application/x-research-info-systems", write: rows => rows.map(ris).join("") },
  };
  const known = new Map();  // stem → row

  // The references of papers as one text, and how many of them there are none of.
  async function references(stems, format) {
    const needed = stems.filter(stem => !known.has(stem)).map(stem => stem.slice(0, -3));
    await Promise.all([...new Set(needed)].map(load));
    const rows = stems.filter(stem => known.has(stem)).map(stem => [stem, ...known.get(stem)]);
    return { text: FORMATS[format].write(rows), missing: stems.length - rows.length, type: FORMATS[format].type };
  }

  // Done when the file is read, or cannot be: papers that are gone from the site have none.
  function load(name) {
    return new Promise(resolve => {
      const script = document.createElement("script");
      script.src = `references/${name}.js`;
      for (const event of ["load", "error"]) script.addEventListener(event, () => { script.remove(); resolve(); });
      document.head.append(script);
    });
  }

  // Every file of references calls this.
  function refer(rows) {
    for (const [stem, row] of Object.entries(rows)) known.set(stem, row);
  }

  function identifier(stem) {
    return stem.replace(/-(?=\d{7}$)/, "/");
  }

  function bibtex([stem, key, published, title, authors, category, , , , note]) {
    const id = identifier(stem);
    const [year, month] = published.split("-");
    const fields = [
      ["title", `{{${title}}}`],
      ["author", `{${authors}}`],
      ["year", `{${year}}`],
      ["month", MONTHS[month - 1]],
      ["eprint", `{${id}}`],
      ["archivePrefix", "{arXiv}"],
      category && ["primaryClass", `{${category}}`],
      ["doi", `{10.48550/arXiv.${id}}`],
      ["url", `{https://arxiv.org/abs/${id}}`],
      note && ["note", `{${note}}`],
    ];
    const lines = fields.filter(field => field).map(([name, value]) => `  ${name} = ${value},\n`);
    return `@misc{${key}-${stem},\n${lines.join("")}}\n`;
  }

  function ris([stem, key, published, title, authors, category, plain, names, categories, note]) {
    const id = identifier(stem);
    const lines = [
      ["TY", "RPRT"],
      ["ID", `${key}-${stem}`],
      ["TI", plain || title],
      ...(names || authors.split(" and ")).map(name => ["AU", name]),
      ["PY", published.split("-")[0]],
      ["DA", published.replaceAll("-", "/")],
      ["PB", "arXiv"],
      ["M3", "Preprint"],
      ["SN", `arXiv:${id}`],
      ["DO", `10.48550/arXiv.${id}`],
      ["UR", `https://arxiv.org/abs/${id}`],
      ...(categories || (category ? [category] : [])).map(one => ["KW", one]),
      ...note ? [["N1", note]] : [],
      ["ER", ""],
    ];
    return `${lines.map(([tag, value]) => `${tag}  - ${value}\r\n`).join("")}\r\n`;
  }

  Object.assign(globalThis.daybook ??= {}, { references, refer });
})();
