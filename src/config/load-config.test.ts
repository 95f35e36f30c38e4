/** slicewise.yaml and eval_config.yaml: what they become, and what is said about mistakes. */

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../test/shared-folder.ts';
import { ConfigError } from '../errors.ts';
import { formatExpression } from '../slices/index.ts';
import { DEFAULT_POLICY, EMPTY_CONFIG } from './defaults.ts';
import { loadConfig } from './load-config.ts';
import { mergeFlags } from './merge-flags.ts';
import { configSchema } from './schema.ts';
import type { SliceConfig } from './types.ts';

const GOOD = `
inputs:
  runs: { baseline: old.jsonl, candidate: [a.jsonl, b.jsonl], rerun: { file: c.jsonl, run: 007 } }
  train: t.csv
  logs: [l1, l2]
columns: { caseId: id, passed: 1, baseline: { passed: old ok } }
slices:
  - customer
  - column: region
    ignore: [internal, 1.0, true]
    families: { enterprise: [acme, 007] }
    values:
      refund_flow: { critical: true, floor: 0.9, owner: payments@example.com, margin: 0.03 }
      1.0: { critical: false }
      __proto__: { critical: true }
  - { column: plan, familyColumn: industry, gate: false }
  - cross: [customer, language]
  - name: long refunds
    where: length(input) > 8000 and customer == 'refund_flow'
    critical: true
  - bins: { column: tokens, edges: [1000, 8000] }
  - length: { column: input, unit: words, edges: [50, 200] }
  - time: { column: timestamp, by: weekday }
metrics:
  - passRate
  - { mean: helpfulness, direction: higher, bounds: [1, 5], margin: 0.2 }
  - errorRate
  - { quantile: latency, q: 0.95, direction: lower, margin: 200 }
  - { passAtK: 3 }
  - { passHatK: 3 }
  - { metric: flakiness, gate: false }
  - { mean: cost, gate: false, direction: lower }
policy: { floor: 0.85, blockBudget: 0.1, confirmation: { casesPerNominee: 150 }, allowChanged: [judge] }
waivers: w.yaml
ledger: .slicewise/ledger.db
`;

