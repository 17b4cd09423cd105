// The libraries that the detector is compared with; each gives a score above, at or below zero.
'use strict';

const vader = require('vader-sentiment').SentimentIntensityAnalyzer;
const wink = require('wink-sentiment');
const Sentiment = require('sentiment');

const afinn = new Sentiment();

module.exports = {
  // Within 0.05 of zero is neutral, as its authors say.
  'vader-sentiment': text => {
    const { compound } = vader.polarity_scores(text);
    return Math.abs(compound) < 0.05 ? 0 : compound;
  },
  'wink-sentiment': text => wink(text).normalizedScore,
  sentiment: text => afinn.analyze(text).score,
};
