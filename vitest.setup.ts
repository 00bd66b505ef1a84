import fc from 'fast-check';

// In CI the properties are tried on the same cases each time: a red run then means a change. Elsewhere on new ones.
if (process.env.CI) fc.configureGlobal({ seed: 20261122 });
