export { numbersPlugin as default } from '@fasthep/flow/testing';
