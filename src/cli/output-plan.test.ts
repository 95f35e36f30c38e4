import { describe, expect, it } from 'vitest';
import { FORMATS } from '../reports/index.ts';
import { FORMAT_NAMES, planOutputs } from './output-plan.ts';

describe('where each format goes', () => {
  it.each([
    [undefined, [], { stdout: 'terminal', files: [] }],
    ['json', [], { stdout: 'json', files: [] }],
    ['json', ['r'], { stdout: null, files: [{ path: 'r', format: 'json' }] }],
    ['csv', ['r.json'], { stdout: null, files: [{ path: 'r.json', format: 'csv' }] }],
    [undefined, ['r.md'], { stdout: 'terminal', files: [{ path: 'r.md', format: 'markdown' }] }],
    [
      undefined,
      ['r.MD', 'r.json', 'r.xml', 'a/r.sarif', 'r.csv', 'r.txt'],
      {
        stdout: 'terminal',
        files: [
          { path: 'r.MD', format: 'markdown' },
          { path: 'r.json', format: 'json' },
          { path: 'r.xml', format: 'junit' },
          { path: 'a/r.sarif', format: 'sarif' },
          { path: 'r.csv', format: 'csv' },
          { path: 'r.txt', format: 'terminal' },
        ],
      },
    ],
    [
      'github',
      ['r.md', 'r.json'],
      {
        stdout: 'github',
        files: [
          { path: 'r.md', format: 'markdown' },
          { path: 'r.json', format: 'json' },
        ],
      },
    ],
  ] as const)('--format %s --out %j', (format, outs, plan) => {
    expect(planOutputs(format, outs)).toEqual(plan);
  });

  it('an ending that names no format is refused with the endings that do', () => {
    expect(() => planOutputs(undefined, ['report.pdf'])).toThrow(
      'the ending of --out report.pdf names no format\n  hint: endings are .md markdown, .json json, .xml junit, .sarif sarif, .csv csv, .txt terminal, .html html; with --format one file may have any name',
    );
  });

  it.each(['', '-'])('%j is no file', (path) => {
    expect(() => planOutputs('json', [path])).toThrow(`--out is "${path}", must be a file`);
  });

  it('the flag knows every format that can be rendered', () => {
    expect(FORMAT_NAMES).toEqual([...FORMATS, 'html']);
  });
});
