import { describe, expect, it } from 'vitest';
import { columnProfile, comparisonProfile, runProfile } from '../../test/comparison-profile.ts';
import { type Config, EMPTY_CONFIG, type SliceConfig } from '../config/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { ConfigError } from '../errors.ts';
import { parseExpression } from '../slices/index.ts';
import { ALL_CASES, nearest, REMAINDER, resolveScope, rulesOf } from './index.ts';

const PROFILE = comparisonProfile({
  columns: [
    columnProfile('segment', { refund_flow: 47, invoice_parse: 210, other: 100 }),
    columnProfile('tier', { gold: 20, free: 80 }),
    columnProfile('latency', { 1: 50, 2: 50 }),
  ],
  paired: 1000,
});
const SLICE: SliceConfig = {
  ...{ gate: true, values: new Map(), only: null, ignore: [], families: null },
  cut: { kind: 'column', column: 'segment' },
};

function resolve(changes: Partial<Config>, profile: ComparisonProfile = PROFILE) {
  return resolveScope({ ...EMPTY_CONFIG, ...changes }, profile, [{}, {}]);
}
const withSlice = (changes: Partial<SliceConfig>) => resolve({ slices: [{ ...SLICE, ...changes }] });

function problemsOf(action: () => unknown): readonly string[] {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems.map(
      ({ message, hint }) => `${message}${hint ? ` | ${hint}` : ''}`,
    );
  }
  throw new Error('nothing was refused');
}

describe('without configured slices', () => {
  it('the detected dimension gates, the others are shown, and the reader is told', () => {
    const scope = resolve({});
    expect(scope.groupings.map(({ dimension, role }) => [dimension, role])).toEqual([
      ['segment', 'gated'],
      ['tier', 'shown'],
      ['latency', 'shown'],
    ]);
    expect(scope.from).toBe('detected');
    expect(scope.notes.join()).toContain('segment');
    expect(scope.metrics.map(({ id }) => id)).toEqual(['passRate']);
  });

  it('all cases gate together where there is no dimension', () => {
    const scope = resolve(
      {},
      comparisonProfile({ columns: [columnProfile('tier', { gold: 20, free: 80 })] }),
    );
    expect(scope.groupings.map(({ dimension, role }) => [dimension, role])).toEqual([
      [ALL_CASES, 'gated'],
      ['tier', 'shown'],
    ]);
    expect(scope.from).toBe('none');
    expect(scope.notes.join()).toContain('--slice COLUMN');
  });

  it('the score is measured where nothing passes or fails, and nothing at all is refused', () => {
    const unscored = {
      baseline: runProfile({ hasPassed: false }),
      candidate: runProfile({ hasPassed: false }),
    };
    const profile = { ...PROFILE, ...unscored };
    const { metrics } = resolveScope(EMPTY_CONFIG, profile, [{ score: 'latency' }, { score: 'latency' }]);
    expect(metrics).toEqual([
      {
        ...{ id: 'mean:latency', gate: true, margin: null, floor: null },
        measure: { kind: 'mean', column: 'latency', direction: 'higher', bounds: [0, 1] },
      },
    ]);
    expect(problemsOf(() => resolve({}, profile))[0]).toContain('nothing to measure');
  });

  it('a run of errors alone has a pass rate, since an error is a failure; a run of empty cells has none', () => {
    const crashed = runProfile({ scored: 0, errors: 100, hasPassed: false });
    const metricOf = (changes: Partial<ComparisonProfile>, score?: string) => {
      const mapping = score === undefined ? {} : { score };
      const { metrics } = resolveScope(EMPTY_CONFIG, { ...PROFILE, ...changes }, [mapping, mapping]);
      return metrics.map(({ id }) => id);
    };
    expect(metricOf({ candidate: crashed })).toEqual(['passRate']);
    expect(metricOf({ candidate: crashed }, 'latency')).toEqual(['passRate']);
    expect(metricOf({ baseline: crashed, candidate: crashed })).toEqual(['passRate']);
    expect(metricOf({ baseline: crashed, candidate: crashed }, 'latency')).toEqual(['mean:latency']);
    const empty = runProfile({ scored: 0, unscored: 100, hasPassed: false });
    expect(problemsOf(() => metricOf({ candidate: empty }))[0]).toContain('nothing to measure');
  });

  it('says which columns may tell whether a case passed', () => {
    const without = (...names: readonly string[]) => {
      const columns = names.map((name) => columnProfile(name, { a: 50, b: 50 }));
      const unscored = { candidate: runProfile({ hasPassed: false }) };
      return problemsOf(() => resolve({}, comparisonProfile({ columns, ...unscored })))[0];
    };
    expect(without('tier')).toBe(
      'there is nothing to measure: no column says whether a case passed and none holds a score; columns: tier | map one with --map passed=COLUMN, or measure a number with --metric mean:COLUMN --margin 0.05',
    );
    expect(without('evaluation.is_correct', 'tier')).toContain('such as passed=evaluation.is_correct;');
    expect(without('pass_after', 'pass_before')).toContain(
      'one for each run with --map baseline.passed=COLUMN --map candidate.passed=COLUMN; it may be pass_after, pass_before;',
    );
    const many = Array.from({ length: 25 }, (_, i) => `c${i}`);
    expect(without(...many)).toContain('c18, c19 and 5 more | ');
  });

  it('a column for it that is empty in every row is named', () => {
    const columns = [columnProfile('passed', {}), columnProfile('tier', { a: 50 })];
    const profile = comparisonProfile({ columns, candidate: runProfile({ hasPassed: false }) });
    const mapping = { passed: 'passed' };
    expect(problemsOf(() => resolveScope(EMPTY_CONFIG, profile, [mapping, mapping]))[0]).toContain(
      "there is nothing to measure: column 'passed' is empty in every row of the candidate; columns: tier | ",
    );
  });
});

