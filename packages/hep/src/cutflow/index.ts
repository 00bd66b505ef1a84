export { cutTree } from './cut-tree.ts';
export { cutflow } from './cutflow.ts';
