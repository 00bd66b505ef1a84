export { defaultSyntax } from './default/index.ts';
export { workflowSchema } from './schema/workflow.ts';
