/** What each check says and when it stays quiet. */

import { describe, expect, it } from 'vitest';
import { columnProfile, comparisonProfile, runProfile } from '../../test/comparison-profile.ts';
import { evidenceOf, type FlipCounts, PASS_RATE, scopedColumn } from '../../test/slice-evidence.ts';
import { EMPTY_CONFIG, type Policy } from '../config/index.ts';
import type { SliceEvidence } from '../evidence/index.ts';
import type { ScopedGrouping } from '../scope/index.ts';
import { CHECKS, type CheckContext, runChecks } from './index.ts';
import { conclude } from './model/win-or-noise.ts';

type Changes = Partial<CheckContext> & {
  readonly policy?: Partial<Policy>;
  readonly groupings?: readonly ScopedGrouping[];
};

function context({ policy, groupings, ...changes }: Changes = {}): CheckContext {
  return {
    config: { ...EMPTY_CONFIG, policy: { ...EMPTY_CONFIG.policy, ...policy } },
    scope: { groupings: groupings ?? [scopedColumn()], metrics: [PASS_RATE], from: 'detected', notes: [] },
    profile: comparisonProfile(),
    pairing: 'paired',
    slices: [],
    overall: [],
    sameCases: [],
    dimensions: null,
    rerun: null,
    selfCheck: null,
    baselineAgeDays: null,
    ...changes,
  };
}

const check = (id: keyof typeof CHECKS, changes: Changes = {}) => {
  const made = context(changes);
  return { missing: CHECKS[id].missing(made), findings: CHECKS[id].run(made) };
};
const slicesOf = (scoped: ScopedGrouping, ...counts: FlipCounts[]): SliceEvidence[] =>
  counts.map((one) => evidenceOf(one, { scoped }));

describe('the registry', () => {
  it('counts what ran, and says of the others what to add', () => {
    const single = context({ profile: comparisonProfile({ baseline: null }), pairing: 'single run' });
    const { ran, total, findings } = runChecks(single);
    expect(total).toBe(Object.keys(CHECKS).length);
    const open = findings.filter(({ status }) => status === 'not checkable');
    expect(ran + open.length).toBe(total);
    expect(open.map(({ check: id }) => id)).toEqual(
      expect.arrayContaining(['pairing', 'comparable-runs', 'win-or-noise', 'rerun-churn']),
    );
    for (const { verdict, reason, remedy } of open) {
      expect(verdict).toBeNull();
      expect(reason).toMatch(/^not checkable without /);
      expect(remedy).toMatch(/^add /);
    }
  });

  it('is quiet on a comparison with nothing to say', () => {
    expect(runChecks(context()).findings.filter(({ status }) => status === 'checked')).toEqual([]);
  });
});

