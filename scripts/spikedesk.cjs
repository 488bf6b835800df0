#!/usr/bin/env node
// `npx spikedesk …` from a checkout.
process.argv.splice(2, 0, 'spikedesk');
require('./run.cjs');
