import fc from 'fast-check';

// Loaded before each spec file. What a property is tried with is drawn once and for all: the gate is red only when
// something is wrong. The deep run draws anew, and prints its seed.
if (process.env.PRICE !== 'deep') fc.configureGlobal({ seed: 20261128 });
