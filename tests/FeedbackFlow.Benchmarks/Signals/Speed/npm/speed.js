// Reads texts from standard input (a JSON array) and prints how many of them each library reads in a second, as JSON.
'use strict';

const peers = require('./peers.js');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const seconds = 2;

function readFor(read, milliseconds) {
  const start = process.hrtime.bigint();
  const end = start + BigInt(milliseconds) * 1000000n;
  let count = 0;
  while (process.hrtime.bigint() < end) {
    for (const text of texts) read(text);
    count += texts.length;
  }
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

const result = {};
for (const [name, read] of Object.entries(peers)) {
  readFor(read, 500);
  result[name] = readFor(read, seconds * 1000);
}
console.log(JSON.stringify(result));
