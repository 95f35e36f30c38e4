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

  it('is no column that has nearly as many values as there are cases', () => {
    const columns = [columnProfile('segment', two, { distinct: 51 }), columnProfile('task', two)];
    expect(detect(columns)).toEqual({ gated: 'task', shown: [], passedOver: [] });
  });

  it.each<[string, Partial<ColumnProfile>]>([
    ['one case is spelt differently in one run', { changedCases: 1 }],
    ['every case is spelt differently in one run', { changedCases: 100, distinct: 0, top: [] }],
    ['the baseline does not have it', { inBaseline: false }],
    ['the candidate does not have it', { inCandidate: false }],
  ])('is a column named for it even where %s', (_why, changes) => {
    const columns = [columnProfile('segment', two, changes), columnProfile('task', two)];
    expect(detect(columns).gated).toBe('segment');
  });

  it.each<[string, Partial<ColumnProfile>, boolean]>([
    ['differs in 5 of 100 cases', { changedCases: 5 }, true],
    ['differs in 6 of 100 cases', { changedCases: 6 }, false],
    ['is in one run alone', { inCandidate: false }, false],
  ])('by a name that may be of a run is one that %s: %j is %j', (_what, changes, isTaken) => {
    for (const name of ['category', 'Category', 'tags.kind']) {
      const column = columnProfile(name, two, changes);
      const differs = column.changedCases > 0;
      expect(detect([column])).toEqual({
        gated: isTaken ? name : null,
        shown: [],
        passedOver: isTaken || !differs ? [] : [column],
      });
      expect(detect([column], [{ segment: name }]).gated).toBe(name);
    }
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

  it.each<[string, Partial<ColumnProfile>]>([
    ['differ between the rows of a case', { changedCases: 1 }],
    ['are missing from the baseline', { inBaseline: false }],
    ['are missing from the candidate', { inCandidate: false }],
  ])('are no columns that %s', (_why, changes) => {
    expect(detect([columnProfile('tier', two, changes)]).shown).toEqual([]);
  });

  it('are neither the gating one nor columns of other roles', () => {
    const columns = ['segment', 'id', 'passed', 'answer', 'tier'].map((name) => columnProfile(name, two));
    const mapping = { caseId: 'id', passed: 'passed', expected: 'answer' };
    expect(detect(columns, [mapping, mapping]).shown).toEqual(['answer', 'tier']);
  });
});
