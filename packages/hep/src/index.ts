export { cutflow } from './cutflow/index.ts';
export { explanations } from './explain/index.ts';
export { hepPlugin, hepPlugin as default } from './plugin.ts';
export { vary } from './vary/index.ts';
