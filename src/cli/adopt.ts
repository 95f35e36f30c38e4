/** `discover --adopt`: writes what was confirmed into the configuration, to be gated from the next data on. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/index.ts';
import { UsageError } from '../errors.ts';
import type { DiscoverResult } from '../studies/index.ts';
import { writeOutputs } from './output-files.ts';
import type { Shell } from './shell.ts';

/**
 * The file that slices are written into.
 *
 * @throws UsageError without a configuration that names slices: adding one would switch off the dimension that the gate finds
 */
export function adoptingFile({ file, slices }: Config): string {
  if (file === null) {
    throw new UsageError({
      message: '--adopt writes into slicewise.yaml, and no configuration was read',
      hint: 'slicewise init writes one; --config names another',
    });
  }
  if (slices.length === 0) {
    throw new UsageError({
      message: `${file} names no slices, so the gate finds its dimension itself; an adopted slice would end that`,
      hint: 'write the dimension down first, such as slices: [segment]',
    });
  }
  return file;
}

/** Writes the slices that can be written and says on standard error what became of each. */
export async function adopt(result: DiscoverResult, config: Config, shell: Shell): Promise<void> {
  const file = adoptingFile(config);
  const { addFoundSlices } = await import('../config/index.ts');
  const { visible } = await import('../reports/index.ts');
  const date = shell.now().toISOString().slice(0, 10);
  const foundOn = result.foundOn ?? '';
  const confirmed = result.slices.filter(({ state }) => state === 'confirmed');
  const reasons = confirmed.map((slice) => whyNot(slice));
  const wanted = confirmed.flatMap(({ name, predicate, mode }, i) =>
    reasons[i] !== null || predicate === null
      ? []
      : [
          {
            ...{ name, where: predicate, foundOn },
            comment: `found by slicewise discover (${mode}) on ${date} in results ${foundOn.slice(0, 12)}; gates from the next data on`,
          },
        ],
  );
  const text = await readFile(resolve(shell.cwd, file), 'utf8');
  const { text: edited, added, known } = await addFoundSlices(file, text, wanted);
  if (added.length > 0) await writeOutputs([{ path: file, text: edited }], shell.cwd);
  const lines = [
    ...added.map(({ name }) => `adopted ${name}`),
    ...known.map(({ name }) => `not adopted, ${file} has it: ${name}`),
    ...confirmed.flatMap(({ name }, i) =>
      reasons[i] === null ? [] : [`not adopted, ${reasons[i]}: ${name}`],
    ),
    added.length === 0
      ? `${file} was not changed`
      : `wrote ${file}: ${added.length === 1 ? 'the slice gates' : 'these slices gate'} from the next data on`,
  ];
  await shell.stderr.write(lines.map((line) => `slicewise: ${visible(line)}\n`).join(''));
}

function whyNot({ mode, predicate, conditions }: DiscoverResult['slices'][number]): string | null {
  if (mode === 'improved') return 'it improved';
  if (conditions.some(({ column }) => /^derived\..*cluster$/.test(column))) {
    return 'clusters of other data are other clusters';
  }
  return predicate === null ? 'the language of predicates has no words for it' : null;
}
