import { expect, test } from 'vitest';
import { notesOf } from './explore-notes.ts';
import type { FigureShape } from './figures.ts';

const SHAPE: FigureShape = {
  ...{ outcomes: [{ before: 0, after: 1 }], origin: { before: 0, after: 0 }, isRate: true },
  ...{ direction: 'higher', paired: true, level: 0.95, clustered: false },
};
const FACTS = { paired: true, hasTwoRuns: true, cases: 100 };

test.each([
  ['single cases', SHAPE, "Wilson's for a run, Tango's for the change"],
  ['graded values', { ...SHAPE, isRate: false, outcomes: null }, 'the report resamples'],
  ['clusters', { ...SHAPE, clustered: true }, 'heatmaps, and bars of too many cases, have none'],
])('of %s it is said how intervals are made, and that what stood out is flattered', (_, shape, how) => {
  const notes = notesOf({ weight: null } as Parameters<typeof notesOf>[0], shape, FACTS).join(' ');
  expect(notes).toContain(how);
  expect(notes).toContain('some stand out by chance');
});
