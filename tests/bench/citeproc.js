// Sets references with citeproc-js: `node citeproc.js FOLDER STYLE LOCALE REFERENCES` prints a JSON list of
// [key, text], as many as the references are. FOLDER has the package in its node_modules.
"use strict";

const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const [folder, style, locale, references] = process.argv.slice(2);
const citeproc = createRequire(`${folder}/`)("citeproc");
const items = new Map(JSON.parse(readFileSync(references, "utf-8")).map(item => [item.id, item]));
const engine = new citeproc.Engine(
  { retrieveLocale: () => readFileSync(locale, "utf-8"), retrieveItem: id => items.get(id) },
  readFileSync(style, "utf-8"),
);
engine.setOutputFormat("text");
engine.updateItems([...items.keys()]);
const [{ entry_ids: keys, bibliography_errors: errors }, texts] = engine.makeBibliography();
if (errors.length) throw new Error(JSON.stringify(errors));
process.stdout.write(JSON.stringify(keys.map(([key], place) => [key, texts[place].trim()])));
