export { efficiency, efficiencyTable } from './efficiency.ts';