describe('configured-slices (A-6)', () => {
  const column = columnProfile('segment', { refund_flow: 47, escalation_route: 89, other: 698 });
  const profile = comparisonProfile({ columns: [column] });
  const expected = ['refund_flow', 'escalation_routing'];

  it('blocks on a name without cases, with the near name among those that are not listed', () => {
    const scoped = scopedColumn({ expected });
    const slices = slicesOf(
      scoped,
      { value: 'refund_flow', kept: 47 },
      { value: 'escalation_route', kept: 89 },
    );
    const { findings, missing } = check('configured-slices', { groupings: [scoped], slices, profile });
    expect(missing).toBeNull();
    expect(findings[0]).toMatchObject({ verdict: 'BLOCK', slice: 'escalation_routing', kind: 'data' });
    expect(findings[0]?.reason).toContain("did you mean 'escalation_route'?");
    expect(findings[1]?.reason).toContain(
      '1 value of segment with 89 cases is not configured: escalation_route (89)',
    );
    expect(findings).toHaveLength(2);
  });

  it('suggests nothing that is listed itself, and nothing far away', () => {
    const scoped = scopedColumn({ expected: ['refund_flow', 'refund_flows', 'unheard_of'] });
    const slices = slicesOf(scoped, { value: 'refund_flow', kept: 47 });
    const { findings } = check('configured-slices', { groupings: [scoped], slices, profile });
    expect(findings.filter(({ verdict }) => verdict === 'BLOCK').map(({ reason }) => reason)).toEqual([
      "the policy names segment 'refund_flows', but no case has it",
      "the policy names segment 'unheard_of', but no case has it",
    ]);
  });

  it('is a notice for slices that are only shown, and nothing for ignored names', () => {
    const shown = scopedColumn({ expected, role: 'shown' });
    const slices = slicesOf(shown, { value: 'refund_flow', kept: 47 });
    expect(
      check('configured-slices', { groupings: [shown], slices, profile }).findings[0]?.verdict,
    ).toBeNull();
    const ignoring = scopedColumn({
      expected,
      ignore: new Set(['escalation_routing', 'escalation_route', 'other']),
    });
    const known = slicesOf(
      ignoring,
      { value: 'refund_flow', kept: 47 },
      { value: 'escalation_route', kept: 89 },
    );
    expect(check('configured-slices', { groupings: [ignoring], slices: known, profile }).findings).toEqual(
      [],
    );
  });

  it('counts the remainder beyond the values that the profile lists', () => {
    const many = columnProfile('segment', { refund_flow: 47, b: 5 }, { distinct: 400 });
    const scoped = scopedColumn({
      ...{ expected: ['refund_flow'], remainder: '(not listed)' },
      grouping: {
        ...{ kind: 'map', id: 'segment', other: '(not listed)' },
        of: { kind: 'column', id: 'segment', column: 'segment' },
        values: new Map([['refund_flow', 'refund_flow']]),
      },
    });
    const slices = slicesOf(scoped, { value: 'refund_flow', kept: 47 }, { value: '(not listed)', kept: 900 });
    const { findings } = check('configured-slices', {
      ...{ groupings: [scoped], slices, profile: comparisonProfile({ columns: [many] }) },
    });
    expect(findings[0]?.reason).toBe(
      '399 values of segment with 900 cases are not configured: b (5) and 398 more; gated together as one slice',
    );
  });

  it('tells cases without a value', () => {
    const scoped = scopedColumn({ expected: ['refund_flow'] });
    const [missing] = slicesOf(scoped, { kept: 600, failed: 98 });
    const slices = [
      ...slicesOf(scoped, { value: 'refund_flow', kept: 47 }),
      { ...missing!, key: { grouping: 'segment', state: 'missing' as const, value: '' } },
    ];
    const { findings } = check('configured-slices', { groupings: [scoped], slices });
    expect(findings.map(({ reason, verdict }) => [reason, verdict])).toEqual([
      ['698 cases without a segment (missing)', null],
    ]);
  });

  it('says of a predicate what does not hold, and never that others are missing', () => {
    const scoped = scopedColumn({
      ...{ dimension: 'long', definition: 'length(input) > 8000', expected: ['long'] },
      grouping: {
        ...{ kind: 'predicate', id: 'long', name: 'long' },
        where: { kind: 'missing', column: 'input' },
      },
    });
    const { findings } = check('configured-slices', { groupings: [scoped] });
    expect(findings.map(({ reason }) => reason)).toEqual([
      "the policy names 'long' (length(input) > 8000), but it holds for no case",
    ]);
    expect(
      check('configured-slices', {
        groupings: [scoped],
        slices: slicesOf(scoped, { value: 'long', kept: 30 }),
      }).findings,
    ).toEqual([]);
  });

  it('cannot be checked without a list', () => {
    expect(check('configured-slices').missing).toContain('list of the slices');
  });
});

describe('small-slices (A-2)', () => {
  const scoped = scopedColumn();
  it('counts slices, their cases, and how many more would gate them', () => {
    const slices = slicesOf(
      scoped,
      { value: 'a', kept: 19 },
      { value: 'b', kept: 6 },
      { value: 'c', kept: 20 },
    );
    const [found] = check('small-slices', { slices }).findings;
    expect(found?.reason).toContain('2 slices (25 cases)');
    expect(found?.reason).toContain('15 more cases');
    expect(found?.verdict).toBeNull();
  });

  it('is quiet where every slice is large enough, or is not gated', () => {
    const shown = scopedColumn({ role: 'shown' });
    expect(check('small-slices', { slices: slicesOf(scoped, { kept: 20 }) }).findings).toEqual([]);
    expect(check('small-slices', { slices: slicesOf(shown, { kept: 5 }) }).findings).toEqual([]);
  });
});

