import { describe, expect, it } from 'vitest';
import { type ConfigErrors, composeFile, memoryFiles, renderProblems } from '../index.ts';

const files = memoryFiles({
  'config.yaml':
    'defaults: [site: local, campaign: 2018, _self_]\ninclude: common.yaml\nlumi: 3\nname: "${campaign.year}-${site.host}"\n',
  'common.yaml': 'common: {a: 1}\n',
  'site/local.yaml': 'host: here\nworkers: 2\n',
  'site/farm.yaml': 'host: there\nworkers: 100\n',
  'campaign/2017.yaml': 'year: 2017\n',
  'campaign/2018.yaml': 'year: 2018\n',
});

describe('a workflow file with a defaults list', () => {
  it('is composed of its choices', () => {
    const config = composeFile('config.yaml', { files });
    expect(config.value).toEqual({
      site: { host: 'here', workers: 2 },
      campaign: { year: 2018 },
      common: { a: 1 },
      lumi: 3,
      name: '2018-here',
    });
    expect(config.choices).toEqual({ site: 'local', campaign: '2018' });
  });

  it('takes other choices and values from the command line', () => {
    const config = composeFile('config.yaml', {
      files,
      overrides: ['site=farm', 'campaign=2017', 'site.workers=5'],
    });
    expect(config.value).toMatchObject({ site: { host: 'there', workers: 5 }, name: '2017-there' });
    expect(config.origins['/site/workers']).toMatchObject({
      word: 'site.workers=5',
      via: [{ file: 'site/farm.yaml', line: 2 }],
    });
  });

  it.each([['site=frm'], ['sites=farm'], ['site.wrkers=3'], ['campaign=2018,2017']])(
    'explains %s',
    (word) => {
      try {
        composeFile('config.yaml', { files, overrides: [word] });
        expect.unreachable();
      } catch (error) {
        expect(renderProblems(error as ConfigErrors)).toMatchSnapshot();
      }
    },
  );
});
