/** `slicewise logs` by the built command: A-3, E-2, E-3, E-4 and the coverage part of B2, and hostile files. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { LogsReport } from '../../src/datasets/index.ts';
import { drawRows, type LogRow, logRows } from '../generators/log-rows.ts';
import { comparison, jsonLines, slicewise, workFolder } from './cli.ts';

/** The rows as cases of an eval set. */
const asCases = (rows: readonly LogRow[]) =>
  rows.map(({ call_id, ts, prompt, output: _, tool_calls: __, ...rest }) => ({
    id: call_id,
    input: prompt,
    timestamp: ts,
    ...rest,
  }));

async function audit(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly report: LogsReport; readonly text: string }> {
  const cwd = workFolder(files);
  const { code, stdout, stderr } = await slicewise(
    ['logs', ...args, '--all', '--quiet', '--out', 'report.json'],
    { cwd },
  );
  expect(stderr).toBe('');
  return {
    code,
    report: JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as LogsReport,
    text: stdout,
  };
}

describe('A-3: eval-set sampling audit', () => {
  const logs = logRows(3, 40_000);

  test('catch: of 40 customers by Zipf(1.1), a uniform draw of 1,200 leaves most below 20', async () => {
    const { code, report, text } = await audit(
      { 'logs.jsonl': jsonLines(logs), 'set.jsonl': jsonLines(asCases(drawRows(logs, 1_200, 5))) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--no-topic'],
    );
    expect(code).toBe(3);
    const { audit: shares } = report.dimensions[0]!;
    expect(shares!.rows).toHaveLength(40);
    // 28 is expected; the draw itself moves it by one or two.
    expect(shares!.alarms).toBeGreaterThanOrEqual(26);
    expect(shares!.alarms).toBeLessThanOrEqual(30);
    expect(shares!.rows[0]!.cases).toBeGreaterThan(290);
    expect(report.findings.filter(({ kind }) => kind === 'alarm').map(({ practice }) => practice)).toEqual([
      'A-3',
    ]);
    expect(text).toMatch(/^Verdict {3}REVIEW: \d\d of 40 slices of customer have fewer than 20 cases/);
  });

  test('catch: a customer that production has and the set has not', async () => {
    const set = asCases(logs.filter(({ customer }) => customer !== 'customer-02'));
    const { code, report } = await audit({ 'logs.jsonl': jsonLines(logs), 'set.jsonl': jsonLines(set) }, [
      'logs.jsonl',
      '--eval',
      'set.jsonl',
      '--by',
      'customer',
      '--no-topic',
    ]);
    expect(code).toBe(3);
    expect(
      report.dimensions[0]!.audit!.rows.filter(({ state }) => state === 'absent').map(({ value }) => value),
    ).toEqual(['customer-02']);
  });

  test('catch: the slice key is missing on more than 2 % of the rows', async () => {
    const some = logs.map((row, at) => (at % 40 === 0 ? { ...row, customer: undefined } : row));
    const { code, report } = await audit(
      { 'logs.jsonl': jsonLines(some), 'set.jsonl': jsonLines(asCases(logs)) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--no-topic'],
    );
    expect(code).toBe(3);
    expect(report.dimensions[0]!.missing).toMatchObject({ rows: 1_000, share: 0.025, alarm: true });
    expect(report.headline).toContain(
      '1000 of 40000 log rows (2.5%) have no customer, first at logs.jsonl:1',
    );
  });

  test('quiet: a customer with 3 production calls cannot reach the floor, which is no fault of the sampling', async () => {
    const few = logs.filter(({ customer }) => customer! <= 'customer-05');
    const tiny = few
      .slice(0, 3)
      .map((row, at) => ({ ...row, call_id: `tiny-${at}`, customer: 'tiny "co",\n=1+1' }));
    const { code, report, text } = await audit(
      { 'logs.jsonl': jsonLines([...few, ...tiny]), 'set.jsonl': jsonLines(asCases(drawRows(few, 400, 1))) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--no-topic'],
    );
    expect(code).toBe(0);
    expect(report.verdict).toBe('PASS');
    expect(report.dimensions[0]!.audit!.rows.find(({ value }) => value.startsWith('tiny'))).toMatchObject({
      production: 3,
      cases: 0,
      state: 'cannot reach',
    });
    expect(text).toContain('cannot reach the floor');
    expect(text).not.toContain('tiny "co",\n=1+1');
  });
});

describe('E-2: locale masking', () => {
  const sizes = { en: 8_800, es: 600, fr: 600 };

  test('catch: the total is up 1.2 points and French is down 4', async () => {
    const { files } = comparison([
      { slice: 'en', kept: 7_500, lost: 200, gained: 344, failed: 756 },
      { slice: 'es', kept: 500, lost: 10, gained: 10, failed: 80 },
      { slice: 'fr', kept: 480, lost: 36, gained: 12, failed: 72 },
    ]);
    const language = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, text.replaceAll('"segment"', '"language"')]),
    );
    const cwd = workFolder(language);
    const json = await slicewise(['gate', 'old.jsonl', 'new.jsonl', '--margin', '0.03', '--format', 'json'], {
      cwd,
    });
    const report = JSON.parse(json.stdout);
    expect(json.code).toBe(1);
    expect(report.overall[0].delta.estimate).toBeCloseTo(0.012, 10);
    const french = report.slices.find(({ value }: { value: string }) => value === 'fr');
    expect(french).toMatchObject({ n: sizes.fr, verdict: 'BLOCK', lost: 36, gained: 12 });
    expect(french.delta.estimate).toBeCloseTo(-0.04, 10);
    const audited = await audit(
      { 'new.jsonl': language['new.jsonl']!, 'logs.jsonl': jsonLines(localeLogs()) },
      ['logs.jsonl', '--eval', 'new.jsonl', '--by', 'language', '--no-topic'],
    );
    expect(audited.report.locales!.rows.map(({ locale }) => locale)).toEqual(['en', 'fr', 'es']);
    const [, fr] = audited.report.locales!.rows;
    expect(fr).toMatchObject({ production: 2_500, cases: 600 });
    expect(fr!.trafficWeight.estimate).toBe(0.25);
    expect(fr!.evalShare!.estimate).toBe(0.06);
    expect(fr!.evalScore!.estimate).toBeCloseTo(492 / 600, 10);
    expect(audited.report.locales!.weightedScore).toBeLessThan(audited.report.locales!.evalScore!);
  });

  test('quiet: level locales pass, with their shares shown', async () => {
    const { files } = comparison([
      { slice: 'en', kept: 800, lost: 12, gained: 12, failed: 56 },
      { slice: 'es', kept: 55, lost: 1, gained: 1, failed: 3 },
      { slice: 'fr', kept: 55, lost: 1, gained: 1, failed: 3 },
    ]);
    const language = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, text.replaceAll('"segment"', '"language"')]),
    );
    const cwd = workFolder(language);
    expect((await slicewise(['gate', 'old.jsonl', 'new.jsonl'], { cwd })).code).toBe(0);
    const { code, text } = await audit(
      { 'set.jsonl': language['new.jsonl']!, 'logs.jsonl': jsonLines(localeLogs()) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'language', '--no-topic'],
    );
    expect(code).toBe(0);
    expect(text).toContain('Locales (language): share, traffic weight and score');
  });

  function localeLogs() {
    const rows = (language: string, count: number) =>
      Array.from({ length: count }, (_, at) => ({ id: `${language}-${at}`, language }));
    return [...rows('en', 7_000), ...rows('fr', 2_500), ...rows('es', 500)];
  }
});

