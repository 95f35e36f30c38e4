import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { slicewise, workFolder } from './cli.ts';

const ROWS = [
  '{"id":"a","passed":true,"input":"i","country":"de"}',
  '{"id":"b","passed":false,"input":"j","country":"fr"}',
  '{"id":"c","input":"k"}',
].join('\n');

describe('slicewise export', () => {
  it('writes both files of Every Eval Ever, says what it wrote, and lists what it could not', async () => {
    const cwd = workFolder({ 'new.jsonl': ROWS });
    const args = ['export', 'new.jsonl', '--to', 'every-eval-ever', '-o', 'out.json', '--model', 'acme/bot'];
    const { code, stdout, stderr } = await slicewise(args, { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'Wrote out.json and out_samples.jsonl: 2 results of 3, pass rate 0.5 (0.0945 to 0.9055, wilson, n = 2).\n',
    });
    expect(stderr).toContain(
      'note: unscored results are left out: an instance row must be right or wrong (1 row)\n',
    );
    const again = await slicewise(['import', 'out.json', 'out_samples.jsonl', '--check'], { cwd });
    expect(again.code).toBe(0);
  });

  it('writes the table of MLflow', async () => {
    const cwd = workFolder({ 'new.jsonl': ROWS });
    const { code } = await slicewise(['export', 'new.jsonl', '--to', 'mlflow', '-o', 't.json'], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(cwd, 't.json'), 'utf8')).data).toHaveLength(3);
  });

  it.each([
    ['an input', ['new.jsonl', '--to', 'mlflow', '-o', 'new.jsonl'], 'is an input (new.jsonl)'],
    ['a wrong format', ['new.jsonl', '--to', 'csv', '-o', 't.json'], 'every-eval-ever'],
    [
      'a number that is none',
      ['new.jsonl', '--to', 'mlflow', '-o', 't.json', '--pass-at', 'x'],
      'expected a number',
    ],
    ['a folder that is not there', ['new.jsonl', '--to', 'mlflow', '-o', 'x/t.json'], 'does not exist'],
    [
      'a role that is none',
      ['new.jsonl', '--to', 'mlflow', '-o', 't.json', '--map', 'x=y'],
      '"x" is no role',
    ],
  ])('refuses %s and writes nothing', async (_, args, message) => {
    const cwd = workFolder({ 'new.jsonl': ROWS });
    const { code, stderr } = await slicewise(['export', ...args], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(readdirSync(cwd)).toEqual(['new.jsonl']);
    expect(readFileSync(join(cwd, 'new.jsonl'), 'utf8')).toBe(ROWS);
  });
});
