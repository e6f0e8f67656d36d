// A whole index of lunr, as the judge of ours. `node lunr_weights.js PACKAGE` reads {boosts, papers, queries} as JSON:
// the boost of each field, an object for each paper with the terms of each field, the terms of each query. It writes,
// for each query, [[id, score], …] as a line, in lunr's order.
"use strict";
const { readFileSync } = require("node:fs");
const lunr = require(process.argv[2]);

const { boosts, papers, queries } = JSON.parse(readFileSync(0, "utf8"));
const builder = new lunr.Builder();  // its pipelines are empty: terms stay as they are
for (const [field, boost] of Object.entries(boosts)) builder.field(field, { boost });
for (const paper of papers) builder.add(paper);
const index = builder.build();
for (const terms of queries) {
  const found = index.query(query => {
    for (const term of terms) query.term(term, { usePipeline: false });
  });
  console.log(JSON.stringify(found.map(({ ref, score }) => [ref, score])));
}
