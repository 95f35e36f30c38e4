/** Puts the numbers of HELM's `stats.json` beside the means of the instances, split by split as HELM has them. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { ImportContext, ImportFile } from '../importer.ts';
import { number, path, text } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import type { InstanceStats } from './records.ts';
import type { HelmRun } from './result.ts';
import type { HelmFiles } from './run-files.ts';

/** Metrics that are compared beside the one that decides. */
const COMPARED = /exact_match|f1|rouge|bleu|^inference_runtime$|^num_instances$/;

/** Sums of metrics over unchanged instances, by split. */
export interface SplitMeans {
  add(instance: InstanceStats): void;
  /** Hands HELM's numbers and ours to the notebook. */
  compare(group: HelmFiles, run: HelmRun, context: ImportContext): Promise<void>;
}

export function createSplitMeans(): SplitMeans {
  const sums = new Map<string, { count: number; sum: number }>();
  const count = (split: string, name: string, value: number): void => {
    const key = JSON.stringify([split, name]);
    const seen = sums.get(key) ?? { count: 0, sum: 0 };
    sums.set(key, { count: seen.count + 1, sum: seen.sum + value });
  };
  return {
    add({ split, trial, perturbation, metrics }) {
      if (perturbation !== null) return;
      for (const [name, value] of metrics) count(split ?? '', name, value);
      if (trial === '0') count(split ?? '', 'num_instances', 1);
    },
    async compare({ files }, run, { log, notebook }) {
      if (files.stats === undefined) return;
      for await (const { name, split, mean } of statedNumbers(files.stats, log)) {
        if (name !== run.primary && !COMPARED.test(name)) continue;
        const ours = sums.get(JSON.stringify([split, name]));
        const average = ours === undefined ? null : ours.sum / ours.count;
        notebook.ownNumber({
          run: run.key,
          name: split === '' ? name : `${name} (${split})`,
          value: mean,
          ours: name === 'num_instances' ? (ours?.count ?? null) : average,
          reason: ours === undefined ? 'no instance of the split has it' : null,
        });
      }
    },
  };
}

/** The numbers over unchanged instances, for one split each. */
async function* statedNumbers(
  file: ImportFile,
  log: ProblemLog,
): AsyncGenerator<{ readonly name: string; readonly split: string; readonly mean: number }> {
  const wanted = { elements: [''], values: [], nonFinite: true };
  for await (const { value } of streamJson(file, wanted, log)) {
    const name = text(path(value, 'name.name'));
    const mean = number(path(value, 'mean'));
    if (name === null || mean === null || path(value, 'name.perturbation') !== undefined) continue;
    yield { name, split: text(path(value, 'name.split')) ?? '', mean };
  }
}
