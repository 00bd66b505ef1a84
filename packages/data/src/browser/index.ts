export { platformFiles, provideFile } from './files.ts';