describe('nested-slices (bar 11)', () => {
  const groupings = [scopedColumn(), scopedColumn({ dimension: 'customer' })];
  const [emea] = slicesOf(groupings[0]!, { value: 'emea', kept: 60 });
  const [acme] = slicesOf(groupings[1]!, { value: 'acme', kept: 60 });

  it('names slices with the same cases once', () => {
    const { findings } = check('nested-slices', { groupings, sameCases: [[emea!, acme!]] });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.reason).toContain('segment = emea; customer = acme');
  });

  it('is quiet without any, and needs a second dimension', () => {
    expect(check('nested-slices', { groupings, slices: [emea!, acme!] })).toEqual({
      missing: null,
      findings: [],
    });
    expect(check('nested-slices').missing).toContain('second');
  });
});

describe('pairing', () => {
  it('leads with what is missing, and lists kinds only where there are several', () => {
    const both = { ...comparisonProfile(), onlyBaseline: 2, onlyCandidate: 1, paired: 97 };
    expect(check('pairing', { profile: both }).findings[0]?.reason).toBe(
      '3 cases (3.0%) without a result in both runs: 2 only in the baseline, 1 only in the candidate',
    );
  });

  const alone = (onlyBaseline: number, onlyCandidate: number, paired = 100) =>
    comparisonProfile({
      ...{ paired, onlyBaseline, onlyCandidate },
      ...{ onlyBaselineIds: ['old/1'], onlyCandidateIds: ['new/1'] },
    });
  const overall = [evidenceOf({ kept: 80, lost: 5, gained: 3, failed: 12 })];

  it('calls for review above 1 %, with the worst case', () => {
    const [found] = check('pairing', { profile: alone(2, 0), overall }).findings;
    // (5 - 3 + 2) / 102.
    expect(found).toMatchObject({ verdict: 'REVIEW', evidence: ['old/1', 'new/1'], evidenceTotal: 2 });
    expect(found?.reason).toContain('3.9 points');
    expect(found?.reason).toMatch(/^2 cases \(2\.0%\) only in the baseline;/);
  });

  it('is a notice at exactly 1 %, and nothing where all cases pair', () => {
    expect(check('pairing', { profile: alone(0, 1, 99), overall }).findings[0]?.verdict).toBeNull();
    expect(check('pairing', { profile: alone(0, 0), overall }).findings).toEqual([]);
    expect(
      check('pairing', { profile: alone(9, 9), overall, policy: { unmatchedBudget: 0.2 } }).findings[0]
        ?.verdict,
    ).toBeNull();
  });

  it('says that runs without common cases are independent samples', () => {
    const { findings } = check('pairing', { profile: alone(60, 60, 0), pairing: 'unpaired' });
    expect(findings[0]?.reason).toContain('share no case');
    expect(findings[0]?.verdict).toBeNull();
  });
});

describe('errors', () => {
  it.each([
    [5, null],
    [6, 'REVIEW'],
  ])('%i in 100 rows: %s', (errors, verdict) => {
    const profile = comparisonProfile({ candidate: runProfile({ errors, scored: 100 - errors }) });
    const { findings } = check('errors', { profile });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.verdict).toBe(verdict);
    expect(findings[0]?.reason).toContain('of the candidate');
    expect(findings[0]?.reason).toContain('counted as failures');
    expect(check('errors', { profile, policy: { errors: 'exclude' } }).findings[0]?.reason).toContain(
      'left out',
    );
  });

  it('of both runs are told apart, and unscored rows are never zeros', () => {
    const profile = comparisonProfile({
      baseline: runProfile({ errors: 1, scored: 99 }),
      candidate: runProfile({ unscored: 3, scored: 97 }),
    });
    const reasons = check('errors', { profile }).findings.map(({ reason }) => reason);
    expect(reasons[0]).toContain('1 error in 100 rows of the baseline');
    expect(reasons[1]).toContain('3 of 100 rows of the candidate without a score');
    expect(check('errors').findings).toEqual([]);
  });
});

