import { describe, expect, it } from 'vitest';
import { columnProfile, comparisonProfile } from '../../test/comparison-profile.ts';
import type { ColumnMapping } from '../cases/index.ts';
import type { ColumnProfile, ComparisonProfile } from '../engines/index.ts';
import { detectDimensions } from './dimensions.ts';

const two = { a: 60, b: 40 };
const detect = (
  columns: readonly ColumnProfile[],
  mappings: readonly ColumnMapping[] = [],
  changes: Partial<ComparisonProfile> = {},
) => detectDimensions(comparisonProfile({ columns, ...changes }), mappings);

describe('the gating dimension', () => {
  it.each([
    [['language', 'customer', 'category', 'task', 'slice', 'segment'], 'segment'],
    [['language', 'customer', 'category', 'task', 'slice'], 'slice'],
    [['language', 'customer', 'category', 'task'], 'task'],
    [['language', 'customer', 'category'], 'category'],
    [['language', 'customer'], 'customer'],
    [['tags.region', 'language'], 'language'],
    [['tags.region', 'difficulty'], 'tags.region'],
    [['Segment', 'task'], 'Segment'],
    [['difficulty', 'source'], null],
    [[], null],
  ])('of the columns %j is %s', (names, gated) => {
    expect(detect(names.map((name) => columnProfile(name, two))).gated).toBe(gated);
  });

  it('is the mapped segment column before any name', () => {
    const columns = [columnProfile('segment', two), columnProfile('flow', two)];
    expect(detect(columns, [{ segment: 'flow' }, { segment: 'flow' }]).gated).toBe('flow');
  });

  it('may be a list of tags', () => {
    expect(detect([columnProfile('tags', two, { isList: true })]).gated).toBe('tags');
    expect(detect([columnProfile('tags', two)]).gated).toBeNull();
  });

  it.each<[string, Partial<ColumnProfile>]>([
    ['differs between the rows of a case', { changedCases: 1 }],
    ['is missing from the baseline', { inBaseline: false }],
    ['is missing from the candidate', { inCandidate: false }],
    ['has nearly as many values as there are cases', { distinct: 51 }],
  ])('is no column that %s', (_why, changes) => {
    const columns = [columnProfile('segment', two, changes), columnProfile('task', two)];
    expect(detect(columns)).toEqual({ gated: 'task', shown: [] });
  });

  it('may have up to half as many values as there are cases', () => {
    expect(detect([columnProfile('customer', two, { distinct: 50 })]).gated).toBe('customer');
  });

  it('needs one run only where there is only one', () => {
    const columns = [columnProfile('segment', two, { inBaseline: false })];
    expect(detect(columns, [], { baseline: null, paired: 0, onlyCandidate: 100 }).gated).toBe('segment');
  });

  it('plays no other role in either run', () => {
    const columns = [columnProfile('task', two), columnProfile('language', two)];
    expect(detect(columns, [{}, { input: 'task' }]).gated).toBe('language');
    expect(detect(columns, [{ expected: 'task' }]).gated).toBe('task');
  });
});

describe('dimensions that are shown', () => {
  it.each([
    [1, false],
    [2, true],
    [50, true],
    [51, false],
  ])('have 2 to 50 values: %i values, %s', (distinct, shown) => {
    const columns = [columnProfile('segment', two), columnProfile('tier', two, { distinct })];
    expect(detect(columns, [], { paired: 1000 }).shown).toEqual(shown ? ['tier'] : []);
  });

  it('are neither the gating one nor columns of other roles', () => {
    const columns = ['segment', 'id', 'passed', 'answer', 'tier'].map((name) => columnProfile(name, two));
    const mapping = { caseId: 'id', passed: 'passed', expected: 'answer' };
    expect(detect(columns, [mapping, mapping]).shown).toEqual(['answer', 'tier']);
  });
});
