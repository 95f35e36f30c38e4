/** Hand-made report documents for the tests of reports: the shapes that a gate produces, hostile names among them. */

import type { Finding } from '../src/findings/index.ts';
import type {
  CaseCounts,
  CaseReport,
  OverallReport,
  PolicyReport,
  Report,
  RunReport,
  SliceReport,
} from '../src/gate/index.ts';
import type { Estimate } from '../src/stats/index.ts';

const Z = 1.959963984540054;

/** Wilson interval, good enough for documents that no test checks for statistics. */
function rate(passed: number, n: number): Estimate | null {
  if (n === 0) return null;
  const p = passed / n;
  const centre = (p + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return {
    estimate: p,
    lower: Math.max(0, centre - half),
    upper: Math.min(1, centre + half),
    level: 0.95,
    method: 'wilson',
    n,
  };
}

/** Bonett-Price interval of a paired difference. */
function difference(lost: number, gained: number, n: number): Estimate | null {
  if (n === 0) return null;
  const b = (lost + 1) / (n + 2);
  const c = (gained + 1) / (n + 2);
  const half = Z * Math.sqrt((b + c - (c - b) ** 2) / (n + 2));
  return {
    estimate: (gained - lost) / n,
    lower: Math.max(-1, c - b - half),
    upper: Math.min(1, c - b + half),
    level: 0.95,
    method: 'bonett-price',
    n,
  };
}

function allCompared(n: number): CaseCounts {
  return { cases: n, compared: n, onlyBaseline: 0, onlyCandidate: 0, edited: 0, unscored: 0, withErrors: 0 };
}

/** One 0/1 slice: passed before, lost and gained of n. */
export function slice(
  value: string,
  n: number,
  passedBefore: number,
  lost: number,
  gained: number,
  more: Partial<SliceReport> = {},
): SliceReport {
  const dimension = more.dimension ?? 'segment';
  const metric = more.metric ?? 'passRate';
  return {
    id: JSON.stringify([metric, dimension, more.state ?? 'value', value]),
    role: 'gated',
    metric,
    dimension,
    value,
    state: 'value',
    definition: null,
    family: null,
    n,
    counts: allCompared(n),
    critical: false,
    owner: null,
    verdict: 'PASS',
    grade: 'undecided',
    reason: 'neither a loss nor its absence could be shown',
    baseline: rate(passedBefore, n),
    candidate: rate(passedBefore - lost + gained, n),
    delta: difference(lost, gained, n),
    direction: 'higher',
    lost,
    gained,
    test: 'exact McNemar',
    pValue: lost > gained ? 0.5 ** Math.min(lost - gained, 9) : 0.7,
    pValueTwoSided: lost > gained ? Math.min(1, 2 * 0.5 ** Math.min(lost - gained, 9)) : 1,
    adjustedPValue: 1,
    adjustment: 'step-down discrete min-P',
    holmPValue: 1,
    boschlooPValue: null,
    floorPValue: null,
    floor: null,
    margin: 0.05,
    minimumDetectableDrop: n === 0 ? null : Math.min(0.9, 1.2 / Math.sqrt(n)),
    casesNeeded: lost > gained ? 4 * n : null,
    waiver: null,
    sameCasesAs: [],
    cases: { lost: [], gained: [], lostOmitted: lost, gainedOmitted: gained },
    ...more,
  };
}

/** A slice below the minimum. */
export function lowN(
  value: string,
  n: number,
  passed: number,
  lost: number,
  more: Partial<SliceReport> = {},
): SliceReport {
  return slice(value, n, passed, lost, 0, {
    verdict: 'LOW-N',
    grade: null,
    reason: `${n} of 20 cases: ${20 - n} more needed to gate`,
    test: null,
    pValue: null,
    pValueTwoSided: null,
    adjustedPValue: null,
    adjustment: null,
    holmPValue: null,
    boschlooPValue: null,
    ...more,
  });
}

function remainder(
  state: 'missing' | 'untagged' | 'changed' | 'ignored',
  n: number,
  more: Partial<SliceReport> = {},
): SliceReport {
  return slice(`(${state})`, n, Math.round(n * 0.8), 1, 1, {
    role: 'remainder',
    state,
    verdict: null,
    grade: null,
    reason: 'no segment',
    adjustedPValue: null,
    ...more,
  });
}

function run(file: string, cases: number, more: Partial<RunReport> = {}): RunReport {
  return {
    files: [file],
    run: null,
    fingerprint: 'f'.repeat(64),
    columns: { caseId: 'case_id', passed: 'passed' },
    detected: ['caseId', 'passed'],
    rows: cases,
    cases,
    scored: cases,
    errors: 0,
    unscored: 0,
    maxTrials: 1,
    ageDays: null,
    name: null,
    ...more,
  };
}

const POLICY: PolicyReport = {
  margin: 0.05,
  floor: null,
  minCases: 20,
  blockBudget: 0.05,
  reviewBudget: 0.25,
  budgets: { critical: 0, other: 0.05, floors: 0 },
  multiplicity: 'step-down discrete min-P',
  controls: 'family-wise error: of unchanged releases at most 5% BLOCK, 25% BLOCK or REVIEW',
  errors: 'fail',
  errorBudget: 0.05,
  unmatchedBudget: 0.01,
  requireEvidence: false,
  allowChanged: [],
  confirmation: null,
  looks: 'fixed',
  churn: 'nominate',
  level: 0.95,
  resamples: 10_000,
  seed: 20_250_101,
  dimensions: ['segment'],
  dimensionsFrom: 'detected',
  configFile: null,
};

/** A finding with everything optional empty. */
export function finding(
  check: string,
  kind: Finding['kind'],
  verdict: Finding['verdict'],
  reason: string,
  more: Partial<Finding> = {},
): Finding {
  return {
    check,
    kind,
    verdict,
    status: 'checked',
    slice: null,
    estimate: null,
    evidence: [],
    evidenceTotal: 0,
    reason,
    remedy: null,
    method: null,
    errorFamily: null,
    hides: null,
    source: null,
    ...more,
  };
}

const FINDINGS: readonly Finding[] = [
  finding('configured-slices', 'data', 'PASS', 'every configured slice has cases'),
  finding(
    'flaky-trials',
    'evaluation',
    null,
    '3 of 47 cases (6.4%) pass some trials and fail others; each counts once, with its share of passes',
    {
      evidence: ['r-001', 'r-014', 'r-030'],
      evidenceTotal: 3,
    },
  ),
  finding('comparable-runs', 'evaluation', 'PASS', 'same judge, same data set'),
  finding('errors', 'evaluation', 'PASS', 'errors within the budget'),
  finding('rerun-churn', 'evaluation', null, 'not checkable without a second run of the unchanged baseline', {
    status: 'not checkable',
    remedy: 'add a second run of the unchanged baseline (--rerun FILE)',
  }),
  finding('nested-slices', 'data', null, 'not checkable without a second gated dimension', {
    status: 'not checkable',
    remedy: 'add a second gated dimension',
  }),
];

/** A document around slices; every part may be replaced. */
export function report(slices: readonly SliceReport[], more: Partial<Report> = {}): Report {
  const gated = slices.filter((row) => row.role === 'gated' && row.metric === 'passRate');
  const counted = slices.filter((row) => row.role !== 'shown' && row.metric === 'passRate');
  const total = counted.reduce((sum, row) => sum + row.counts.cases, 0);
  const low = gated.filter((row) => row.verdict === 'LOW-N');
  const lost = counted.reduce((sum, row) => sum + row.lost, 0);
  const gained = counted.reduce((sum, row) => sum + row.gained, 0);
  const before = counted.reduce((sum, row) => sum + Math.round((row.baseline?.estimate ?? 0) * row.n), 0);
  const overall: OverallReport = {
    metric: 'passRate',
    gated: false,
    n: total,
    baseline: rate(before, total),
    candidate: rate(before - lost + gained, total),
    delta: difference(lost, gained, total),
    direction: 'higher',
    lost,
    gained,
    pValueTwoSided: 0.77,
    conclusion: 'NO EVIDENCE EITHER WAY',
    unpairedStandardError: 0.0136,
    weighted: null,
    rerunBand: null,
  };
  return {
    schemaVersion: '1.0',
    tool: { name: 'slicewise', version: '0.1.0' },
    verdict: 'PASS',
    exitCode: 0,
    ship: { text: 'PASS' },
    belief: {
      text: `Belief: 7 of 11 checks could run; ${gated.filter((row) => row.grade === 'undecided').length} slices undecided; no production sample`,
    },
    next: [],
    baseline: run('baseline.jsonl', total),
    candidate: run('candidate.jsonl', total),
    policy: POLICY,
    counts: {
      paired: total,
      onlyBaseline: 0,
      onlyCandidate: 0,
      edited: 0,
      pairing: 'paired',
      pairedBy: 'case id',
      slices: slices.length,
      gatedSlices: gated.length - low.length,
      undecided: gated.filter((row) => row.grade === 'undecided').length,
      nonInferior: gated.filter((row) => row.grade === 'non-inferior').length,
      lowN: low.length,
      lowNCases: low.reduce((sum, row) => sum + row.n, 0),
      debt: 0,
      looks: null,
    },
    slices,
    overall: [overall],
    unsliced: { cases: 0, reason: 'every case has a segment' },
    findings: FINDINGS,
    notes: ['Detected columns: caseId = case_id, passed = passed; slices by segment.'],
    runHash: 'a3f1'.repeat(16),
    confirmation: null,
    ...more,
  };
}

/** What a ledger knows of some of the cases. */
const RECORDS: Readonly<Record<string, CaseReport['record']>> = {
  'r-003': { comparisons: 9, flipped: 4, unchangedComparisons: 3, flippedUnchanged: 2 },
  'r-008': { comparisons: 9, flipped: 1, unchangedComparisons: 3, flippedUnchanged: 0 },
  'r-011': { comparisons: 1, flipped: 1, unchangedComparisons: 0, flippedUnchanged: 0 },
};

const REFUND_CASES: readonly CaseReport[] = [
  [
    'r-003',
    'Customer was charged twice for order 1182 and wants one charge back',
    'Refunded 49.90 to the card',
    'I have opened a ticket for you',
  ],
  ['r-008', 'Refund for a parcel that never came', 'Refunded 20.00', 'Please contact the carrier'],
  ['r-011', 'Partial refund, two of five items returned', 'Refunded 31.20', 'Refunded 78.00'],
  ['r-019', 'Refund to a closed account', 'Asked for a new account', 'Refunded to the closed account'],
  ['r-027', 'Refund after 31 days', 'Declined, policy quoted', 'Refunded 12.00'],
  ['r-033', 'Refund in store credit', 'Credit of 15.00 issued', 'Refunded 15.00 to the card'],
  ['r-041', 'Second refund for one order', 'Declined, already refunded', 'Refunded again'],
].map(([id, input, baselineOutput, candidateOutput]) => ({
  id: id!,
  input: input!,
  record: RECORDS[id!] ?? null,
  baselineOutput: baselineOutput!,
  candidateOutput: candidateOutput!,
}));

const REFUND = slice('refund_flow', 47, 43, 7, 0, {
  verdict: 'BLOCK',
  grade: 'confirmed',
  reason: 'confirmed loss: at least the margin, adjusted p within the block budget',
  pValue: 0.0078125,
  pValueTwoSided: 0.015625,
  adjustedPValue: 0.0309,
  holmPValue: 0.0390625,
  boschlooPValue: null,
  casesNeeded: 62,
  cases: { lost: REFUND_CASES, gained: [], lostOmitted: 0, gainedOmitted: 0 },
});
const ARTICLE_REST: readonly SliceReport[] = [
  slice('all others', 698, 614, 28, 22, {
    grade: 'non-inferior',
    reason: 'non-inferior at the margin',
    pValue: 0.24,
    pValueTwoSided: 0.48,
    adjustedPValue: 0.56,
    holmPValue: 0.96,
    boschlooPValue: null,
  }),
  slice('contract_review', 156, 138, 6, 7, {
    grade: 'non-inferior',
    reason: 'non-inferior at the margin',
  }),
  slice('escalation_route', 89, 74, 4, 5),
  slice('invoice_parse', 210, 176, 4, 19, {
    grade: 'non-inferior',
    reason: 'non-inferior at the margin',
  }),
];

const SHOWN = [
  slice('de', 310, 270, 14, 6, { role: 'shown', dimension: 'language', verdict: null, grade: null }),
  slice('en', 890, 775, 35, 47, { role: 'shown', dimension: 'language', verdict: null, grade: null }),
  slice('gold', 120, 101, 9, 4, { role: 'shown', dimension: 'tier', verdict: null, grade: null }),
];

const NEXT = [
  {
    command: 'slicewise baseline.jsonl candidate.jsonl --rerun baseline-2.jsonl',
    settles: 'how much an unchanged baseline moves by itself; refund_flow would have to exceed it',
  },
  {
    command: 'slicewise power baseline.jsonl',
    settles: 'how many cases escalation_route needs before it can show a 5 point loss',
  },
];

/** The article's 1,200 cases: the mean rises, refund_flow blocks. */
export const ARTICLE_BLOCK: Report = report([REFUND, ...ARTICLE_REST, ...SHOWN], {
  findings: [
    finding('slice-losses', 'model', 'BLOCK', 'segment = refund_flow: lost 7 of 47', {
      slice: REFUND.id,
      evidence: REFUND_CASES.map(({ id }) => id),
      evidenceTotal: 7,
    }),
    ...FINDINGS,
  ],
  verdict: 'BLOCK',
  exitCode: 1,
  ship: { text: 'BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)' },
  belief: { text: 'Belief: 7 of 11 checks could run; 1 slice undecided; no production sample' },
  next: NEXT,
});

/** The quiet twin: refund_flow lost one. */
export const ARTICLE_PASS: Report = report(
  [slice('refund_flow', 47, 43, 1, 0, { adjustedPValue: 1 }), ...ARTICLE_REST],
  {
    ship: { text: 'PASS: no confirmed or suspected loss in 5 gated slices, 3 non-inferior, 2 undecided' },
    belief: { text: 'Belief: 7 of 11 checks could run; 2 slices undecided; no production sample' },
    next: NEXT.slice(1),
  },
);

/** Suspected and undecided slices, LOW-N rows, a remainder, a waiver, debt, one-sided and edited cases, errors. */
export const REVIEW: Report = report(
  [
    slice('refund_flow', 47, 43, 7, 1, {
      verdict: 'REVIEW',
      grade: 'suspected',
      critical: true,
      owner: 'payments',
      reason: 'suspected loss: at least the margin, adjusted p within the review budget',
      pValue: 0.0352,
      pValueTwoSided: 0.0703,
      adjustedPValue: 0.102,
      holmPValue: 0.176,
      boschlooPValue: null,
      cases: {
        lost: REFUND_CASES.map((lost) => ({
          ...lost,
          input: null,
          record: null,
          baselineOutput: null,
          candidateOutput: null,
        })),
        gained: [],
        lostOmitted: 0,
        gainedOmitted: 1,
      },
    }),
    slice('card_dispute', 60, 52, 9, 0, {
      verdict: 'BLOCK',
      grade: 'confirmed',
      reason: 'lost 9 of 60',
      adjustedPValue: 0.0121,
      holmPValue: 0.0137,
      boschlooPValue: null,
      floor: 0.8,
      floorPValue: 0.072,
      waiver: {
        kind: 'waiver',
        reason: 'the new dispute policy is meant to decline more',
        owner: 'payments',
        reviewer: 'risk',
        expires: '2026-12-31',
        expired: false,
      },
    }),
    slice('escalation_route', 89, 74, 4, 5, {
      verdict: 'DEBT',
      grade: 'undecided',
      floor: 0.85,
      reason: 'below the floor in both runs, without a confirmed or suspected loss; no owner',
    }),
    slice('contract_review', 156, 138, 6, 4),
    slice('invoice_parse', 210, 176, 4, 19, {
      grade: 'non-inferior',
      reason: 'non-inferior at the margin',
    }),
    lowN('gift_card', 6, 6, 1),
    lowN('loyalty', 19, 10, 2),
    lowN('escalation_routing', 0, 0, 0, { reason: 'configured, and no case has it', delta: null }),
    remainder('untagged', 31, {
      counts: {
        cases: 45,
        compared: 31,
        onlyBaseline: 4,
        onlyCandidate: 2,
        edited: 5,
        unscored: 3,
        withErrors: 2,
      },
    }),
    remainder('ignored', 12),
    slice('bronze', 400, 350, 22, 14, { role: 'shown', dimension: 'tier', verdict: null, grade: null }),
  ],
  {
    verdict: 'REVIEW',
    exitCode: 3,
    ship: {
      text: 'REVIEW with 1 waiver: refund_flow lost 7, gained 1 of 47 (-12.8 points, adjusted p .10); 1 check says REVIEW too',
    },
    counts: {
      ...ARTICLE_BLOCK.counts,
      paired: 638,
      onlyBaseline: 4,
      onlyCandidate: 2,
      edited: 5,
      slices: 11,
      gatedSlices: 4,
      undecided: 1,
      nonInferior: 1,
      lowN: 3,
      lowNCases: 25,
      debt: 1,
    },
    belief: {
      text: 'Belief: 7 of 11 checks could run; 1 slice undecided; 3 slices (25 cases) too small to gate; baseline 12 days old; no production sample',
    },
    baseline: run('runs/main.parquet', 632, {
      name: 'main',
      ageDays: 12,
      errors: 3,
      unscored: 2,
      maxTrials: 3,
    }),
    candidate: run('runs/pr-112.jsonl', 630, { errors: 9, unscored: 1, maxTrials: 3 }),
    policy: {
      ...POLICY,
      floor: 0.8,
      budgets: { critical: 0.032, other: 0.008, floors: 0.01 },
      configFile: 'slicewise.yaml',
      dimensionsFrom: 'configured',
    },
    findings: [
      ...FINDINGS,
      finding(
        'pairing',
        'evaluation',
        'REVIEW',
        '6 cases (0.9%) in one run only: 4 only in the baseline, 2 only in the candidate',
        {
          evidence: ['u-1', 'u-2', 'u-3', 'u-4', 'u-5', 'u-6'],
          evidenceTotal: 6,
          remedy: 'run the candidate on the same cases',
        },
      ),
    ],
    next: NEXT,
  },
);

const ONE_RUN = {
  baseline: null,
  delta: null,
  test: null,
  pValue: null,
  pValueTwoSided: null,
  adjustedPValue: null,
  adjustment: null,
  holmPValue: null,
  boschlooPValue: null,
  lost: 0,
  gained: 0,
  verdict: 'UNTESTED',
  grade: null,
  reason: 'no baseline',
  casesNeeded: null,
  cases: { lost: [], gained: [], lostOmitted: 0, gainedOmitted: 0 },
} as const;

/** One run alone: nothing can be said about change. */
export const SINGLE_RUN: Report = report(
  [
    slice('refund_flow', 47, 36, 0, 0, ONE_RUN),
    slice('escalation_route', 89, 75, 0, 0, ONE_RUN),
    slice('all others', 698, 608, 0, 0, ONE_RUN),
    slice('contract_review', 156, 139, 0, 0, ONE_RUN),
    slice('invoice_parse', 210, 191, 0, 0, ONE_RUN),
    lowN('gift_card', 6, 6, 0, {
      ...ONE_RUN,
      verdict: 'LOW-N',
      reason: '6 of 20 cases: 14 more needed to gate',
    }),
  ],
  {
    verdict: 'UNTESTED',
    exitCode: 4,
    ship: {
      text: 'UNTESTED: no baseline to compare with',
    },
    belief: {
      text: 'Belief: 3 of 11 checks could run; 1 slice (6 cases) too small to gate; no production sample',
    },
    baseline: null,
    candidate: run('candidate.jsonl', 1206),
    counts: {
      ...ARTICLE_BLOCK.counts,
      paired: 0,
      pairing: 'single run',
      pairedBy: null,
      undecided: 0,
      nonInferior: 0,
      lowN: 1,
      lowNCases: 6,
    },
    overall: [
      {
        ...ARTICLE_BLOCK.overall[0]!,
        n: 1206,
        baseline: null,
        delta: null,
        candidate: rate(1055, 1206),
        lost: 0,
        gained: 0,
        conclusion: null,
        pValueTwoSided: null,
        unpairedStandardError: null,
      },
    ],
    policy: { ...POLICY, floor: 0.85 },
    next: [
      {
        command: 'slicewise BASELINE candidate.jsonl',
        settles: 'whether anything got worse: add a baseline',
      },
    ],
  },
);

/** Runs without a case in common. */
export const UNPAIRED: Report = report(
  [
    slice('refund_flow', 47, 43, 7, 0, {
      test: 'Fisher',
      verdict: 'PASS',
      adjustedPValue: 0.2,
      pValue: 0.0446,
      lost: 0,
      gained: 0,
    }),
    slice('other', 300, 250, 4, 8, { test: 'Fisher', grade: 'non-inferior', lost: 0, gained: 0 }),
  ],
  {
    ship: { text: 'PASS: no confirmed or suspected loss in 2 gated slices, 1 non-inferior, 1 undecided' },
    baseline: run('may.csv', 347),
    candidate: run('june.csv', 352),
    counts: {
      ...ARTICLE_BLOCK.counts,
      paired: 0,
      onlyBaseline: 347,
      onlyCandidate: 352,
      pairing: 'unpaired',
      pairedBy: null,
    },
    findings: [],
    notes: [],
  },
);

/** Names that try to break a report. */
export const HOSTILE_NAMES: readonly string[] = [
  '"quoted", with, commas',
  'two\nlines\r\nand\ttab',
  "=cmd|' /C calc'!A0",
  "'=already guarded",
  '<script>alert(1)</script>',
  '\u001b[31mred\u001b[0m \u001b]8;;https://example.com\u0007link\u001b]8;;\u0007',
  '\u202eevil\u202c \u2066isolate\u2069 \u200fmark',
  'a|b||c\\|d\\',
  '`code` ``two`` **bold** _under_ ~~strike~~ [link](https://example.com) ![img](x)',
  '@everyone #12 GH-7 www.example.com https://example.com a@b.example',
  `${'long '.repeat(59)}name!`,
  `${'long '.repeat(30)}twin ${'long '.repeat(29)}name!`,
  '日本語のスライス名はとても長いので切られます、はい',
  'e\u0301clair 👩‍👩‍👧 क्षि עברית',
  ']]> --> <!-- & &amp; %0A %25 ::error::x',
  '\u0000\u0007\u0085\u2028\ud800 lone',
  '',
  ' leading and trailing ',
  '-1+1',
  '$x^2$ :bug: {{ template }} $(shell)',
];

/** Hostile names everywhere that a name can stand: slices, cases, files, findings, commands. */
export function hostile(names: readonly string[]): Report {
  return report(
    names.map((name, index) =>
      index % 3 === 0
        ? slice(name, 47, 43, 7, 0, {
            verdict: 'BLOCK',
            grade: 'confirmed',
            reason: `lost 7 of 47 in ${name}`,
            adjustedPValue: 0.03,
            owner: name,
            definition: name,
            sameCasesAs: [name],
            cases: {
              lost: [{ id: name, input: name, baselineOutput: name, candidateOutput: name, record: null }],
              gained: [],
              lostOmitted: 6,
              gainedOmitted: 0,
            },
          })
        : index % 3 === 1
          ? lowN(name, 6, 6, 1)
          : slice(name, 120, 100, 3, 2, { dimension: names[0] ?? 'segment' }),
    ),
    {
      verdict: 'BLOCK',
      exitCode: 1,
      ship: { text: `BLOCK: ${names[0]} lost 7 of 47 (-14.9 points, adjusted p .030)` },
      belief: { text: `nothing about ${names.join(', ')}` },
      baseline: run(names[0] ?? '', 47),
      policy: { ...POLICY, configFile: names[0] ?? '' },
      findings: names.map((name) =>
        finding(name, 'data', 'REVIEW', name, {
          slice: name,
          evidence: [name],
          evidenceTotal: 9,
          remedy: name,
        }),
      ),
      notes: names,
      next: [{ command: 'slicewise power', settles: names[0] ?? '' }],
    },
  );
}

export const HOSTILE: Report = hostile(HOSTILE_NAMES);

/** 200 slices, three of them bad. */
export const MANY_SLICES: Report = report(
  [
    slice('customer-077', 51, 48, 12, 0, {
      verdict: 'BLOCK',
      grade: 'confirmed',
      reason: 'lost 12 of 51',
      adjustedPValue: 0.008,
      pValue: 0.00024,
    }),
    slice('customer-132', 64, 60, 9, 1, {
      verdict: 'REVIEW',
      grade: 'suspected',
      reason: 'likely a loss',
      adjustedPValue: 0.19,
      pValue: 0.0107,
    }),
    ...Array.from({ length: 160 }, (_, index) =>
      slice(
        `customer-${String(index + 200)}`,
        30 + (index % 17),
        27,
        3 - (index % 4 === 0 ? 1 : 0),
        1 + (index % 3),
      ),
    ),
    ...Array.from({ length: 38 }, (_, index) =>
      lowN(`customer-${String(index + 400)}`, 1 + (index % 19), 1, 0),
    ),
  ],
  {
    verdict: 'BLOCK',
    exitCode: 1,
    ship: { text: 'BLOCK: customer-077 lost 12 of 51 (-23.5 points, adjusted p .008)' },
    next: NEXT,
  },
);

const ms = (estimate: number, half: number, n: number): Estimate => ({
  estimate,
  lower: estimate - half,
  upper: estimate + half,
  level: 0.95,
  method: 'bootstrap',
  n,
});

/** A rate beside a latency, for which lower is better. */
export const SEVERAL_METRICS: Report = report(
  [
    REFUND,
    ...ARTICLE_REST,
    slice('refund_flow', 47, 0, 0, 0, {
      metric: 'p95:latency',
      direction: 'lower',
      margin: 200,
      baseline: ms(1234.56, 180, 47),
      candidate: ms(1834.2, 260, 47),
      delta: ms(599.64, 240, 47),
      test: 'sign flips',
      verdict: 'BLOCK',
      grade: 'confirmed',
      reason: 'p95 of latency rose by more than the margin',
      adjustedPValue: 0.004,
      minimumDetectableDrop: 310.5,
      casesNeeded: null,
    }),
    slice('all others', 698, 0, 0, 0, {
      metric: 'p95:latency',
      direction: 'lower',
      margin: 200,
      baseline: ms(912.1, 44, 698),
      candidate: ms(890.3, 40, 698),
      delta: ms(-21.8, 31, 698),
      test: 'sign flips',
      grade: 'non-inferior',
      minimumDetectableDrop: 58,
    }),
  ],
  {
    verdict: 'BLOCK',
    exitCode: 1,
    ship: { text: 'BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031), and 1 more slice' },
    overall: [
      ARTICLE_BLOCK.overall[0]!,
      {
        ...ARTICLE_BLOCK.overall[0]!,
        metric: 'p95:latency',
        direction: 'lower',
        n: 745,
        baseline: ms(930.7, 40, 745),
        candidate: ms(955.2, 41, 745),
        delta: ms(24.5, 30, 745),
        lost: 0,
        gained: 0,
        pValueTwoSided: 0.11,
        unpairedStandardError: 22.1,
      },
    ],
    confirmation: {
      stageOneRunHash: 'b2'.repeat(32),
      nominees: [
        { id: REFUND.id, settled: 'confirmed', reason: 'confirmed loss on 160 fresh cases' },
        { id: ARTICLE_REST[1]!.id, settled: 'cleared', reason: 'not confirmed on 160 fresh cases' },
        {
          id: 'passRate/segment=gift_card',
          settled: 'open',
          reason: 'no fresh case yet; about 150 settle it',
        },
      ],
    },
  },
);

/** Every document under the name of its golden files. */
export const FIXTURES: Readonly<Record<string, Report>> = {
  'article-block': ARTICLE_BLOCK,
  'article-pass': ARTICLE_PASS,
  review: REVIEW,
  'single-run': SINGLE_RUN,
  unpaired: UNPAIRED,
  hostile: HOSTILE,
  'many-slices': MANY_SLICES,
  'several-metrics': SEVERAL_METRICS,
};
