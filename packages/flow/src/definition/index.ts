export { draftOf, isTemplate } from './draft.ts';
export { isLate, isMap, kindOf } from './json.ts';
export { layOver, type Placed } from './merge.ts';
export { copyPlaces, dropPlaces, noPlaces } from './places.ts';
