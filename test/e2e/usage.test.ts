import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparison, slicewise, workFolder } from './cli.ts';

const { files } = comparison([{ slice: 'a', kept: 30, lost: 0, gained: 1, failed: 2 }]);

/** Arguments, and everything that standard error says. */
const REFUSED: readonly (readonly [args: readonly string[], stderr: string])[] = [
  [
    ['experiments', 'lst'],
    'slicewise: "lst" is neither a command nor a file\n  hint: did you mean "list"?\n',
  ],
  [['gatee'], 'slicewise: "gatee" is neither a command nor a file\n  hint: did you mean "gate"?\n'],
  [
    ['gate', '--floot', '1'],
    "slicewise: unknown option '--floot'\n  hint: did you mean --floor?\n  hint: slicewise gate --help lists what there is\n",
  ],
  [
    ['gate', '--slice'],
    "slicewise: option '--slice <column>' argument missing\n  hint: slicewise gate --help lists what there is\n",
  ],
  [
    ['old.jsonl', 'new.jsonl', 'third.jsonl'],
    'slicewise: 3 files are named, expected at most two: OLD NEW\n  hint: for runs in several files: --baseline FILE... --candidate FILE...\n',
  ],
  [
    ['gate'],
    'slicewise: no run is named\n  hint: slicewise gate OLD NEW, or inputs: runs: in slicewise.yaml (slicewise init writes one)\n',
  ],
  [
    ['gate', '--baseline', 'old.jsonl', 'new.jsonl'],
    'slicewise: no candidate run is named: all 2 files after --baseline belong to the baseline\n  hint: put --candidate before the files of the candidate\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--candidate', 'new.jsonl'],
    'slicewise: the candidate is named twice: "new.jsonl", and --candidate "new.jsonl"\n  hint: use plain arguments or --candidate, not both\n',
  ],
  [
    ['-', '-'],
    'slicewise: standard input (-) is named 2 times, and can be read once\n  hint: write one of the runs to a file\n',
  ],
  [
    ['old.jsonl', 'nee.jsonl'],
    'slicewise: the file does not exist (nee.jsonl)\n  hint: did you mean "new.jsonl", "old.jsonl"?\n',
  ],
  [
    ['gate', '--config', 'no.yaml'],
    'slicewise: the file does not exist (no.yaml)\n  hint: check the path, or write a configuration with slicewise init\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--min-cases', '0', '--margin', '5%'],
    'slicewise: --min-cases is 0, must be at least 1\nslicewise: --margin is "5%", must be a number\n  hint: write 0.05 for 5%\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--columns', 'wide'],
    'slicewise: --columns is "wide", must be a whole number from 20 to 10000\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--out', 'report.pdf'],
    'slicewise: the ending of --out report.pdf names no format\n  hint: endings are .md markdown, .json json, .xml junit, .sarif sarif, .csv csv, .txt terminal, .html html; with --format one file may have any name\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--format', 'json', '--out', 'old.jsonl'],
    'slicewise: --out old.jsonl is an input (old.jsonl) and is not written over\n  hint: name another file\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--out', 'none/report.md'],
    'slicewise: the folder of --out none/report.md does not exist\n  hint: mkdir -p none\n',
  ],
  [
    ['old.jsonl', 'new.jsonl', '--out', 'r.md', '--out', './r.md'],
    'slicewise: --out ./r.md names a file for the second time\n',
  ],
  [
    ['gate', '--stage-one', 'report.json'],
    'slicewise: the second stage needs --confirm-baseline and --confirm-candidate as well\n  hint: slicewise gate --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW\n',
  ],
  [
    ['old.jsonl', '--stage-one', 'r.json', '--confirm-baseline', 'a', '--confirm-candidate', 'b'],
    'slicewise: the second stage reads fresh runs only, and other runs are named as well\n  hint: leave OLD, NEW, --baseline and --candidate out: the report of stage one names its files\n',
  ],
  [
    ['init'],
    'slicewise: no result files are named\n  hint: slicewise init OLD NEW, or slicewise init NEW where there is one run only\n',
  ],
  [
    ['init', '-', 'new.jsonl'],
    'slicewise: slicewise.yaml cannot name standard input\n  hint: write the results to a file first\n',
  ],
  [
    ['history'],
    'slicewise: no ledger is named\n  hint: add --ledger FILE, or ledger: FILE to slicewise.yaml; a gate with a ledger records itself\n',
  ],
  [
    ['history', '--ledger', 'l.db', '--limit', '0'],
    'slicewise: --limit is "0", must be a whole number from 1 to 999999\n',
  ],
  [
    ['anchor', '--who', 'ana'],
    "slicewise: required option '--reason <text>' not specified\n  hint: slicewise anchor --help lists what there is\n",
  ],
];

describe('what is refused ends with 2, a message on standard error and nothing else', () => {
  it.each(REFUSED)('%j', async (args, stderr) => {
    const cwd = workFolder(files);
    expect(await slicewise(args, { cwd })).toEqual({ code: 2, stdout: '', stderr });
    expect(readdirSync(cwd).sort()).toEqual(['new.jsonl', 'old.jsonl']);
  });

  it('a choice that does not exist names those that do', async () => {
    const { code, stderr } = await slicewise(['old.jsonl', 'new.jsonl', '--format', 'pdf'], {
      cwd: workFolder(files),
    });
    expect(code).toBe(2);
    expect(stderr).toContain(
      "argument 'pdf' is invalid. Allowed choices are terminal, markdown, json, junit, sarif, csv, github, html.",
    );
  });

  it('control characters of names are spelled out', async () => {
    const { code, stderr } = await slicewise(['\u001bred.jsonl'], { cwd: workFolder() });
    expect(code).toBe(2);
    expect(stderr).toContain('\\x1bred.jsonl');
    expect(stderr).not.toContain(String.fromCharCode(27));
  });

  it('a broken row leaves no file behind', async () => {
    const cwd = workFolder({ ...files, 'bad.jsonl': '{"case_id":"1","segment":"a","passed":true}\n{oops\n' });
    const { code, stdout, stderr } = await slicewise(['old.jsonl', 'bad.jsonl', '--out', 'r.json'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^slicewise: .*bad\.jsonl:2/);
    expect(existsSync(join(cwd, 'r.json'))).toBe(false);
  });
});
