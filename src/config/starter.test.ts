/** What `slicewise init` writes loads again, whatever the files were called. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ROLES } from '../cases/index.ts';
import { DEFAULT_POLICY } from './defaults.ts';
import { loadConfig } from './load-config.ts';
import { starterConfig } from './starter.ts';

test('reads well and says what was found', async () => {
  const text = starterConfig({
    baseline: ['old.jsonl'],
    candidate: ['new/*.jsonl'],
    columns: { caseId: 'id', passed: 'is correct' },
    dimensions: [
      {
        column: 'customer',
        gate: true,
        distinct: 3,
        values: [
          { value: 'acme', cases: 40 },
          { value: '= x', cases: 3 },
        ],
      },
      { column: 'plan', gate: false, distinct: 1, values: [{ value: 'pro', cases: 43 }] },
    ],
    metrics: ['passRate'],
  });
  expect(
    text.split('\n').slice(0, 30).join('\n'),
  ).toBe(`# yaml-language-server: $schema=./node_modules/slicewise/schema/config.json
# What slicewise compares, how it cuts the cases, and when it blocks. Run it with: slicewise gate

# Files that every command reads, relative to this file. Patterns such as results/*.jsonl work.
inputs:
  runs:
    baseline: old.jsonl
    candidate: "new/*.jsonl"
    # rerun: PATH # a second run of the unchanged baseline; measures churn
  # train: { baseline: PATH, candidate: PATH }
  # logs: PATH

# Which column plays which role. Common names are found without this.
columns:
  caseId: id
  passed: "is correct"

# How the cases are cut. Every slice with enough cases is gated against its own baseline.
slices:
  - column: customer
  #     acme: 40 cases
  #     "= x": 3 cases, too few to gate
  #     and 1 more
  # - column: plan
  #     pro: 43 cases
  # Rules for single values, families, crosses, predicates and ranges:
  # - column: customer
  #   values: { acme: { critical: true, floor: 0.9, owner: payments@example.com } }
  #   families: { important: [acme, "= x"] }
  #   ignore: [internal]`);
  expect(text).toContain('  #   where: "length(input) > 8000 and customer == \'acme\'"\n');
  expect(text).toContain('  # - cross: [customer, plan]\n');
  const config = await loadConfig('slicewise.yaml', text);
  expect(config.slices.map(({ cut }) => cut)).toEqual([{ kind: 'column', column: 'customer' }]);
  expect(config.policy).toEqual(DEFAULT_POLICY);
});

test('columns that differ between the runs stand with their run', async () => {
  const text = starterConfig({
    baseline: ['a.csv'],
    candidate: ['a.csv'],
    columns: { caseId: 'id' },
    ownColumns: { baseline: { passed: 'pass before' }, candidate: { passed: 'pass_after' } },
    dimensions: [],
    metrics: [],
  });
  const { columns } = await loadConfig('slicewise.yaml', text);
  expect(columns).toEqual({
    both: { caseId: 'id' },
    baseline: { passed: 'pass before' },
    candidate: { passed: 'pass_after' },
  });
});

test('its comments are good configuration once they are taken out of the comment', async () => {
  const text = starterConfig({ baseline: ['a'], candidate: ['b'], columns: {}, dimensions: [], metrics: [] });
  const live = text
    .split('\n')
    .map((line) =>
      line.replace(
        /^( *)# (?=(?:- | {2}|floor:|requireEvidence:|confirmation:|waivers:|ledger:|columns:|rerun:|train:|logs:))/,
        '$1',
      ),
    )
    .join('\n');
  const config = await loadConfig('slicewise.yaml', live);
  expect(config.slices).toHaveLength(6);
  expect(config.metrics.map(({ id }) => id)).toEqual(['p95:latency']);
  expect(config.policy).toMatchObject({
    floor: 0.85,
    requireEvidence: true,
    confirmation: { casesPerNominee: 150 },
  });
  expect([config.waivers, config.ledger, config.columns.both]).toEqual([
    'slicewise-waivers.yaml',
    { path: '.slicewise/ledger.db', keepRuns: 50 },
    { caseId: 'id', passed: 'correct' },
  ]);
});

test('any name survives', async () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom(
      'true',
      'null',
      '~',
      '007',
      '1e3',
      '- a',
      '# b',
      'a: b',
      '=1+1',
      '"',
      '\n',
      '\u0085\u2028',
      '__proto__',
      '.inf',
      '<<',
      '...',
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
      fc.array(name, { minLength: 1, maxLength: 3 }),
      async (columns, files) => {
        const values = files.map((value) => ({ value, cases: 3 }));
        const text = starterConfig({
          baseline: files,
          candidate: files.slice(0, 1),
          columns: Object.fromEntries(columns.map((column, at) => [ROLES[at], column])),
          dimensions: columns.map((column, at) => ({
            column,
            gate: at % 2 === 0,
            values,
            distinct: values.length,
          })),
          metrics: ['passRate'],
        });
        const config = await loadConfig('slicewise.yaml', text);
        expect(config.inputs.runs.baseline?.files).toEqual(files);
        expect(config.inputs.runs.candidate?.files).toEqual(files.slice(0, 1));
        expect(Object.values(config.columns.both)).toEqual(columns);
        expect(config.slices.map(({ cut }) => cut.kind === 'column' && cut.column)).toEqual(
          columns.filter((_, at) => at % 2 === 0),
        );
      },
    ),
    { numRuns: 300 },
  );
});