describe('configured slices', () => {
  it('gate; a dimension that would have been detected is shown beside them', () => {
    const scope = resolve({ slices: [{ ...SLICE, cut: { kind: 'column', column: 'tier' } }] });
    expect(scope.groupings.map(({ dimension, role }) => [dimension, role])).toEqual([
      ['tier', 'gated'],
      ['segment', 'shown'],
      ['latency', 'shown'],
    ]);
    expect(scope.from).toBe('configured');
  });

  it('are only shown where they say so', () => {
    expect(withSlice({ gate: false }).groupings[0]?.role).toBe('shown');
  });

  it('expect the values that have rules', () => {
    const values = new Map([['refund_flow', { critical: true, owner: 'mara' }]]);
    const [scoped] = withSlice({ values, floor: 0.8, owner: 'all' }).groupings;
    expect(scoped?.expected).toEqual(['refund_flow']);
    expect(rulesOf(scoped!, 'refund_flow')).toMatchObject({ critical: true, owner: 'mara', floor: 0.8 });
    expect(rulesOf(scoped!, 'other')).toMatchObject({ owner: 'all', floor: 0.8 });
    expect(withSlice({}).groupings[0]?.expected).toBeNull();
  });

  it('gather what they do not list into one slice, ignored values apart', () => {
    const [scoped] = withSlice({ only: ['refund_flow', 'ghost'], ignore: ['other'] }).groupings;
    expect(scoped).toMatchObject({ expected: ['refund_flow', 'ghost'], remainder: REMAINDER, role: 'gated' });
    expect(scoped?.grouping).toMatchObject({ kind: 'map', id: 'segment', other: REMAINDER });
    expect(scoped?.grouping).toMatchObject({
      values: new Map([
        ['refund_flow', 'refund_flow'],
        ['ghost', 'ghost'],
        ['other', 'other'],
      ]),
    });
    expect([...(scoped?.ignore ?? [])]).toEqual(['other']);
  });

  it('find the column of the article’s segments: the one that holds most of them', () => {
    const only = ['refund_flow', 'invoice_parse', 'escalation_routing'];
    const scope = withSlice({ only, cut: { kind: 'column', column: null } });
    expect(scope.groupings[0]).toMatchObject({ dimension: 'segment', expected: only });
    expect(scope.notes).toContain('segments were found in column segment (2 of 3 names)');
    expect(
      problemsOf(() => withSlice({ only: ['nowhere'], cut: { kind: 'column', column: null } }))[0],
    ).toContain("no column holds any of the configured segments 'nowhere'");
  });

  it('fall into families by a map: families gate, members are listed below', () => {
    const families = new Map([
      ['refund_flow', 'money'],
      ['invoice_parse', 'money'],
      ['other', 'rest'],
    ]);
    const [family, members] = withSlice({ families }).groupings;
    expect(family).toMatchObject({ role: 'gated', dimension: 'segment (families)', expected: null });
    expect(family?.definition).toBe('money: refund_flow, invoice_parse; rest: other');
    expect(family?.grouping).toMatchObject({ kind: 'map', other: null });
    expect(members).toMatchObject({ role: 'members', dimension: 'segment', familyOf: 'segment (families)' });
    expect(members?.expected).toEqual(['refund_flow', 'invoice_parse', 'other']);
  });

  it('fall into families by a column', () => {
    const [family, members] = withSlice({ families: 'tier' }).groupings;
    expect(family).toMatchObject({
      role: 'gated',
      dimension: 'tier',
      grouping: { kind: 'column', column: 'tier' },
    });
    expect(members).toMatchObject({ role: 'members', dimension: 'tier x segment', familyOf: 'tier' });
  });

  it.each<[SliceConfig['cut'], string, string, readonly string[] | null]>([
    [{ kind: 'cross', columns: ['segment', 'tier'] }, 'cross', 'segment x tier', null],
    [{ kind: 'bins', column: 'latency', of: 'number', edges: [1, 2] }, 'bins', 'latency', null],
    [{ kind: 'bins', column: 'segment', of: 'words', edges: [5] }, 'bins', 'words of segment', null],
    [{ kind: 'time', column: 'tier', by: 'hour' }, 'time', 'hour of tier', null],
    [
      { kind: 'where', name: 'slow', text: 'latency > 1', where: parseExpression('latency > 1') },
      'predicate',
      'slow',
      ['slow'],
    ],
  ])('cut by %j', (cut, kind, dimension, expected) => {
    const [scoped] = withSlice({ cut }).groupings;
    expect(scoped).toMatchObject({ dimension, expected, grouping: { kind } });
    expect(scoped?.definition).not.toBeNull();
  });
});

