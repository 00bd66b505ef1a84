export { type BackendUnderTest, describeBackend } from './backend.ts';
export { faultsPlugin } from './faults.ts';
export { killWorkerOf } from './kill.ts';
export { diamond, type FaultTask, mapReduce, withFaults } from './plans.ts';
