// Reads texts from standard input (a JSON array) and prints what each library calls them, as JSON.
'use strict';

const peers = require('./peers.js');
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));

const result = {};
for (const [name, read] of Object.entries(peers)) {
  result[name] = texts.map(text => {
    const score = read(text);
    return score > 0 ? 'positive' : score < 0 ? 'negative' : 'neutral';
  });
}
console.log(JSON.stringify(result));
