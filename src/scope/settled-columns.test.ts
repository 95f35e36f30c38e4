import { expect, test } from 'vitest';
import { columnProfile, comparisonProfile } from '../../test/comparison-profile.ts';
import { type Config, EMPTY_CONFIG, type SliceConfig } from '../config/index.ts';
import { parseExpression } from '../slices/index.ts';
import { resolveScope, settledColumns } from './index.ts';

const two = { a: 60, b: 40 };
const names = ['segment', 'tier', 'answer', 'derived.output_words', 'level'];
const PROFILE = comparisonProfile({
  columns: names.map((name) => columnProfile(name, two, name === 'level' ? {} : { changedCases: 3 })),
});
const slice = (column: string, gate = true): SliceConfig => ({
  ...{ gate, values: new Map(), only: null, ignore: [], families: null },
  cut: { kind: 'column', column },
});
const MAPPING = { passed: 'ok', output: 'answer', segment: 'segment' };

function settled(slices: Config['slices'], profile = PROFILE): readonly string[] {
  const scope = resolveScope({ ...EMPTY_CONFIG, slices }, profile, [MAPPING, MAPPING]);
  return settledColumns(scope, profile, [MAPPING, MAPPING]);
}

test('the baseline decides for gated columns that differ between the runs, once each', () => {
  expect(settled([slice('tier'), slice('segment'), slice('tier')])).toEqual(['tier', 'segment']);
  expect(settled([])).toEqual(['segment']);
});

test('it decides nothing for columns that are shown, that differ nowhere, or that say what a run answered', () => {
  expect(settled([slice('level'), slice('tier', false)])).toEqual([]);
  expect(settled([slice('answer'), slice('derived.output_words')])).toEqual([]);
});

test('it decides nothing for measures that are cut into ranges', () => {
  const cuts: readonly SliceConfig['cut'][] = [
    { kind: 'bins', column: 'turns', of: 'number', edges: [5] },
    { kind: 'where', name: 'long', text: 'turns > 5', where: parseExpression('turns > 5') },
    { kind: 'time', column: 'when', by: 'hour' },
  ];
  const profile = comparisonProfile({
    columns: [
      columnProfile('turns', { 1: 50, 9: 50 }, { changedCases: 9 }),
      columnProfile('when', { '2026-01-01T10:00:00Z': 100 }, { changedCases: 9 }),
      columnProfile('tier', two, { changedCases: 9 }),
    ],
  });
  expect(
    settled(
      cuts.map((cut) => ({ ...slice(''), cut })),
      profile,
    ),
  ).toEqual([]);
  const where = { kind: 'where', name: 'gold', text: 'x', where: parseExpression("tier = 'a'") } as const;
  expect(settled([{ ...slice(''), cut: where }], profile)).toEqual(['tier']);
});

test('one run alone has nothing to settle', () => {
  expect(settled([slice('tier')], { ...PROFILE, baseline: null })).toEqual([]);
});