describe('a good file', () => {
  test('becomes inputs, columns and paths, with names as they are spelled', async () => {
    const config = await loadConfig('conf/slicewise.yaml', GOOD);
    expect(config.file).toBe('conf/slicewise.yaml');
    expect(config.inputs).toEqual({
      ...EMPTY_CONFIG.inputs,
      runs: {
        baseline: { files: ['old.jsonl'], run: null },
        candidate: { files: ['a.jsonl', 'b.jsonl'], run: null },
        rerun: { files: ['c.jsonl'], run: '007' },
      },
      train: ['t.csv'],
      trainBaseline: [],
      logs: ['l1', 'l2'],
    });
    expect(config.columns).toEqual({
      both: { caseId: 'id', passed: '1' },
      baseline: { passed: 'old ok' },
      candidate: {},
    });
    expect([config.waivers, config.ledger, config.notes]).toEqual([
      'w.yaml',
      { path: '.slicewise/ledger.db', keepRuns: 50 },
      [],
    ]);
  });

  test('becomes slices', async () => {
    const { slices } = await loadConfig('s.yaml', GOOD);
    expect(slices.map(({ cut }) => cut.kind)).toEqual([
      'column',
      'column',
      'column',
      'cross',
      'where',
      'bins',
      'bins',
      'time',
    ]);
    const [customer, region, plan, cross, where, bins, length, time] = slices as readonly SliceConfig[];
    expect(customer).toEqual({
      gate: true,
      values: new Map(),
      only: null,
      ignore: [],
      families: null,
      cut: { kind: 'column', column: 'customer' },
    });
    expect(region?.ignore).toEqual(['internal', '1.0', 'true']);
    expect(region?.families).toEqual(
      new Map([
        ['acme', 'enterprise'],
        ['007', 'enterprise'],
      ]),
    );
    expect(region?.values).toEqual(
      new Map([
        ['refund_flow', { critical: true, floor: 0.9, owner: 'payments@example.com', margin: 0.03 }],
        ['1.0', { critical: false }],
        ['__proto__', { critical: true }],
      ]),
    );
    expect(plan).toMatchObject({ families: 'industry', gate: false });
    expect(cross?.cut).toEqual({ kind: 'cross', columns: ['customer', 'language'] });
    expect(where).toMatchObject({ critical: true, cut: { name: 'long refunds' } });
    expect(where?.cut.kind === 'where' && formatExpression(where.cut.where)).toBe(
      "length(input) > 8000 and customer == 'refund_flow'",
    );
    expect(bins?.cut).toEqual({ kind: 'bins', column: 'tokens', of: 'number', edges: [1000, 8000] });
    expect(length?.cut).toEqual({ kind: 'bins', column: 'input', of: 'words', edges: [50, 200] });
    expect(time?.cut).toEqual({ kind: 'time', column: 'timestamp', by: 'weekday' });
  });

  test('becomes metrics', async () => {
    const { metrics } = await loadConfig('s.yaml', GOOD);
    expect(metrics).toEqual([
      { id: 'passRate', gate: true, margin: null, floor: null, measure: { kind: 'passRate' } },
      {
        id: 'mean:helpfulness',
        gate: true,
        margin: 0.2,
        floor: null,
        measure: { kind: 'mean', column: 'helpfulness', direction: 'higher', bounds: [1, 5] },
      },
      { id: 'errorRate', gate: true, margin: null, floor: null, measure: { kind: 'errorRate' } },
      {
        id: 'p95:latency',
        gate: true,
        margin: 200,
        floor: null,
        measure: { kind: 'quantile', column: 'latency', q: 0.95, direction: 'lower' },
      },
      { id: 'pass@3', gate: true, margin: null, floor: null, measure: { kind: 'passAtK', k: 3 } },
      { id: 'pass^3', gate: true, margin: null, floor: null, measure: { kind: 'passHatK', k: 3 } },
      { id: 'flakiness', gate: false, margin: null, floor: null, measure: { kind: 'flakiness' } },
      {
        id: 'mean:cost',
        gate: false,
        margin: null,
        floor: null,
        measure: { kind: 'mean', column: 'cost', direction: 'lower', bounds: null },
      },
    ]);
  });

  test('becomes a policy with every default filled in', async () => {
    const { policy } = await loadConfig('s.yaml', GOOD);
    expect(policy).toEqual({
      ...DEFAULT_POLICY,
      floor: 0.85,
      blockBudget: 0.1,
      allowChanged: ['judge'],
      confirmation: {
        casesPerNominee: 150,
        directBudget: 0.04,
        confirmBudget: 0.060000000000000005,
        nominateMidP: 0.1,
      },
    });
    const plain = await loadConfig(
      's.yaml',
      'policy: { confirmation: { casesPerNominee: 9, nominateMidP: 0.2 } }',
    );
    expect(plain.policy.confirmation).toEqual({
      casesPerNominee: 9,
      directBudget: 0.02,
      confirmBudget: 0.03,
      nominateMidP: 0.2,
    });
  });

  test('says how inputs are grouped', async () => {
    const { clusters } = await loadConfig('s.yaml', 'clusters: { count: 12, vectors: embedding }');
    expect(clusters).toEqual({ count: 12, vectors: 'embedding', model: null });
    expect((await loadConfig('s.yaml', 'clusters: { count: auto }')).clusters).toEqual({
      count: null,
      vectors: null,
      model: null,
    });
    expect((await loadConfig('s.yaml', 'clusters: { model: models/minilm }')).clusters).toMatchObject({
      model: 'models/minilm',
    });
    await expect(loadConfig('s.yaml', 'clusters: { count: 1 }')).rejects.toThrow(
      /clusters.count is 1.*s.yaml:1:20/,
    );
    await expect(loadConfig('s.yaml', 'clusters:\n  model: [a]')).rejects.toThrow(
      /clusters.model .*s.yaml:2:10/,
    );
    await expect(loadConfig('s.yaml', 'clusters:\n  model: a\n  vectors: b')).rejects.toThrow(
      'clusters.model and clusters.vectors are both given, must be one (s.yaml:2:10)',
    );
  });

  test('may be empty, or have empty sections', async () => {
    expect(await loadConfig('s.yaml', '# nothing\n')).toEqual({
      ...EMPTY_CONFIG,
      file: 's.yaml',
      notes: ['s.yaml is empty, so every default holds'],
    });
    expect(await loadConfig('s.yaml', 'slices:\nmetrics:\npolicy:\ninputs:\ncolumns:\nwaivers:\n')).toEqual({
      ...EMPTY_CONFIG,
      file: 's.yaml',
    });
  });

  test('validates against the JSON schema that editors use', async () => {
    const schema = await configSchema();
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(
      validate({
        slices: ['a', { column: 'b', values: { x: { critical: true } } }],
        policy: { minCases: 3 },
      }),
    ).toBe(true);
    expect(validate({ policy: { minCases: 0 } })).toBe(false);
    expect(validate({ polcy: {} })).toBe(false);
    expect(JSON.stringify(schema)).toContain('Share of clean releases that may block.');
  });
});

