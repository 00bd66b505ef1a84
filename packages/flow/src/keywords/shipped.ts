import type { Extension } from '../types/plugin.ts';
import { allowFailureKeyword } from './allow_failure/index.ts';
import { alwaysKeyword } from './always/index.ts';
import { blockKeyword } from './block/index.ts';
import { cacheKeyword } from './cache/index.ts';
import { checkKeyword } from './check/index.ts';
import { defaultKeyword } from './default/index.ts';
import { descriptionKeyword } from './description/index.ts';
import { envKeyword } from './env/index.ts';
import { extendsKeyword } from './extends/index.ts';
import { functionsKeyword } from './functions/index.ts';
import { limitKeyword } from './limit/index.ts';
import { loopKeyword } from './loop/index.ts';
import { matrixKeyword } from './matrix/index.ts';
import { rescueKeyword } from './rescue/index.ts';
import { resourcesKeyword } from './resources/index.ts';
import { retryKeyword } from './retry/index.ts';
import { rulesKeyword } from './rules/index.ts';
import { runKeyword } from './run/index.ts';
import { secretsKeyword } from './secrets/index.ts';
import { stageKeyword } from './stage/index.ts';
import { stagesKeyword } from './stages/index.ts';
import { tagsKeyword } from './tags/index.ts';
import { timeoutKeyword } from './timeout/index.ts';
import { useKeyword } from './use/index.ts';
import { versionKeyword } from './version/index.ts';
import { whenKeyword } from './when/index.ts';

/** The keywords that come with the program. Each is a folder; without its line here it is unknown, and no other misses it. */
export const shippedExtensions: Extension[] = [
  blockKeyword,
  rescueKeyword,
  alwaysKeyword,
  extendsKeyword,
  defaultKeyword,
  loopKeyword,
  matrixKeyword,
  rulesKeyword,
  whenKeyword,
  tagsKeyword,
  stageKeyword,
  retryKeyword,
  timeoutKeyword,
  allowFailureKeyword,
  resourcesKeyword,
  cacheKeyword,
  checkKeyword,
  envKeyword,
  descriptionKeyword,
  versionKeyword,
  useKeyword,
  functionsKeyword,
  stagesKeyword,
  runKeyword,
  secretsKeyword,
  limitKeyword,
];