describe('E-3: sampling window', () => {
  // 12 % of the traffic and 0 % of the revenue at 03:00.
  const logs = logRows(11, 20_000, (row, _, uniform) => {
    const isQuiet = uniform() < 0.12;
    const hour = isQuiet ? 3 : 8 + Math.floor(uniform() * 12);
    return {
      ...row,
      ts: `${row.ts.slice(0, 11)}${String(hour).padStart(2, '0')}${row.ts.slice(13)}`,
      revenue: isQuiet ? 0 : 5,
    };
  });
  const isNight = ({ ts }: LogRow) => ts.slice(11, 13) === '03';

  test('catch: all traces are from 03:00', async () => {
    const { code, report } = await audit(
      { 'logs.jsonl': jsonLines(logs), 'set.jsonl': jsonLines(asCases(logs.filter(isNight))) },
      [
        'logs.jsonl',
        '--eval',
        'set.jsonl',
        '--by',
        'customer',
        '--floor',
        '0',
        '--value',
        'revenue',
        '--no-topic',
      ],
    );
    expect(code).toBe(3);
    const [hours, weekdays] = report.windows;
    expect(hours!.audit).toMatchObject({ alarm: true, quiet: ['03'], sampleShare: 1, valueShare: 0 });
    expect(hours!.audit!.trafficShare).toBeCloseTo(0.12, 1);
    expect(weekdays!.audit!.alarm).toBe(false);
    expect(report.findings.find(({ practice }) => practice === 'E-3')!.text).toMatch(
      /^100\.0% of the eval set is from hours with 1\d\.\d% of the traffic and 0\.0% of the value: 03$/,
    );
  });

  test('quiet: the sample follows the traffic', async () => {
    const { code, report } = await audit(
      { 'logs.jsonl': jsonLines(logs), 'set.jsonl': jsonLines(asCases(drawRows(logs, 800, 2))) },
      [
        'logs.jsonl',
        '--eval',
        'set.jsonl',
        '--by',
        'customer',
        '--floor',
        '0',
        '--value',
        'revenue',
        '--no-topic',
      ],
    );
    expect(code).toBe(0);
    expect(report.windows.map(({ audit: one }) => one!.alarm)).toEqual([false, false]);
  });
});

