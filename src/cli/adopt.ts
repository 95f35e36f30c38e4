/** `discover --adopt`: writes what was confirmed into the configuration, to be gated from the next data on. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/index.ts';
import type { DiscoverResult } from '../studies/index.ts';
import { writeOutputs } from './output-files.ts';
import type { Shell } from './shell.ts';

/** Writes the slices that can be written and says on standard error what became of each. */
export async function adopt(result: DiscoverResult, config: Config, shell: Shell): Promise<void> {
  const { addFoundSlices } = await import('../config/index.ts');
  const { adoptingFile, foundSlice, whyNotAdopted } = await import('../studies/index.ts');
  const file = adoptingFile(config, '--adopt');
  const { visible } = await import('../reports/index.ts');
  const foundOn = result.foundOn ?? '';
  const confirmed = result.slices.filter(({ state }) => state === 'confirmed');
  const reasons = confirmed.map((slice) => whyNotAdopted(slice));
  const wanted = confirmed.flatMap(({ name, predicate, mode }, i) =>
    reasons[i] !== null || predicate === null
      ? []
      : [
          foundSlice(
            { name, where: predicate, foundOn },
            `found by slicewise discover (${mode})`,
            shell.now(),
          ),
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
