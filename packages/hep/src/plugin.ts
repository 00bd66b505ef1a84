import type { Plugin } from '@fasthep/flow';
import { rootFormat } from '@fasthep/root';
import { cutflow, cutTree } from './cutflow/index.ts';
import { explanations } from './explain/index.ts';
import { carpenterSyntax } from './syntax/carpenter/index.ts';
import { fasthepSyntax } from './syntax/fasthep/index.ts';
import { vary } from './vary/index.ts';

/** Particle physics: ROOT files, cutflows, systematic variations. */
export const hepPlugin: Plugin = {
  name: 'hep',
  explanations,
  operators: [cutflow, cutTree, vary],
  formats: [rootFormat],
  syntaxes: [carpenterSyntax, fasthepSyntax],
};
