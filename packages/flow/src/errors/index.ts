export { CODES, CONFIG_CODES, type Explanation } from './codes/index.ts';
export { explain, explanationPage } from './explain.ts';
export { FlowError, FlowErrors, hasErrors } from './flow-error.ts';
export { fromConfig } from './from-config.ts';
export { cameFrom, keyOriginAt, type Located, originAt, problemAt, spanOrigin } from './place.ts';
export { keysOf, parentOf, pointer, step } from './pointer.ts';
export { renderProblem, renderProblems } from './render.ts';
export { sortProblems } from './sort.ts';
export { suggest } from './suggest.ts';