describe('comparable-runs (B-11)', () => {
  const judged = (
    before: readonly string[],
    after: readonly string[],
    kind: 'judge' | 'dataset' | 'prompt' | 'code' = 'judge',
  ) => {
    const prints = (texts: readonly string[]) =>
      runProfile({ fingerprints: { judge: [], dataset: [], prompt: [], code: [], [kind]: texts } });
    return comparisonProfile({ baseline: prints(before), candidate: prints(after) });
  };

  it('voids the comparison where the judge changed, unless the policy allows it', () => {
    const profile = judged(['judge-1'], ['judge-2']);
    const [found] = check('comparable-runs', { profile }).findings;
    expect(found).toMatchObject({ verdict: 'INVALID', reason: expect.stringContaining('NOT COMPARABLE') });
    const [allowed] = check('comparable-runs', { profile, policy: { allowChanged: ['judge'] } }).findings;
    expect(allowed).toMatchObject({ verdict: null, reason: expect.stringContaining('the policy allows it') });
    expect(
      check('comparable-runs', { profile, policy: { allowChanged: ['dataset'] } }).findings[0]?.verdict,
    ).toBe('INVALID');
  });

  it('is quiet for the same judges, and cannot see what only one run names', () => {
    expect(check('comparable-runs', { profile: judged(['a', 'b'], ['a', 'b']) }).findings).toEqual([]);
    expect(check('comparable-runs', { profile: judged(['a'], []) }).missing).toContain('judge');
  });

  it('compares unchanged cases where another data set can be told case by case', () => {
    const profile = judged(['v1'], ['v2'], 'dataset');
    expect(check('comparable-runs', { profile }).findings[0]?.verdict).toBe('INVALID');
    const visible = { ...profile, editsVisible: true };
    expect(check('comparable-runs', { profile: visible }).findings[0]).toMatchObject({
      verdict: null,
      reason: expect.stringContaining('unchanged'),
    });
  });

  it.each(['prompt', 'code'] as const)('says that the %s changed, as releases do', (kind) => {
    const profile = { ...judged(['a1'], ['b2'], kind), editsVisible: true };
    const { findings } = check('comparable-runs', { profile });
    expect(findings.map(({ verdict }) => verdict)).toEqual([null]);
    expect(findings[0]!.reason).toContain(`${kind} differs between the runs: a1 and b2; the runs stay`);
    expect(check('comparable-runs', { profile: judged(['a1'], ['b2'], kind) }).missing).toContain('judge');
  });

  it('lists the fingerprints that cannot be compared once one is missing or has changed', () => {
    const lost = { ...judged(['a1'], [], 'code'), editsVisible: true };
    expect(check('comparable-runs', { profile: lost }).findings.map(({ reason }) => reason)).toEqual([
      '4 fingerprints not recorded in both runs: code (only in the baseline), dataset (in neither run), prompt (in neither run), judge (in neither run); a change there cannot be seen',
    ]);
    const changed = check('comparable-runs', { profile: judged(['j1'], ['j2']) }).findings;
    expect(changed).toHaveLength(1);
    expect(changed[0]!.reason).toContain('(not recorded in both runs: dataset, prompt, code)');
    const none = { ...judged([], []), editsVisible: true };
    expect(check('comparable-runs', { profile: none }).findings).toEqual([]);
  });

  it('leaves out edited cases and names them', () => {
    const ids = Array.from({ length: 12 }, (_, i) => `c${i}`);
    const profile = comparisonProfile({ edited: 12, editedIds: ids, editsVisible: true });
    const [found] = check('comparable-runs', { profile }).findings;
    expect(found).toMatchObject({ verdict: null, evidence: ids, evidenceTotal: 12 });
    expect(found?.reason).toContain('12 cases edited');
  });
});

describe('baseline-age (bar 4)', () => {
  it.each([
    [3.2, null, null],
    [30, 30, null],
    [30.5, 30, 'STALE'],
  ])('after %d days with a limit of %s: %s', (baselineAgeDays, maxBaselineAgeDays, verdict) => {
    const [found] = check('baseline-age', { baselineAgeDays, policy: { maxBaselineAgeDays } }).findings;
    expect(found?.verdict).toBe(verdict);
    expect(found?.reason).toContain(`${Math.floor(baselineAgeDays)} day`);
  });

  it('is unknown for a file', () => {
    expect(check('baseline-age').missing).toContain('ledger');
  });
});

