/** Slices that were found in the very results that are gated: shown, not gated, since the same data cannot prove them again. */

import { type Config, slicesFoundIn } from '../config/index.ts';
import type { Engine } from '../engines/index.ts';

/** The configuration with which these results are judged; other results leave it as it is. */
export async function withoutFoundHere(config: Config, engine: Engine): Promise<Config> {
  if (config.slices.every(({ foundOn }) => foundOn === undefined)) return config;
  const names = slicesFoundIn(config, await engine.fingerprint('candidate'));
  if (names.length === 0) return config;
  const isHere = ({ cut }: Config['slices'][number]): boolean =>
    cut.kind === 'where' && names.includes(cut.name);
  const list = names.map((name) => `'${name}'`).join(', ');
  const note = `found in these very results, so shown and not gated: ${list}; ${names.length === 1 ? 'it gates' : 'they gate'} from the next data on`;
  return {
    ...config,
    slices: config.slices.map((slice) => (isHere(slice) ? { ...slice, gate: false } : slice)),
    notes: [...config.notes, note],
  };
}