describe("the article's file", () => {
  const ARTICLE = [
    '# eval_config.yaml',
    'gating:',
    '  metric: pass_rate',
    '  aggregate: min_segment   # not "mean"',
    '  threshold: 0.85',
    '  min_cases_per_segment: 20',
    '',
    'segments:',
    '  - refund_flow',
    '  - invoice_parse',
    '  - contract_review',
    '  - escalation_routing',
    '',
  ].join('\n');

  test('loads unchanged', async () => {
    const config = await loadConfig('eval_config.yaml', ARTICLE);
    expect(config.policy).toEqual({ ...DEFAULT_POLICY, floor: 0.85, minCases: 20 });
    expect(config.metrics.map(({ id }) => id)).toEqual(['passRate']);
    expect(config.slices).toEqual([
      {
        gate: true,
        values: new Map(),
        only: ['refund_flow', 'invoice_parse', 'contract_review', 'escalation_routing'],
        ignore: [],
        families: null,
        cut: { kind: 'column', column: null },
      },
    ]);
    expect(config.notes).toEqual([
      'gating.threshold is read as policy.floor 0.85: a slice breaches it only where that is confirmed',
      'gating.min_cases_per_segment is read as policy.minCases 20',
      'gating.aggregate min_segment is read as this gate: every slice, floor and delta, adjusted for their number',
      'gating.metric pass_rate is read as metric passRate',
      'segments: 4 values of the column that holds most of them; all other cases are one slice',
    ]);
  });

  const article = sharedPath('sources', 'worst-segment.txt');
  test.skipIf(article === null)('is the file that the article prints', () => {
    const text = readFileSync(article as string, 'utf8').replaceAll('\r', '');
    expect(text).toContain(ARTICLE.trimEnd());
  });

  test.each([
    [
      'gating: { aggregate: weighted_mean }',
      'gating.aggregate is "weighted_mean"; a mean hides the loss of a small segment, so means are shown and never gated (e.yaml:1:22)',
      'write aggregate: min_segment, and run "slicewise strategies" to see what each strategy would have done on your data',
    ],
    [
      'gating: { aggregate: min_segmnt }',
      'gating.aggregate is "min_segmnt", must be min_segment (e.yaml:1:22)',
      'did you mean "min_segment"?',
    ],
    [
      'gating: { metric: accuracy }',
      'gating.metric is "accuracy", must be pass_rate or error_rate (e.yaml:1:19)',
      'replace gating by metrics and policy to gate anything else',
    ],
    ['gating: { threshold: 85 }', 'gating.threshold is 85, must be at most 1 (e.yaml:1:22)', '0.85 is 85 %'],
    ['gating: { min_cases: 20 }', 'gating.min_cases is unknown (e.yaml:1:11)', undefined],
    ['segments: [a, b, a]', 'segments[2] is "a", as is segments[0] (e.yaml:1:18)', undefined],
  ])('%s', async (text, message, hint) => {
    const error = await failure('e.yaml', text);
    expect(error.message.split('\n')[0]).toBe(message);
    if (hint !== undefined) expect(error.problems[0]?.hint).toBe(hint);
  });

  test('does not mix with the words that replaced it', async () => {
    const { problems } = await failure(
      'e.yaml',
      'gating: { threshold: .8 }\nsegments: [a]\npolicy: {}\nslices: [b]',
    );
    expect(problems.map(({ message }) => message)).toEqual([
      'gating and policy are both given, must be one',
      'segments and slices are both given, must be one',
    ]);
  });
});

