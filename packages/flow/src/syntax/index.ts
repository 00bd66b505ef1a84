export { betaSyntax } from './beta/index.ts';
export { defaultSyntax } from './default/index.ts';
export { workflowSchema } from './schema/workflow.ts';
