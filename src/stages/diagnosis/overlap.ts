/** Looks for the gated cases in the training data and in the store of examples that the configuration names (B-5, E-8). */

import type { OverlapDiagnosis, OverlapStore } from '../../checks/index.ts';
import { openStore } from '../overlap/open-store.ts';
import { readRunCases } from '../overlap/read-cases.ts';
import { overlapSettings } from '../overlap/settings.ts';
import { draftLabels, storeOverlap } from '../overlap/store-overlap.ts';
import { caseValues } from '../overlap/values.ts';
import type { Ports } from '../ports.ts';
import type { DiagnoseInput } from './input.ts';

/** What each store is called in sentences. */
const NAMES: Readonly<Record<OverlapStore, string>> = {
  train: 'the training data',
  fewShot: 'the few-shot store',
};

/**
 * The overlap of the candidate's cases with each configured store.
 *
 * @throws DataError with every problem of the files
 */
export async function diagnoseOverlap(
  { comparison, config, scope, train }: DiagnoseInput,
  ports: Ports,
): Promise<OverlapDiagnosis> {
  const { candidate } = comparison;
  const { input, expected } = candidate.opened.mapping;
  const wanted = (['train', 'fewShot'] as const).filter((store) => config.inputs[store].length > 0);
  const notComparable: { readonly store: OverlapStore; readonly reason: string }[] = [];
  if (input === undefined) {
    const reason = 'an input column in the results';
    return { stores: [], drafts: [], notComparable: wanted.map((store) => ({ store, reason })) };
  }
  ports.progress('looking for cases in training data');
  const cases = await readRunCases(candidate);
  const metric = scope.metrics.find(({ gate }) => gate) ?? scope.metrics[0];
  const values = await caseValues(comparison, metric, config.policy.errors);
  const { level } = config.policy;
  const settings = overlapSettings(config.overlap ?? {});
  const stores = [];
  for (const store of wanted) {
    const opened = await openStore({
      store,
      files: config.inputs[store],
      cwd: ports.cwd,
      evalInput: input,
      ...(store === 'train' && train !== undefined ? { listen: train.listen } : {}),
      ...(expected === undefined ? {} : { evalExpected: expected }),
    });
    if (opened.isHashed) {
      notComparable.push({
        store,
        reason: `texts in ${NAMES[store]} (salted hashes are compared by slicewise splits overlap)`,
      });
    } else if (opened.input === null) {
      notComparable.push({ store, reason: `a text column in ${NAMES[store]} (such as text or input)` });
    } else {
      const { files } = opened;
      const side = { store, files, rows: opened.rows(), salted: null };
      stores.push(await storeOverlap(cases, side, settings, values, level));
    }
  }
  return { stores, drafts: draftLabels(cases, values, level), notComparable };
}
