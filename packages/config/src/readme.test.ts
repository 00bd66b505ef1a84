import { describe, expect, it } from 'vitest';
import {
  batches,
  type ConfigErrors,
  compose,
  composeFile,
  folderSource,
  memoryFiles,
  originAt,
  planMultirun,
  remainingJobs,
  renderProblems,
  resolveContext,
  select,
  toYaml,
} from './index.ts';

describe('what the README says', () => {
  it('composes', () => {
    const context = resolveContext({ env: {} });
    const files = memoryFiles({
      'conf/config.yaml': 'defaults: [db: mysql, _self_]\nname: x\n',
      'conf/db/mysql.yaml': 'port: 3306\n',
      'conf/db/pg.yaml': 'port: 5432\n',
    });
    const { root, choices } = compose({
      configName: 'config',
      overrides: ['db=pg', 'db.port=5433', '+debug=true'],
      sources: [folderSource('conf', files)],
      mode: 'omegaconf',
      settings: false,
      context,
    });
    expect(select(root, 'db.port', context)).toBe(5433);
    expect(choices.get('db')).toBe('pg');
    expect(toYaml(root, context)).toBe('db:\n  port: 5433\nname: x\ndebug: true\n');
  });

  it('places values and errors', () => {
    const text = 'selection: {pt: 25}\ntasks:\n select:\n  filter: "pt > ${selection.pt}"\n';
    const config = composeFile('analysis.yaml', {
      files: memoryFiles({ 'analysis.yaml': text }),
      overrides: ['selection.pt=30'],
    });
    expect(config.origins['/selection/pt']).toMatchObject({
      file: '<command line>',
      line: 1,
      column: 14,
      via: [{ file: 'analysis.yaml' }],
    });
    expect(originAt(config, '/tasks/select/filter', 5)).toMatchObject({ file: '<command line>', column: 14 });
    try {
      composeFile('analysis.yaml', {
        files: memoryFiles({ 'analysis.yaml': text.replace('.pt}', '.ptt}') }),
      });
      expect.unreachable();
    } catch (error) {
      expect(
        renderProblems(error as ConfigErrors),
      ).toBe(`error[interpolation-key]: '\${selection.ptt}' is not set
 --> analysis.yaml:4:17
    |
  4 |   filter: "pt > \${selection.ptt}"
    |                 ^^^^^^^^^^^^^^^^
    = help: did you mean 'pt'?`);
    }
  });

  it('plans multiruns', () => {
    const jobs = planMultirun(['pt=20,30', 'year=range(2016,2019)']);
    expect(jobs).toHaveLength(6);
    expect(jobs[4]).toEqual({
      number: 4,
      overrides: ['pt=30', 'year=2017'],
      varied: { pt: '30', year: '2017' },
    });
    expect(planMultirun(['a=1,2', 'b=x,y'], { zip: [['a', 'b']] }).map((job) => job.overrides)).toEqual([
      ['a=1', 'b=x'],
      ['a=2', 'b=y'],
    ]);
    expect(remainingJobs(jobs, new Set([0, 1])).map((job) => job.number)).toEqual([2, 3, 4, 5]);
    expect(batches(jobs, 4).map((batch) => batch.length)).toEqual([4, 2]);
  });
});