describe('a bad file', () => {
  test('has all its problems named at once, in the order of the file', async () => {
    const text = `input: x
inputs: { runs: { baseline: { run: a } }, trian: t }
columns: { case: id, passed: [a] }
slices:
  - column: customer
    ignore: [a, a]
    onyl: [a]
  - cross: [a]
  - name: p
    where: >-
      length(input) > 8000
      and customer === 'x'
  - where: "a == \\"x\\" && b"
  - { column: a, time: { column: b, by: week } }
metrics: [passrate, { mean: latency }, { quantile: l, q: 95 }]
policy:
  minCases: -3
  floor: 85
  multiplicity: holmes
`;
    expect((await failure('bad.yaml', text)).message.split('\n')).toEqual([
      'input is unknown (bad.yaml:1:1)',
      '  hint: did you mean "inputs"?',
      'inputs.runs.baseline names no file (bad.yaml:2:29)',
      '  hint: write file: PATH or files: [PATH, ...]',
      'inputs.trian is unknown (bad.yaml:2:43)',
      '  hint: did you mean "train"?',
      'columns.case is unknown (bad.yaml:3:12)',
      '  hint: did you mean "caseId"?',
      'columns.passed is a list of 1, must be a text (bad.yaml:3:30)',
      'slices[0].ignore[1] is "a", as is slices[0].ignore[0] (bad.yaml:6:17)',
      'slices[0].onyl is unknown (bad.yaml:7:5)',
      '  hint: did you mean "only"?',
      'slices[1].cross is a list of 1, must be a list of at least 2 (bad.yaml:8:12)',
      'slices[2].where: found =, expected a number, a text in quotes, true, false or a column (bad.yaml:12:22)',
      'slices[3].where: found &&, expected and, or, or the end (bad.yaml:13:24)',
      '  hint: write and',
      'slices[4].time.by is "week", must be hour, weekday or month (bad.yaml:14:41)',
      '  hint: did you mean "weekday"?',
      'metrics[0] "passrate" is no metric; there are passRate, errorRate, mean:COLUMN, mean:COLUMN:lower, p95:COLUMN, pass@3, pass^3, flakiness, recall:CLASS, precision:CLASS, f1:CLASS, specificity:CLASS, macroF1, macroRecall, macroPrecision, weightedF1, mcc, kappa or cost (bad.yaml:15:11)',
      '  hint: did you mean "passRate"?',
      'metrics[1] gates mean:latency, which has no natural bounds, so its margin must be given (bad.yaml:15:21)',
      "  hint: add margin: NUMBER (the smallest loss that matters, in the column's unit), declare bounds: [LOWEST, HIGHEST], or gate: false to show it only",
      'metrics[2].q is 95, must be below 1 (bad.yaml:15:58)',
      '  hint: 0.95 is 95 %',
      'policy.minCases is -3, must be at least 1 (bad.yaml:17:13)',
      'policy.floor is 85, must be at most 1 (bad.yaml:18:10)',
      '  hint: 0.85 is 85 %',
      'policy.multiplicity is "holmes", must be min-p, holm, tarone, bh, by or none (bad.yaml:19:17)',
      '  hint: did you mean "holm"?',
    ]);
  });

  test.each([
    ['slices: [a, b, { column: a }]', 'slices[2] is called "a", as is slices[0] (s.yaml:1:16)'],
    ['slices: [{ name: a, where: b == 1 }, a]', 'slices[1] is called "a", as is slices[0] (s.yaml:1:38)'],
    ['slices: [{}]', 'slices[0] says nothing to cut by (s.yaml:1:10)'],
    ['slices: [{ column: a, cross: [b, c] }]', 'slices[0] has column and cross, must be one (s.yaml:1:10)'],
    ['slices: [{ where: a == 1 }]', 'slices[0] has a predicate without a name (s.yaml:1:10)'],
    [
      'slices: [{ column: a, name: b }]',
      'slices[0].name belongs to where only; other slices are named by what they cut (s.yaml:1:29)',
    ],
    [
      'slices: [{ name: b, where: a == 1, only: [c] }]',
      'slices[0].only does not belong to where, which makes one slice (s.yaml:1:42)',
    ],
    ['slices: [{ cross: [a, a] }]', 'slices[0].cross[1] is "a", as is slices[0].cross[0] (s.yaml:1:23)'],
    [
      'slices: [{ column: a, only: [b], values: { c: {} } }]',
      'slices[0].values.c is not listed in only (s.yaml:1:47)',
    ],
    [
      'slices: [{ column: a, families: { f: [x], g: [x] } }]',
      'slices[0].families.g[0] is "x", which is in family "f" already (s.yaml:1:47)',
    ],
    [
      'slices: [{ column: a, families: { f: [x] }, familyColumn: b }]',
      'slices[0].familyColumn and families are both given, must be one (s.yaml:1:59)',
    ],
    [
      'slices: [{ bins: { column: a, edges: [3, 1] } }]',
      'slices[0].bins.edges[1] is 1, must be above the edge before it (3) (s.yaml:1:42)',
    ],
    [
      'slices: [{ bins: { column: a, edges: [.inf] } }]',
      'slices[0].bins.edges[0] is .inf, must be a number (s.yaml:1:39)',
    ],
    [
      'slices: [{ column: a, floor: 90 }]',
      'slices[0].floor is 90, must be between 0 and 1: every metric here is a rate (s.yaml:1:30)',
    ],
    [
      'slices: [{ column: a, values: { "b c": { floor: 90 } } }]',
      'slices[0].values["b c"].floor is 90, must be between 0 and 1: every metric here is a rate (s.yaml:1:49)',
    ],
    ['slices: [{ column: a, margin: -1 }]', 'slices[0].margin is -1, must be at least 0 (s.yaml:1:31)'],
    [
      'slices: [{ column: a, critical: yes }]',
      'slices[0].critical is "yes", must be true or false (s.yaml:1:33)',
    ],
    ['slices: a', 'slices is "a", must be a list (s.yaml:1:9)'],
    ['slices: [null]', 'slices[0] is empty, must be a text or a map (s.yaml:1:10)'],
    ['metrics: [passRate, passRate]', 'metrics[1] measures passRate, as does metrics[0] (s.yaml:1:21)'],
    ['metrics: [{ gate: false }]', 'metrics[0] names no metric (s.yaml:1:11)'],
    ['metrics: [{ mean: a, quantile: b }]', 'metrics[0] names mean and quantile, must be one (s.yaml:1:11)'],
    ['metrics: [{ quantile: a, margin: 1 }]', 'metrics[0] has no q (s.yaml:1:11)'],
    ['metrics: [{ passAtK: 3, bounds: [0, 1] }]', 'metrics[0].bounds belong to a mean only (s.yaml:1:33)'],
    [
      'metrics: [{ metric: passRate, direction: lower }]',
      'metrics[0].direction is fixed for passRate (s.yaml:1:42)',
    ],
    [
      'metrics: [{ mean: a, bounds: [5, 1] }]',
      'metrics[0].bounds are [5, 1], the first must be below the second (s.yaml:1:30)',
    ],
    [
      'metrics: [{ metric: passRate, floor: 1.5 }]',
      'metrics[0].floor is 1.5, must be between 0 and 1: every metric here is a rate (s.yaml:1:38)',
    ],
    ['metrics: [pass@0]', 'metrics[0] "pass@0" the number of trials is 0, must be at least 1 (s.yaml:1:11)'],
    ['policy: { blockBudget: 0 }', 'policy.blockBudget is 0, must be above 0 (s.yaml:1:24)'],
    [
      'policy: { blockBudget: .3 }',
      'policy.reviewBudget is 0.25, must be at least blockBudget (0.3) (s.yaml:1:9)',
    ],
    ['policy: { reviewBudget: 1 }', 'policy.reviewBudget is 1, must be below 1 (s.yaml:1:25)'],
    ['policy: { seed: 1.5 }', 'policy.seed is 1.5, must be a whole number (s.yaml:1:17)'],
    ['policy: { margin: .nan }', 'policy.margin is .nan, must be a number (s.yaml:1:19)'],
    [
      'policy: { confirmation: {} }',
      'policy.confirmation.casesPerNominee is missing, must be a number (s.yaml:1:25)',
    ],
    [
      'policy: { confirmation: { casesPerNominee: 1, directBudget: .04 } }',
      'policy.confirmation spends 0.04 directly and 0.03 on confirmation, must be at most blockBudget (0.05) together (s.yaml:1:25)',
    ],
    [
      'inputs: { runs: { baseline: { file: a, files: [b] } } }',
      'inputs.runs.baseline has both file and files (s.yaml:1:29)',
    ],
    ['- a', 'the file is a list of 1, must be a map (s.yaml:1:1)'],
    ['hello', 'the file is "hello", must be a map (s.yaml:1:1)'],
    ['policy: {}\npolicy: {}', 'Map keys must be unique (s.yaml:2:1)'],
    [
      'slices: [{ column: a, values: { 1: {}, "1": {} } }]',
      'slices[0].values["1"] stands here a second time (s.yaml:1:40)',
    ],
    ['? [a]\n: b', 'the file: a key is a list or a map, must be a text (s.yaml:1:3)'],
    ['a: 1\n---\nb: 2', 'the file holds several documents, must be one (s.yaml:2:1)'],
    [
      'slices: [a',
      'Flow sequence in block collection must be sufficiently indented and end with a ] (s.yaml:1:11)',
    ],
    ['a: *b', 'alias *b has no anchor before it (s.yaml:1:4)'],
    ['a: !!python/object x', 'Unresolved tag: tag:yaml.org,2002:python/object (s.yaml:1:4)'],
    ['__proto__: { policy: 1 }', '["__proto__"] is unknown (s.yaml:1:1)'],
  ])('%s', async (text, message) => {
    expect((await failure('s.yaml', text)).message.split('\n')[0]).toBe(message);
  });

  test.each([
    ['brackets', '['.repeat(5000), 'nested too deeply'],
    ['an alias of itself', 'a: &a [*a]', 'nested deeper than 40'],
    ['a billion laughs', laughs(9), 'more than 200000 values'],
    ['two million characters', `a: "${'x'.repeat(2_000_000)}"`, 'at most 2000000 are read'],
  ])('made of %s ends in an error', async (_name, text, message) => {
    const error = await failure('s.yaml', text);
    expect(error.message).toContain(message);
    expect(error.problems).toHaveLength(1);
  });

  test('says where in a predicate the fault stands, however YAML spells it', async () => {
    const places = await Promise.all(
      [
        'slices: [{ name: n, where: a == b == c }]',
        "slices: [{ name: n, where: 'a == ''x'' == c' }]",
        'slices: [{ name: n, where: "a == \\u0027x\\x27 == c" }]',
        'slices:\n  - name: n\n    where: |\n      a == 1\n      == c\n',
        'slices:\n  - name: n\n    where: >\n      a == 1\n\n      == c\n',
        'slices:\n  - name: n\n    where: a == 1\n      == c\n',
      ].map(async (text) => {
        const where = (await failure('s.yaml', text)).problems[0]?.where;
        return [where?.line, where?.column];
      }),
    );
    expect(places).toEqual([
      [1, 35],
      [1, 40],
      [1, 46],
      [5, 7],
      [6, 7],
      [4, 7],
    ]);
  });
});

