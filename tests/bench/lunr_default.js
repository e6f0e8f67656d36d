// What lunr finds as it comes: with its trimmer, stop words and stemmer, and any of the words. `node lunr_default.js
// PACKAGE` reads {documents, texts, limit} as JSON and writes, for each query, the ids of the first documents as a line.
"use strict";
const { readFileSync } = require("node:fs");
const lunr = require(process.argv[2]);

const { documents, texts, limit } = JSON.parse(readFileSync(0, "utf8"));
const index = lunr(function () {
  for (const field of ["title", "abstract", "authors"]) this.field(field);
  for (const one of documents) this.add(one);
});
for (const text of texts) {
  const found = index.search(text).slice(0, limit);
  console.log(JSON.stringify(found.map(result => result.ref)));
}
