import fc from 'fast-check';

// Loaded before each spec file. Property tests have a fixed seed, so that the gate is red only if
// something is wrong. The deep run uses new seeds, and prints them.
if (process.env.PRICE !== 'deep') fc.configureGlobal({ seed: 20261128 });