function laughs(levels: number): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < levels; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  }
  return lines.join('\n');
}

async function failure(file: string, text: string): Promise<ConfigError> {
  const result = await loadConfig(file, text).catch((error: unknown) => error);
  expect(result).toBeInstanceOf(ConfigError);
  return result as ConfigError;
}

describe('the ledger', () => {
  test.each([
    ['ledger: runs.db', { path: 'runs.db', keepRuns: 50 }],
    ['ledger: { path: 007, keepRuns: 5 }', { path: '007', keepRuns: 5 }],
    ['ledger: { path: runs.db }', { path: 'runs.db', keepRuns: 50 }],
    ['ledger:', null],
  ])('%s', async (text, expected) => {
    expect((await loadConfig('s.yaml', text)).ledger).toEqual(expected);
  });

  test('keeps its retention where a flag names another file', async () => {
    const config = await loadConfig('a/s.yaml', 'ledger: { path: runs.db, keepRuns: 5 }');
    expect(mergeFlags(config, { ledger: 'b.db' }).ledger).toEqual({ path: '../b.db', keepRuns: 5 });
  });

  test.each([
    ['ledger: { path: a, keepRuns: 0 }', 'ledger.keepRuns is 0, must be at least 1 (s.yaml:1:30)'],
    ['ledger: { path: a, keep: 3 }', 'ledger.keep is unknown (s.yaml:1:20)'],
    ['ledger: { keepRuns: 3 }', 'ledger.path is missing, must be a text (s.yaml:1:9)'],
    ['ledger: [a]', 'ledger is a list of 1, must be a text or a map (s.yaml:1:9)'],
  ])('%s is refused', async (text, message) => {
    expect((await failure('s.yaml', text)).message.split('\n')[0]).toBe(message);
  });
});
