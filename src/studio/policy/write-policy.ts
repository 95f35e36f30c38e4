/** Writes a setting into slicewise.yaml. */

import { setPolicy } from '../../config/index.ts';
import { UsageError } from '../../errors.ts';
import { sliceId } from '../../slices/index.ts';
import type { PolicySetting, WrittenPolicy } from '../contract/index.ts';
import { editFile } from '../edit-file.ts';
import type { StudioSession } from '../session.ts';

/**
 * Changes the numbers and the critical slices that differ; everything else in the file stays as it is.
 *
 * @throws UsageError without a configuration, or where a slice is not one of the gated ones; ConfigError where the file has errors
 */
export async function writePolicy(
  { critical, ...policy }: PolicySetting,
  { release, ports }: StudioSession,
): Promise<WrittenPolicy> {
  const { file } = release.config;
  if (file === null) {
    throw new UsageError({
      message: 'there is no configuration to write to: the studio was started with flags alone',
      hint: 'slicewise init writes a slicewise.yaml; then start the studio without flags',
    });
  }
  const gated = new Map(
    [...release.judgement.decisions.keys()]
      .filter(({ key }) => key.state === 'value')
      .map(({ key, scoped }) => [sliceId('', key), { slice: scoped.dimension, value: key.value }]),
  );
  const unknown = critical.filter((id) => !gated.has(id));
  if (unknown.length > 0) {
    throw new UsageError(
      unknown.map((id) => ({ message: `${JSON.stringify(id)} is no gated slice of this comparison` })),
    );
  }
  const wanted = new Set(critical);
  const change = {
    policy,
    critical: [...gated].map(([id, slice]) => ({ ...slice, critical: wanted.has(id) })),
  };
  return { file, ...(await editFile(file, (text) => setPolicy(file, text, change), ports)) };
}
