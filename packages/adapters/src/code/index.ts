export { type Call, callOf, parseCall } from './call.ts';
export { type CodeFacts, codeFacts, codeIdentity, foundIn } from './facts.ts';
export { assertUnchanged, type Found, loadExport } from './load.ts';
