// What MiniSearch finds. `node minisearch.js PACKAGE` reads {documents, texts, limit, options} as JSON and writes, for
// each query, the ids of the first documents as a line.
"use strict";
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
// By its name, since its folder leads to what only bundlers take.
const MiniSearch = createRequire(`${process.argv[2]}/`)("minisearch");

const { documents, texts, limit, options } = JSON.parse(readFileSync(0, "utf8"));
const index = new MiniSearch({ fields: ["title", "abstract", "authors"] });
index.addAll(documents);
for (const text of texts) {
  const found = index.search(text, options).slice(0, limit);
  console.log(JSON.stringify(found.map(result => result.id)));
}
