/** The classification report of one slice: every class with intervals, what hides behind the headline, and training rows. */

import { type ClassDiagnosis, classBreach } from '../../checks/index.ts';
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
  return {
    name: slice.name,
    figures,
    banners: classBanners(figures, release.config.policy.minCases).map(({ text }) => text),
    floors: id === null && found?.kind === 'classes' ? breaches(found, release.config.policy) : [],
    training:
      id === null ? await trainingRows(session, new Set(figures.classes.map(({ label }) => label))) : null,
  };
}

/** What the check decides about each class, so that a mark on the page never says another thing. */
function breaches(
  { floors, floor }: Extract<ClassDiagnosis, { kind: 'classes' }>,
  policy: StudioSession['release']['config']['policy'],
): ClassReport['floors'] {
  return (floors?.classes ?? []).flatMap((entry) => {
    const breach = classBreach(entry, floor, policy);
    return breach === null ? [] : [{ label: entry.label, breach }];
  });
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
