export { cutflow } from './cutflow.ts';