describe('columns that do not exist', () => {
  it('are all named, with near names', () => {
    const slices = [
      { ...SLICE, cut: { kind: 'column' as const, column: 'segmnt' } },
      { ...SLICE, cut: { kind: 'cross' as const, columns: ['tier', 'zzz'] } },
    ];
    const problems = problemsOf(() => resolve({ slices }));
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain("needs column 'segmnt', which is in neither run");
    expect(problems[0]).toContain("did you mean 'segment'?");
    expect(problems[1]).toContain("'zzz'");
    expect(problems[1]).not.toContain('did you mean');
  });

  it('with a decimal comma are told apart from texts', () => {
    const mean = {
      ...{ id: 'mean:cost', gate: true, margin: 1, floor: null },
      measure: { kind: 'mean', column: 'cost', direction: 'lower', bounds: null },
    } as const;
    const of = (cost: Readonly<Record<string, number>>) =>
      problemsOf(() =>
        resolve(
          { metrics: [mean] },
          comparisonProfile({ columns: [{ ...columnProfile('cost', cost), numericRows: 0 }] }),
        ),
      );
    expect(of({ '0,026': 5, '1,5': 5 })).toEqual([
      expect.stringContaining('a decimal comma: write 0.026 for "0,026"'),
    ]);
    expect(of({ low: 5 })).toEqual([expect.stringContaining('name a column of numbers; their decimals')]);
  });

  it('or hold no number are refused for a metric, configured slices or not', () => {
    const mean = (column: string) => ({
      ...{ id: `mean:${column}`, gate: true, margin: 1, floor: null },
      measure: { kind: 'mean' as const, column, direction: 'higher' as const, bounds: null },
    });
    expect(problemsOf(() => resolve({ metrics: [mean('tokens'), mean('tier')] }))).toEqual([
      expect.stringContaining("metric 'mean:tokens' needs column 'tokens'"),
      expect.stringContaining("column 'tier' holds no number"),
    ]);
    expect(resolve({ metrics: [mean('latency')] }).metrics).toHaveLength(1);
  });
});

describe('near names', () => {
  it.each([
    ['escalation_routing', ['escalation_route', 'refund_flow'], "did you mean 'escalation_route'?"],
    ['Refund_Flow', ['refund_flow'], "did you mean 'refund_flow'?"],
    ['billing', ['shipping', 'voice'], undefined],
    ['x', [], undefined],
  ])('of %s among %j: %s', (name, known, hint) => {
    expect(nearest(name, known)).toBe(hint);
  });
});

describe('slices by outcome', () => {
  const byLatency = (role: 'passed' | 'score' | 'error', gate: boolean) =>
    resolveScope(
      { ...EMPTY_CONFIG, slices: [{ ...SLICE, gate, cut: { kind: 'column', column: 'latency' } }] },
      PROFILE,
      [{ [role]: 'latency' }, {}],
    );

  it.each(['passed', 'score', 'error'] as const)(
    'of column %s are refused, and shown where they gate nothing',
    (role) => {
      expect(problemsOf(() => byLatency(role, true))).toEqual([
        `slice 'latency' cuts by column 'latency', which says what a run did with a case (${role}) | slices come from what a case is; if the column is that, say so with columns: { ${role}: '' } in slicewise.yaml`,
      ]);
      expect(byLatency(role, false).groupings[0]?.role).toBe('shown');
    },
  );

  it('are refused in predicates as well', () => {
    const text = "segment == 'other' and latency > 1";
    const cut = { kind: 'where', name: 'slow', text, where: parseExpression(text) } as const;
    expect(
      problemsOf(() =>
        resolveScope({ ...EMPTY_CONFIG, slices: [{ ...SLICE, cut }] }, PROFILE, [{}, { score: 'latency' }]),
      )[0],
    ).toContain("slice 'slow' cuts by column 'latency'");
  });
});
