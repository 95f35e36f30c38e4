import { describe, expect, it } from 'vitest';
import { slice } from '../../test/report-fixtures.ts';
import { finding } from '../checks/check.ts';
import { type AdviceInput, nextSteps } from './next-steps.ts';
import type { ReportCounts } from './report.ts';

const COUNTS: ReportCounts = {
  ...{ paired: 1200, onlyBaseline: 0, onlyCandidate: 0, edited: 0, pairing: 'paired', pairedBy: 'case id' },
  ...{ slices: 6, gatedSlices: 5, undecided: 0, nonInferior: 5, lowN: 0, lowNCases: 0, debt: 0, looks: null },
};
const block = slice('refund_flow', 47, 43, 7, 0, { verdict: 'BLOCK' });
const noSelfCheck = finding({
  check: 'gate-self-check',
  kind: 'instrument',
  status: 'not checkable',
  reason: 'x',
});

function commands(changes: Partial<AdviceInput>): readonly string[] {
  const input: AdviceInput = {
    ...{
      verdict: 'PASS',
      hasBaseline: true,
      inputs: "'a b.jsonl' new.jsonl",
      rules: '--config c.yaml',
      slices: [],
      findings: [],
    },
    ...{
      counts: COUNTS,
      dimensions: 'detected',
      hasConfig: true,
      hasRerun: false,
      confirmationDeclared: false,
      openNominees: null,
    },
    ...changes,
  };
  return nextSteps(input).map(({ command }) => command);
}

describe('the next steps', () => {
  it.each<[string, Partial<AdviceInput>, readonly string[]]>([
    ['nothing to settle', {}, []],
    ['no baseline', { hasBaseline: false }, ["slicewise gate 'a b.jsonl' new.jsonl --baseline OLD_RESULTS"]],
    [
      'a suspect without a rerun',
      { slices: [block] },
      ["slicewise gate 'a b.jsonl' new.jsonl --rerun SECOND_RUN_OF_BASELINE"],
    ],
    ['a suspect with a rerun', { slices: [block], hasRerun: true }, []],
    ['a suspect in runs without pairs', { slices: [block], counts: { ...COUNTS, pairing: 'unpaired' } }, []],
    ['a configured slice without cases', { slices: [slice('ghost', 0, 0, 0, 0, { verdict: 'BLOCK' })] }, []],
    [
      'a nominee',
      { slices: [{ ...block, verdict: 'REVIEW', grade: 'suspected' }], confirmationDeclared: true },
      [
        'slicewise gate --config c.yaml --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW',
      ],
    ],
    [
      'a confirmed loss where a confirmation is declared',
      { slices: [block], confirmationDeclared: true },
      ["slicewise gate 'a b.jsonl' new.jsonl --rerun SECOND_RUN_OF_BASELINE"],
    ],
    [
      'a second stage with open nominees, and nothing else',
      { slices: [block], confirmationDeclared: true, openNominees: 2, hasConfig: false },
      [
        'slicewise gate --config c.yaml --stage-one report.json --confirm-baseline FRESH_OLD --confirm-candidate FRESH_NEW',
      ],
    ],
    ['a second stage that settled all', { slices: [block], openNominees: 0, hasConfig: false }, []],
    ['undecided slices', { counts: { ...COUNTS, undecided: 2 } }, ["slicewise power 'a b.jsonl' new.jsonl"]],
    ['no configuration', { hasConfig: false }, ["slicewise init 'a b.jsonl' new.jsonl"]],
    ['an unstudied gate', { findings: [noSelfCheck] }, ["slicewise aa 'a b.jsonl' new.jsonl"]],
  ])('for %s', (_name, changes, expected) => {
    const isSecondStage = changes.openNominees !== undefined;
    expect(commands(changes)).toEqual([
      ...expected,
      ...(isSecondStage ? [] : ["slicewise studio 'a b.jsonl' new.jsonl"]),
    ]);
  });

  it.each<[Partial<AdviceInput>, string]>([
    [{ verdict: 'BLOCK' }, "slicewise studio 'a b.jsonl' new.jsonl --at /review"],
    [{ verdict: 'REVIEW' }, "slicewise studio 'a b.jsonl' new.jsonl --at /review"],
    [{ verdict: 'UNTESTED' }, "slicewise studio 'a b.jsonl' new.jsonl"],
    [{ verdict: 'BLOCK', hasBaseline: false }, "slicewise studio 'a b.jsonl' new.jsonl"],
    [{ inputs: '' }, 'slicewise studio'],
  ])('end with the studio, at the page that the verdict asks for: %j', (changes, command) => {
    expect(commands(changes).at(-1)).toBe(command);
  });

  it('are at most three beside the studio, most useful first', () => {
    const all = commands({
      ...{ slices: [block], counts: { ...COUNTS, undecided: 1, lowN: 1 }, hasConfig: false },
      findings: [noSelfCheck],
    });
    expect(all).toHaveLength(4);
    expect(all[0]).toContain('--rerun');
    expect(all[1]).toContain('power');
  });

  it('name columns to gate on by the alphabet, for these results must not choose one', () => {
    const shown = ['worst', 'tier', 'area', 'tier'].map((dimension, at) =>
      slice(`s${at}`, 50, 40, 9 - at, 0, { dimension, role: 'shown', verdict: null }),
    );
    const [step] = nextSteps({
      ...{ verdict: 'PASS', hasBaseline: true, inputs: 'a b', rules: '', slices: shown, findings: [] },
      ...{
        counts: COUNTS,
        dimensions: 'none',
        hasConfig: true,
        hasRerun: false,
        confirmationDeclared: false,
      },
      openNominees: null,
    });
    expect(step?.settles).toBe(
      'gates the slices of a column from the next results on; these must not choose it: area, tier, worst',
    );
  });

  it('each say what they settle', () => {
    const steps = nextSteps({
      ...{
        verdict: 'UNTESTED',
        hasBaseline: false,
        inputs: 'new.jsonl',
        rules: '',
        slices: [],
        findings: [],
        counts: COUNTS,
      },
      ...{ dimensions: 'detected', hasConfig: false, hasRerun: false, confirmationDeclared: false },
      openNominees: null,
    });
    expect(steps.every(({ settles }) => settles.length > 20)).toBe(true);
  });
});
