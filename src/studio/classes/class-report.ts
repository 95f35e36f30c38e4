/** The classification report of one slice: every class with intervals, what hides behind the headline, and training rows. */

import { classFigures } from '../../classes/index.ts';
import { classBanners, trainingLabels } from '../../studies/index.ts';
import type { ClassReport, ClassTrainingRows } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { countedSlice } from './counted-classes.ts';

/**
 * The figures of `slicewise report` for one slice.
 *
 * @throws UsageError where there are no classes, or no such slice
 */
export async function classReport(session: StudioSession, id: string | null): Promise<ClassReport> {
  const { slice, cells, counts, options } = await countedSlice(session, id);
  const { release } = session;
  const figures = classFigures(cells, counts.labels, options);
  const found = release.diagnosis.classes;
  const floors = id === null && found?.kind === 'classes' ? (found.floors?.classes ?? []) : [];
  return {
    name: slice.name,
    figures,
    banners: classBanners(figures, release.config.policy.minCases).map(({ text }) => text),
    floors: floors.map(({ label, adjusted }) => ({ label, adjusted })),
    training:
      id === null ? await trainingRows(session, new Set(figures.classes.map(({ label }) => label))) : null,
  };
}

async function trainingRows(
  { release: { config, comparison }, ports }: StudioSession,
  known: ReadonlySet<string>,
): Promise<ClassTrainingRows | null> {
  const { train } = config.inputs;
  const expected =
    comparison.candidate.opened.mapping.expected ?? comparison.baseline?.opened.mapping.expected;
  if (train.length === 0 || expected === undefined) return null;
  const found = await trainingLabels(train, expected, known, ports);
  if ('columns' in found) return null;
  const { column, rows, labels } = found;
  return { column, rows, byLabel: [...labels].map(([label, own]) => ({ label, rows: own })) };
}
