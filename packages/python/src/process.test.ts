import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { environment, environmentFolder } from './environment.ts';
import { type PythonError, PythonException } from './error.ts';
import { findPython, interpreterAt } from './find.ts';
import { pythonProcess } from './process.ts';

const found = interpreterAt('python3');
const folder = mkdtempSync(join(tmpdir(), 'python-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, 'mine.py'),
  `import os, time
calls = 0
def count():
    global calls
    calls += 1
    return calls
def greet(name, *, times=1):
    print("printed", name)
    return {"text": " ".join(["hello " + name] * times), "n": times}
def fail(value):
    raise ValueError("not " + value)
def die():
    os._exit(3)
def wait():
    time.sleep(60)
def odd():
    return float("nan")
`,
);

describe.skipIf(!found)('a warm Python process', () => {
  const printed: string[] = [];
  const python = pythonProcess({
    python: found?.path ?? '',
    path: [folder],
    print: (line) => printed.push(line),
  });
  afterAll(() => python.close());

  it('answers calls and stays warm', async () => {
    expect(await python.call('mine:greet', { args: ['you'], kwargs: { times: 2 } })).toEqual({
      text: 'hello you hello you',
      n: 2,
    });
    expect(await python.call('mine:count')).toBe(1);
    expect(await python.call('mine:count')).toBe(2);
    expect(printed).toContain('printed you');
  });

  it('tells exceptions with class, message and traceback', async () => {
    const error = await python.call('mine:fail', { args: ['this'] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PythonException);
    expect(error).toMatchObject({ type: 'ValueError', message: 'ValueError: not this' });
    expect((error as PythonException).traceback).toMatch(/mine\.py", line \d+, in fail/);
    await expect(python.call('nowhere:f')).rejects.toThrow(/ModuleNotFoundError/);
    await expect(python.call('mine:odd')).rejects.toThrow(/ValueError/);
  });

  it('that dies is replaced', async () => {
    await expect(python.call('mine:die')).rejects.toMatchObject({ code: 'PYTHON-GONE' });
    expect(await python.call('mine:count')).toBe(1);
  });

  it('is ended by a signal in the middle of a call', async () => {
    const start = Date.now();
    await expect(python.call('mine:wait', { signal: AbortSignal.timeout(300) })).rejects.toThrow();
    expect(Date.now() - start).toBeLessThan(5000);
  });
});

describe('environments', () => {
  it('say how to get what is missing', async () => {
    expect(() => findPython('/nowhere/python')).toThrow(/there is no \/nowhere\/python here/);
    const lacking = { name: 'x', requirements: ['no-such-package==1'], modules: ['no_such_module'] };
    const none = await environment(lacking, { python: folder }).catch((error: PythonError) => error);
    expect(none).toMatchObject({ code: 'PYTHON-NONE', message: expect.stringContaining('is no Python') });
    if (!found) return;
    const bare = await environment(lacking, { python: found.path }).catch((error: PythonError) => error);
    expect(bare).toMatchObject({
      code: 'PYTHON-SETUP',
      message: `${found.path} has no module no_such_module`,
      help: expect.stringContaining(`-m pip install 'no-such-package==1'`),
    });
    const unset = await environment(lacking, { base: folder }).catch((error: PythonError) => error);
    expect(unset).toMatchObject({ help: expect.stringContaining('fasthep-flow setup python --engine x') });
  });

  it('lie under what they are made of', () => {
    const spec = { name: 'x', requirements: ['a==1', 'b==2'], modules: [] };
    const at = (more: object, version = '3.11.7') =>
      environmentFolder({ ...spec, ...more }, { version }, '/e');
    expect(at({})).toMatch(/^\/e\/[0-9a-f]{16}$/);
    expect(at({ requirements: ['b==2', 'a==1'], name: 'y' })).toBe(at({}));
    expect(at({}, '3.11.9')).toBe(at({}));
    expect(at({ requirements: ['a==1'] })).not.toBe(at({}));
    expect(at({}, '3.12.0')).not.toBe(at({}));
  });
});
