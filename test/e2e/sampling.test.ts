/** `slicewise sample` by the built command: A-3's plan, A-5, B-3, formats, the queue, and hostile rows. */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { EstimateReport, SampleReport } from '../../src/datasets/index.ts';
import { openLedger } from '../../src/ledger/index.ts';
import { drawRows, type LogRow, logRows } from '../generators/log-rows.ts';
import { randomStream } from '../generators/random.ts';
import { clockAt, jsonLines, slicewise, workFolder } from './cli.ts';

/** Runs a draw that works and reads its document. */
async function draw(cwd: string, args: readonly string[]): Promise<SampleReport> {
  const { code, stdout, stderr } = await slicewise(['sample', ...args, '--quiet', '--format', 'json'], {
    cwd,
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as SampleReport;
}

/** What the formats have in common and apart. */
interface CaseObject extends Record<string, unknown> {
  readonly metadata: {
    readonly case_id: string;
    readonly slices: Record<string, string>;
    readonly log: Record<string, unknown>;
  };
  readonly vars: Record<string, unknown>;
}

const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), 'utf8');
const readLines = (cwd: string, name: string) =>
  read(cwd, name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
const readSheet = (cwd: string, name: string): Record<string, string>[] =>
  parseCsv(read(cwd, name), { columns: true });

describe('A-3: the plan', () => {
  const logs = logRows(3, 40_000);

  test('catch: floors for all 40 customers within 1,200, the rest by traffic, the same bytes from any order', async () => {
    const shuffled = drawRows(logs, logs.length, 9);
    const cwd = workFolder({
      'logs.jsonl': jsonLines(logs),
      'b.jsonl': jsonLines(shuffled.slice(0, 15_000)),
      'a.jsonl': jsonLines(shuffled.slice(15_000)),
    });
    const report = await draw(cwd, ['logs.jsonl', '--by', 'customer', '--size', '1200', '-o', 'cases.jsonl']);
    expect(report.drawn).toBe(1_200);
    expect(report.strata).toHaveLength(40);
    expect(Math.min(...report.strata.map(({ total }) => total))).toBeGreaterThanOrEqual(20);
    expect(report.strata[0]!.drawn).toBeGreaterThan(report.strata[5]!.drawn);
    expect(report.written!.roundTrip).toMatchObject({ rows: 1_200, slices: 40 });
    expect(readLines(cwd, 'cases.jsonl')).toHaveLength(1_200);
    await draw(cwd, ['b.jsonl', 'a.jsonl', '--by', 'customer', '--size', '1200', '-o', 'again.jsonl']);
    expect(read(cwd, 'again.jsonl')).toBe(read(cwd, 'cases.jsonl'));
    await draw(cwd, ['logs.jsonl', '--by', 'customer', '--size', '1200', '--seed', '2', '-o', 'other.jsonl']);
    expect(read(cwd, 'other.jsonl')).not.toBe(read(cwd, 'cases.jsonl'));
  }, 60_000);

  test('cases that exist count and are not drawn again, by id or by input; nothing to add draws nothing', async () => {
    const few = logs.filter(({ customer }) => customer! <= 'customer-04');
    const own = few.slice(0, 400).map(({ call_id, customer, prompt }, at) => ({
      id: at % 2 === 0 ? call_id : `set-${at}`,
      customer,
      input: prompt,
    }));
    const cwd = workFolder({ 'logs.jsonl': jsonLines(few), 'set.jsonl': jsonLines(own) });
    const report = await draw(cwd, [
      'logs.jsonl',
      '--eval',
      'set.jsonl',
      '--by',
      'customer',
      '--floor',
      '120',
      '-o',
      'add.jsonl',
    ]);
    expect(report.strata.every(({ total }) => total >= 120)).toBe(true);
    expect(report.strata.every(({ existing, drawn, total }) => existing + drawn === total)).toBe(true);
    const inputs = new Set(own.map(({ input }) => input));
    const added = readLines(cwd, 'add.jsonl');
    expect(added.filter(({ prompt }) => inputs.has(prompt))).toEqual([]);
    const none = await draw(cwd, [
      'logs.jsonl',
      '--eval',
      'set.jsonl',
      '--by',
      'customer',
      '--floor',
      '5',
      '-o',
      'none.jsonl',
    ]);
    expect(none.drawn).toBe(0);
    expect(existsSync(join(cwd, 'none.jsonl'))).toBe(false);
  });

  test('quiet: a customer with 3 calls gives all 3 and is said to be unable to reach the floor', async () => {
    const rows = [
      ...logs.slice(0, 2_000),
      ...logs.slice(0, 3).map((row, at) => ({ ...row, call_id: `t-${at}`, customer: 'tiny' })),
    ];
    const cwd = workFolder({ 'logs.jsonl': jsonLines(rows) });
    const report = await draw(cwd, ['logs.jsonl', '--by', 'customer']);
    expect(report.strata.find(({ stratum }) => stratum === 'tiny')).toMatchObject({
      drawn: 3,
      floor: 'impossible',
    });
  });
});

describe('A-5: replayable slice from logs', () => {
  const hostile = '"quoted", =1+1\nx';
  const rows = logRows(5, 400).map(
    (row, at): LogRow => ({
      ...row,
      customer: at % 3 === 0 ? hostile : 'acme',
      price: at % 2 === 0 ? 1.0 : 1e21,
      messages: [
        { role: 'user', content: row.prompt },
        { role: 'assistant', content: null, tool_calls: row.tool_calls },
      ],
      'odd.name': ['a', 'b'],
    }),
  );

  test('catch: rows that lost the key are an error that names them and their number; nothing is written', async () => {
    const some = rows.map((row, at) => ([4, 77, 300].includes(at) ? { ...row, customer: undefined } : row));
    const cwd = workFolder({ 'logs.jsonl': jsonLines(some) });
    const args = ['sample', 'logs.jsonl', '--by', 'customer', '--size', '50', '-o', 'cases.jsonl'];
    const { code, stdout, stderr } = await slicewise(args, { cwd });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('3 of 400 rows lack what a case needs');
    expect(stderr).toContain('the row has no "customer" (logs.jsonl:5, and lines 78, 301)');
    expect(readdirSync(cwd)).toEqual(['logs.jsonl']);
    const allowed = await draw(cwd, [...args.slice(1), '--allow-missing']);
    expect(allowed.population).toMatchObject({ rows: 400, missingKey: 3, available: 397 });
  });

  for (const [as, file] of [
    ['jsonl', 'cases.jsonl'],
    ['promptfoo', 'tests.yaml'],
    ['promptfoo', 'tests.json'],
    ['promptfoo', 'tests.jsonl'],
    ['inspect', 'samples.jsonl'],
  ] as const) {
    test(`quiet: all 400 rows go through ${file} (${as}) with key, prompt, output, nested tool calls and time`, async () => {
      const cwd = workFolder({ 'logs.jsonl': jsonLines(rows) });
      const report = await draw(cwd, [
        'logs.jsonl',
        '--by',
        'customer',
        '--size',
        '400',
        '--as',
        as,
        '-o',
        file,
      ]);
      expect(report.written!.roundTrip.kept).toEqual({
        'slice key': 400,
        input: 400,
        output: 400,
        'tool calls': 400,
        timestamp: 400,
      });
      const cases = caseObjects(cwd, file, as);
      const byId = new Map(rows.map((row) => [row.call_id, row]));
      expect(cases).toHaveLength(400);
      for (const one of cases) {
        const row = byId.get(one.id)!;
        expect(one).toEqual({
          id: row.call_id,
          customer: row.customer,
          prompt: row.prompt,
          output: row.output,
          tools: row.tool_calls,
          ts: row.ts,
        });
        byId.delete(one.id);
      }
    });
  }

  test('JSON of the log keeps its spelling: 1.0, big numbers, keys in order, a row over several lines', async () => {
    const cwd = workFolder({
      'logs.json':
        '[\n {"id": "a", "k": "x",\n  "input": "hi", "n": 1.0, "big": 12345678901234567890, "deep": {"z": [1.50, {"y": null}], "a": {}}},\n {"id":"b","k":"x","input":"yo","n":2}\n]',
    });
    await draw(cwd, ['logs.json', '--by', 'k', '--size', '2', '-o', 'c.jsonl']);
    const [first] = read(cwd, 'c.jsonl').split('\n');
    expect(first).toContain(
      '"n": 1.0, "big": 12345678901234567890, "deep": {"z": [1.50, {"y": null}], "a": {}}',
    );
  });

  function caseObjects(cwd: string, file: string, as: string) {
    const values = file.endsWith('.jsonl') ? readLines(cwd, file) : parseYaml(read(cwd, file));
    return values.map((one: CaseObject) =>
      as === 'jsonl'
        ? {
            id: one.call_id,
            customer: one.customer,
            prompt: one.prompt,
            output: one.output,
            tools: one.tool_calls,
            ts: one.ts,
          }
        : {
            id: one.metadata.case_id,
            customer: one.metadata.slices.customer,
            prompt: as === 'promptfoo' ? one.vars.prompt : one.input,
            output: one.metadata.log.output,
            tools: one.metadata.log.tool_calls,
            ts: one.metadata.log.ts,
          },
    );
  }
});

describe('B-3: quality-control sampling', () => {
  // A class of 0.5 %, wrong far more often than the others.
  const uniform = randomStream(21);
  const items = Array.from({ length: 8_000 }, (_, at) => {
    const intent = at % 200 === 7 ? 'rare' : uniform() < 0.4 ? 'billing' : 'other';
    const sure = 0.5 + uniform() / 2;
    const isWrong = uniform() < { rare: 0.6, billing: 0.2, other: 0.05 }[intent]!;
    return {
      id: `item-${at}`,
      region: ['eu', 'us', 'apac'][at % 3],
      intent,
      input: `${intent} question ${at % 89} about ${at % 13}`,
      probabilities: { yes: sure, no: 1 - sure },
      isWrong,
    };
  });
  const truth = items.filter(({ isWrong }) => isWrong).length / items.length;
  const logs = jsonLines(items.map(({ isWrong: _, ...row }) => row));
  const wrong = new Set(items.flatMap(({ id, isWrong }) => (isWrong ? [id] : [])));

  /** What a person would do: every item gets `wrong label` or `ok`. */
  function fill(cwd: string, name: string, share = 1): void {
    const [head, ...rows] = read(cwd, name).trimEnd().split('\r\n');
    const filled = rows.map((row, at) => {
      if (at >= share * rows.length) return row;
      const id = row.slice(0, row.indexOf(','));
      return `${row.slice(0, -2)},${wrong.has(id) ? '"Wrong label; checked"' : 'OK'},`;
    });
    writeFileSync(join(cwd, name), [head, ...filled].map((row) => `${row}\r\n`).join(''));
  }

  async function estimate(cwd: string, name: string, ...more: readonly string[]) {
    const { code, stdout, stderr } = await slicewise(
      ['sample', '--estimate', name, '--format', 'json', ...more],
      { cwd },
    );
    return { code, stderr, report: code === 0 ? (JSON.parse(stdout) as EstimateReport) : null };
  }

  test('catch: a class of 0.5 % gets its floor, and the reweighted rate holds the truth', async () => {
    const cwd = workFolder({ 'items.jsonl': logs });
    const report = await draw(cwd, [
      'items.jsonl',
      '--design',
      'class',
      '--label',
      'intent',
      '--size',
      '300',
      '--worksheet',
      'w.csv',
    ]);
    expect(report.drawn).toBe(300);
    expect(report.classes!.find(({ key }) => key === 'rare')).toMatchObject({ forFloor: 20 });
    expect(report.margin).toBeCloseTo(0.0566, 2);
    const sheet = readSheet(cwd, 'w.csv');
    expect(
      sheet.every(
        ({ probability, why, tags, comment }) =>
          Number(probability) > 0 && why !== '' && tags === '' && comment === '',
      ),
    ).toBe(true);
    fill(cwd, 'w.csv');
    const { report: found } = await estimate(cwd, 'w.csv');
    expect(found!.unweighted.estimate!).toBeGreaterThan(truth);
    expect(found!.rate.lower!).toBeLessThanOrEqual(truth);
    expect(found!.rate.upper!).toBeGreaterThanOrEqual(truth);
    expect(found!.tags.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['wrong label', 'checked', 'ok']),
    );
  });

  test('quiet: the interval of deliberately biased unions holds the truth in at least 10 of 12 draws', async () => {
    const cwd = workFolder({ 'items.jsonl': logs });
    let held = 0;
    for (let seed = 1; seed <= 12; seed += 1) {
      await draw(cwd, [
        'items.jsonl',
        '--seed',
        String(seed),
        '--worksheet',
        'w.csv',
        '--label',
        'intent',
        '--probabilities',
        'probabilities',
        ...['random:120', 'class:90', 'entropy-top:40', 'entropy-binned:50', 'metadata:30'].flatMap(
          (name) => ['--design', name],
        ),
      ]);
      fill(cwd, 'w.csv');
      const { report } = await estimate(cwd, 'w.csv', '--tag', 'wrong label');
      if (report!.rate.lower! <= truth && truth <= report!.rate.upper!) held += 1;
    }
    expect(held).toBeGreaterThanOrEqual(10);
  }, 240_000);

  test('designs by distance draw from both ends, with their probabilities', async () => {
    const cwd = workFolder({ 'items.jsonl': jsonLines(items.slice(0, 1_000)) });
    const report = await draw(cwd, [
      'items.jsonl',
      '--design',
      'fringe:30',
      '--design',
      'dense:30',
      '--worksheet',
      'w.csv',
    ]);
    const far = report.items.filter(({ why }) => why.includes('fringe'));
    expect(far.length).toBeGreaterThanOrEqual(28);
    expect(report.unreached).toBe(0);
    expect(
      far.every(({ probability, why }) => probability! > 0 && /fringe: mean distance 0\.\d{3}/.test(why)),
    ).toBe(true);
  }, 60_000);

  test('catch: a worksheet without inclusion probabilities cannot be used for a rate', async () => {
    const cwd = workFolder({ 'items.jsonl': logs });
    const report = await draw(cwd, [
      'items.jsonl',
      '--design',
      'entropy-top:50',
      '--probabilities',
      'probabilities',
      '--worksheet',
      'w.csv',
    ]);
    expect(report.unreached).toBe(7_950);
    expect(report.notes.join(' ')).toContain('no rate can use this sample');
    expect(readSheet(cwd, 'w.csv').every(({ probability }) => probability === '')).toBe(true);
    fill(cwd, 'w.csv');
    const { code, stderr } = await estimate(cwd, 'w.csv');
    expect(code).toBe(2);
    expect(stderr).toContain('50 of 50 items have no inclusion probability, so no rate can be estimated');
  });

  test('items that nobody looked at are counted, with what they could do to the rate', async () => {
    const cwd = workFolder({ 'items.jsonl': logs });
    await draw(cwd, ['items.jsonl', '--design', 'random', '--margin', '0.05', '--worksheet', 'w.csv']);
    expect(readSheet(cwd, 'w.csv')).toHaveLength(367);
    expect((await estimate(cwd, 'w.csv')).stderr).toContain('none of the 367 items has a tag');
    fill(cwd, 'w.csv', 0.5);
    const { report } = await estimate(cwd, 'w.csv');
    expect(report).toMatchObject({ items: 367, reviewed: 184 });
    expect(report!.bounds![0]).toBeLessThan(report!.rate.estimate!);
    expect(report!.bounds![1]).toBeGreaterThan(0.5);
  });

  test('a second pass goes where defects were, and draws nothing twice', async () => {
    const cwd = workFolder({ 'items.jsonl': logs });
    await draw(cwd, [
      'items.jsonl',
      '--by',
      'intent',
      '--rule',
      'equal',
      '--size',
      '60',
      '--worksheet',
      'one.csv',
    ]);
    fill(cwd, 'one.csv');
    const report = await draw(cwd, [
      'items.jsonl',
      '--second-pass',
      'one.csv',
      '--floor',
      '0',
      '--size',
      '400',
      '--worksheet',
      'two.csv',
    ]);
    expect(report.by).toEqual(['intent']);
    const perRow = (name: string) => {
      const one = report.strata.find(({ stratum }) => stratum === name)!;
      return one.drawn / one.rows;
    };
    expect(perRow('billing')).toBeGreaterThan(1.2 * perRow('other'));
    const first = new Set(readSheet(cwd, 'one.csv').map(({ item }) => item));
    expect(readSheet(cwd, 'two.csv').filter(({ item }) => first.has(item))).toEqual([]);
  });

  test('--power draws as many per slice as show a drop', async () => {
    const cwd = workFolder({ 'items.jsonl': logs });
    const report = await draw(cwd, ['items.jsonl', '--by', 'region', '--power', '0.15']);
    expect(report.floor).toBeGreaterThanOrEqual(55);
    expect(report.floor).toBeLessThanOrEqual(75);
    expect(report.strata.map(({ drawn }) => drawn)).toEqual([report.floor, report.floor, report.floor]);
    expect(report.floorReason).toMatch(/cases show a drop of 0\.15 with 80% power/);
  });

  test('Neyman by a column of scores gives more to the slice that varies', async () => {
    const scored = items.map((row, at) => ({
      id: row.id,
      region: row.region,
      input: row.input,
      passed: row.region === 'eu' ? at % 2 === 0 : true,
    }));
    const cwd = workFolder({ 'items.jsonl': jsonLines(scored) });
    const report = await draw(cwd, [
      'items.jsonl',
      '--by',
      'region',
      '--rule',
      'neyman',
      '--spread',
      'passed',
      '--floor',
      '5',
      '--size',
      '300',
    ]);
    const drawn = Object.fromEntries(report.strata.map((one) => [one.stratum, one.drawn]));
    expect(drawn.eu).toBeGreaterThan(5 * drawn.us!);
  });
});