describe('E-4: seasonal shift', () => {
  const gift = (row: LogRow): LogRow => ({
    ...row,
    topic: 'gift cards',
    prompt: `Can I wrap the gift card for a birthday present ${row.call_id}?`,
  });
  const logs = logRows(7, 12_000, (row, _, uniform) => {
    const late = row.ts >= '2026-02-26';
    const other = { ...row, topic: ['refunds', 'parcels', 'accounts'][Math.floor(uniform() * 3)] };
    return late && uniform() < 0.3 ? gift(row) : other;
  });
  const before = logs.filter(({ ts }) => ts < '2026-02-26');

  test('catch: a topic that came with the last days is a coverage gap, by column and by words', async () => {
    const files = {
      'logs.jsonl': jsonLines(logs),
      'set.jsonl': jsonLines(asCases(drawRows(before, 800, 2))),
    };
    const args = [
      'logs.jsonl',
      '--eval',
      'set.jsonl',
      '--by',
      'customer',
      '--floor',
      '20',
      '--period',
      'day',
    ];
    const named = await audit(files, [...args, '--topic', 'topic']);
    expect(named.code).toBe(3);
    expect(named.report.topics!.audit.gaps.map(({ topic }) => topic)).toEqual(['gift cards']);
    expect(named.report.topics!.audit.gaps[0]!.cases).toBe(0);
    expect(named.report.findings.find(({ practice }) => practice === 'E-4')!.text).toMatch(
      /COVERAGE GAP: topic "gift cards" is 3\d\.\d% of the traffic of 2026-02-2\d \(/,
    );
    const byWords = await audit(files, args);
    expect(
      byWords.report.topics!.audit.gaps.some(({ topic }) => /gift|birthday|wrap|present/.test(topic)),
    ).toBe(true);
    expect(byWords.report.coverage!.topics[0]!.topic).toMatch(/gift|birthday|wrap|present/);
  }, 60_000);

  test('quiet: the season is in the set', async () => {
    const { report } = await audit(
      { 'logs.jsonl': jsonLines(logs), 'set.jsonl': jsonLines(asCases(drawRows(logs, 1_500, 2))) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--topic', 'topic', '--period', 'day'],
    );
    expect(report.topics!.audit.gaps).toEqual([]);
    expect(report.findings.filter(({ practice }) => practice === 'E-4')).toEqual([]);
  });
});

describe('B2: coverage of production', () => {
  const logs = logRows(13, 6_000, (row, at) =>
    at % 5 === 0
      ? { ...row, prompt: `Bitte erkläre die Kündigung meines Vertrags Nummer ${at % 97} zum Monatsende` }
      : row,
  );

  test('catch: a fifth of production has no case near it, with the interval around the fifth', async () => {
    const { report, text } = await audit(
      {
        'logs.jsonl': jsonLines(logs),
        'set.jsonl': jsonLines(
          asCases(
            drawRows(
              logs.filter((_, at) => at % 5 !== 0),
              600,
              3,
            ),
          ),
        ),
      },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--floor', '0'],
    );
    const { uncovered, isGap } = report.coverage!;
    expect(isGap).toBe(true);
    expect(uncovered.lower!).toBeGreaterThan(0.15);
    expect(uncovered.upper!).toBeLessThan(0.35);
    expect(report.findings.some(({ practice, kind }) => practice === 'B2' && kind === 'notice')).toBe(true);
    expect(text).toContain('a random sample of 2,000 of 6,000 rows');
  }, 60_000);

  test('quiet: a set drawn from production covers it', async () => {
    const { code, report } = await audit(
      { 'logs.jsonl': jsonLines(logs), 'set.jsonl': jsonLines(asCases(drawRows(logs, 600, 3))) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--floor', '0'],
    );
    expect(report.coverage!.isGap).toBe(false);
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  }, 60_000);
});

describe('what is read', () => {
  test('a folder of a month in several formats, compressed or not, epoch times included', async () => {
    const rows = logRows(2, 300);
    const csv = [
      'call_id,created,customer,prompt',
      ...rows
        .slice(200)
        .map((row) => `${row.call_id},${Date.parse(row.ts) / 1000},${row.customer},"hello, ""you"""`),
    ].join('\n');
    const { code, report } = await audit(
      {
        'logs/01.jsonl': jsonLines(rows.slice(0, 100)),
        'logs/02.jsonl.gz': gzipSync(jsonLines(rows.slice(100, 200))),
        'logs/03.csv': csv,
        'logs/README.md': 'not a log',
      },
      ['logs', '--by', 'customer', '--map', 'timestamp=ts'],
    );
    expect(code).toBe(4);
    expect(report.verdict).toBe('UNTESTED');
    expect(report.logs).toMatchObject({
      files: ['logs/01.jsonl', 'logs/02.jsonl.gz', 'logs/03.csv'],
      rows: 300,
      untimed: 100,
    });
  });

  test('rows that are malformed, NaN or cut off are named, all of them, with exit code 2', async () => {
    const cwd = workFolder({
      'bad.jsonl': '{"id":"a","customer":"x","score":NaN}\n{"id":"b"}\n{"id":"c","cus',
    });
    const { code, stdout, stderr } = await slicewise(['logs', 'bad.jsonl'], { cwd });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('"score": NaN is no number (bad.jsonl:1:34)');
    expect(stderr).toContain('(bad.jsonl:3:11)');
  });

  test('an eval set without the column is said to be so, and nothing is called absent', async () => {
    const rows = logRows(2, 300);
    const { code, report, text } = await audit(
      { 'logs.jsonl': jsonLines(rows), 'set.jsonl': jsonLines(rows.map(({ call_id }) => ({ id: call_id }))) },
      ['logs.jsonl', '--eval', 'set.jsonl', '--by', 'customer', '--no-topic'],
    );
    expect(code).toBe(4);
    expect(report.dimensions[0]).toMatchObject({
      audit: null,
      reason: 'the eval set has no column for customer',
    });
    expect(text).toContain('customer cannot be compared: the eval set has no column for customer');
  });

  test('a report is never written over a log', async () => {
    const cwd = workFolder({ 'logs.json': '[{"id":"a","customer":"x"}]' });
    const { code, stderr } = await slicewise(['logs', '*.json', '--out', 'logs.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('is an input (logs.json)');
  });
});