describe('flaky-trials (bar 8)', () => {
  it('counts the cases whose trials disagree', () => {
    const made = evidenceOf({ kept: 20, lost: 5 });
    const candidateValues = [
      { value: 0, cases: 2 },
      { value: 2 / 3, cases: 3 },
      { value: 1, cases: 20 },
    ];
    const overall = [{ ...made, tally: { ...made.tally, candidateValues } }];
    const profile = comparisonProfile({ candidate: runProfile({ maxTrials: 3 }) });
    const { findings, missing } = check('flaky-trials', { overall, profile });
    expect(missing).toBeNull();
    expect(findings[0]?.reason).toContain('3 of 25 cases (12.0%)');
    expect(check('flaky-trials', { overall }).missing).toContain('trials');
  });
});

describe('rerun-churn and win-or-noise (A2)', () => {
  const noise = evidenceOf({ kept: 491, lost: 108, gained: 126, failed: 115 });
  const win = evidenceOf({ kept: 597, lost: 2, gained: 20, failed: 221 });
  const worse = evidenceOf({ kept: 597, lost: 20, gained: 2, failed: 221 });

  it.each([
    ['126 gained, 108 lost of 840', noise, null, 'NO EVIDENCE EITHER WAY'],
    ['20 gained, 2 lost of 840', win, null, 'BETTER'],
    ['20 lost, 2 gained of 840', worse, null, 'WORSE'],
    ['a win within the rerun band', win, 0.03, 'NO EVIDENCE EITHER WAY'],
    ['a win beyond the rerun band', win, 0.02, 'BETTER'],
    ['nothing at all', evidenceOf({ kept: 100 }), null, 'NO EVIDENCE EITHER WAY'],
  ])('%s', (_name, evidence, band, conclusion) => {
    expect(conclude(evidence, band)).toBe(conclusion);
  });

  it('turns around where lower is better, and keeps the band of pass rates to pass rates', () => {
    const metric = { id: 'errorRate', measure: { kind: 'errorRate' } } as const;
    const fewer = { ...win, direction: 'lower' as const, metric: { ...PASS_RATE, ...metric } };
    expect(conclude(fewer, null)).toBe('WORSE');
    expect(conclude(fewer, 0.9)).toBe('WORSE');
    expect(conclude({ ...win, delta: null }, null)).toBeNull();
  });

  it('are told with their numbers', () => {
    const rerun = { paired: 840, flips: 84, band: 0.0214 };
    const { findings } = check('rerun-churn', { rerun });
    expect(findings[0]?.reason).toContain('84 of 840 cases (10.0%)');
    expect(findings[0]?.reason).toContain('2.1 points');
    expect(check('rerun-churn').missing).toContain('--rerun');
    const [told] = check('win-or-noise', { overall: [noise] }).findings;
    expect(told?.reason).toContain('NO EVIDENCE EITHER WAY');
    expect(told?.verdict).toBeNull();
  });
});

describe('gate-self-check (bar 1)', () => {
  it('puts simulated shares beside the budgets', () => {
    const selfCheck = { releases: 1000, blocked: 31, reviewed: 140, method: 'labels swapped' };
    const { findings, missing } = check('gate-self-check', { selfCheck });
    expect(missing).toBeNull();
    expect(findings[0]?.reason).toContain('blocks 31 (3.1%, budget 5.0%)');
    expect(findings[0]?.reason).toContain('blocks or calls for review 171 (17.1%, budget 25.0%)');
    expect(check('gate-self-check').missing).toContain('slicewise aa');
  });
});