describe('what is drawn and where it goes', () => {
  const logs = logRows(8, 600);

  test('a predicate is a slice; the items are a queue of the ledger, once', async () => {
    const cwd = workFolder({ 'logs.jsonl': jsonLines(logs) });
    const args = [
      'sample',
      'logs.jsonl',
      '--by',
      'customer',
      '--where',
      "customer in ('customer-01', 'customer-02') and length(prompt) > 10",
      '--ledger',
      'l.db',
      '--queue',
      'hard',
      '--size',
      '30',
      '--format',
      'json',
    ];
    const at = clockAt('2026-03-01T12:00:00Z');
    const first = JSON.parse((await slicewise(args, { cwd, ...at })).stdout) as SampleReport;
    const again = JSON.parse((await slicewise(args, { cwd, ...at })).stdout) as SampleReport;
    expect(first.strata.map(({ stratum }) => stratum)).toEqual(['customer-01', 'customer-02']);
    expect([first.ledger!.isNew, again.ledger!.isNew]).toEqual([true, false]);
    const ledger = await openLedger(join(cwd, 'l.db'), { now: () => new Date('2026-03-02T00:00:00Z') });
    const queue = await ledger.queue({ queue: 'hard' });
    await ledger.close();
    expect(queue).toHaveLength(30);
    expect(queue[0]).toMatchObject({
      state: 'open',
      probability: first.items[0]!.probability,
      place: first.items[0]!.place,
    });
    expect(queue[0]!.why).toMatch(/^stratified: floor/);
  });

  test('rows with one id are told apart, exact repeats of an export are dropped and counted', async () => {
    const rows = [...logs.slice(0, 50), ...logs.slice(0, 10), { ...logs[0]!, output: 'another answer' }];
    const cwd = workFolder({ 'logs.jsonl': jsonLines(rows) });
    const report = await draw(cwd, ['logs.jsonl', '--design', 'random', '--size', '100', '-o', 'all.jsonl']);
    expect(report.population).toMatchObject({ rows: 61, repeated: 10, available: 51 });
    expect(new Set(report.items.map(({ item }) => item)).size).toBe(51);
  });

  test('a worksheet is safe in a spreadsheet and readable again', async () => {
    const odd = logs.slice(0, 30).map((row, at) => ({
      ...row,
      call_id: `=cmd|${at}`,
      customer: '@x, "y"',
      prompt: '+1\n-2',
      output: '=HYPERLINK("http://x")',
    }));
    const cwd = workFolder({ 'logs.jsonl': jsonLines(odd) });
    await draw(cwd, ['logs.jsonl', '--by', 'customer', '--size', '30', '--worksheet', 'w.csv']);
    const sheet = readSheet(cwd, 'w.csv');
    expect(sheet.every((row) => Object.values(row).every((cell) => !/^[=+\-@]/.test(cell)))).toBe(true);
    const second = await draw(cwd, ['logs.jsonl', '--second-pass', 'w.csv', '--size', '5']);
    expect(second.population).toMatchObject({ existing: 30, available: 0 });
  });

  test('wrong flags are said, all of them, with exit code 2', async () => {
    const cwd = workFolder({ 'logs.jsonl': jsonLines(logs) });
    for (const [args, message] of [
      [['logs.jsonl', '--design', 'class'], '--design class needs the column of labels'],
      [['logs.jsonl', '--design', 'nearest'], 'designs are random'],
      [['logs.jsonl', '--rule', 'neyman'], 'Neyman allocation needs the spread'],
      [['logs.jsonl', '--by', 'custmer'], 'did you mean "customer"?'],
      [['logs.jsonl', '--where', 'custmer == 1'], '--where names "custmer"'],
      [['logs.jsonl', '-o', 'x.csv'], 'x.csv cannot be written as jsonl'],
      [['logs.jsonl', '-o', 'logs.jsonl'], 'is an input'],
      [['*.jsonl', '-o', 'logs.jsonl'], 'is an input'],
      [['logs.jsonl', '--size', '5', '--margin', '0.05'], '--size and --margin'],
      [[], 'no logs are named'],
    ] as const) {
      const { code, stdout, stderr } = await slicewise(['sample', ...args], { cwd });
      expect(stderr).toContain(message);
      expect([code, stdout]).toEqual([2, '']);
    }
  }, 60_000);
});