describe('wrong-dimension', () => {
  const ranked = (proposed: boolean): CheckContext['dimensions'] => ({
    metric: 'passRate',
    groupings: new Map([
      ['len', { kind: 'bins', id: 'len', column: 'len', of: 'number', edges: [10, 20] }],
      ['tier', { kind: 'column', id: 'tier', column: 'tier' }],
    ]),
    ranking: {
      tested: 2,
      proposals: proposed ? ['len', 'tier'] : [],
      dimensions: (['len', 'tier'] as const).map((id) => ({
        id,
        gated: false,
        values: 2,
        cases: 100,
        smallValues: 0,
        smallCases: 0,
        omegaSquared: {
          estimate: 0.05,
          lower: 0.01,
          upper: 0.1,
          level: 0.95,
          method: 'omega-squared',
          n: 100,
        },
        icc: 0.06,
        worst: {
          label: id === 'len' ? '>=20' : 'free',
          rate: { estimate: 0.6, lower: 0.5, upper: 0.7, level: 0.95, method: 'wilson', n: 80 },
        },
        p: 0.001,
        adjustedP: 0.002,
        heldOutP: 0.01,
        heldOutAdjustedP: 0.02,
        lead: { over: id === 'len' ? 'segment' : null, estimate: 0.049, lower: 0.01 },
        proposed,
        reason: proposed ? null : ('not confirmed on the held-out half' as const),
      })),
    },
  });

  it('proposes a dimension with what it explains, its lowest slice, and how to declare it', () => {
    const { findings } = check('wrong-dimension', { dimensions: ranked(true) });
    expect(findings.map(({ reason, remedy, verdict }) => [reason, remedy, verdict])).toEqual([
      [
        'len is not gated and explains 5.0% of how cases differ (segment: 0.1%); lowest is >=20 with 60.0% of 80 cases',
        'gate on it from the next data on: slices: [{ bins: { column: "len", edges: [10, 20] } }] in slicewise.yaml',
        null,
      ],
      [
        'tier is not gated and explains 5.0% of how cases differ; lowest is free with 60.0% of 80 cases',
        'gate on it from the next data on: --slice "tier"',
        null,
      ],
    ]);
  });

  it('is quiet where nothing is proposed, and says what it needs where nothing was ranked', () => {
    expect(check('wrong-dimension', { dimensions: ranked(false) }).findings).toEqual([]);
    expect(check('wrong-dimension').missing).toContain('a pass rate and a dimension beside the gated one');
  });
});

describe('cluster-definitions (B-19)', () => {
  const column = (name: string, values: Readonly<Record<string, number>>, rest = {}) => ({
    ...columnProfile(name, values),
    ...rest,
  });
  const groupings = [
    scopedColumn({ dimension: 'cluster', grouping: { kind: 'column', id: 'cluster', column: 'cluster' } }),
  ];
  const found = (definition: ReturnType<typeof column>) =>
    check('cluster-definitions', { groupings, profile: comparisonProfile({ columns: [definition] }) });

  it('finds clusters not comparable whose definitions differ between the runs', () => {
    const { findings } = found(column('cluster_definition', {}, { changedCases: 40, distinct: 0 }));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ verdict: 'INVALID', source: 'B-19' });
    expect(findings[0]?.reason).toMatch(
      /^NOT COMPARABLE: the clusters of cluster differ .* no difference is shown for cluster/,
    );
  });

  it('finds them so where runs of different cases have different ones, or only one run has any', () => {
    const several = found(column('cluster_definition', { 'sample a': 20, 'sample b': 20 }));
    expect(several.findings[0]?.reason).toContain('"sample a", "sample b"');
    const single = found(column('cluster_definition', { 'sample a': 20 }, { inBaseline: false }));
    expect(single.findings[0]?.reason).toContain('only the candidate says how they were made');
  });

  it('is a notice for a dimension that is only shown', () => {
    const shown = groupings.map((scoped) => ({ ...scoped, role: 'shown' as const }));
    const columns = [column('cluster_definition', {}, { changedCases: 40 })];
    const { findings } = check('cluster-definitions', {
      groupings: shown,
      profile: comparisonProfile({ columns }),
    });
    expect(findings[0]?.verdict).toBeNull();
  });

  it('stays quiet on one definition, on topics and sources, and on clusters that nothing is known of', () => {
    expect(found(column('cluster_definition', { 'sample a': 40 })).findings).toEqual([]);
    expect(found(column('topic_definition', {}, { changedCases: 40 })).findings).toEqual([]);
    const topics = [
      scopedColumn({ dimension: 'topic', grouping: { kind: 'column', id: 'topic', column: 'topic' } }),
    ];
    const columns = [column('topic_definition', {}, { changedCases: 40 })];
    expect(
      check('cluster-definitions', { groupings: topics, profile: comparisonProfile({ columns }) }).findings,
    ).toEqual([]);
  });

  it('needs a baseline', () => {
    const profile = comparisonProfile({ baseline: null });
    expect(check('cluster-definitions', { profile }).missing).toBe('a baseline run');
  });
});
