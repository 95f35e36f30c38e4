/** The configured waiver file: read as it stands now, changed without losing what others write, shown as a difference. */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { structuredPatch } from 'diff';
import type { DiffLine } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** What to do so that waivers can be written. */
export const WAIVERS_HINT =
  'Write "waivers: waivers.yaml" into slicewise.yaml, or start with --waivers FILE; the first waiver makes that file. This entry can be pasted into it by hand.';

/** ISO day in UTC. */
export function today({ ports }: Pick<StudioSession, 'ports'>): string {
  return ports.now().toISOString().slice(0, 10);
}

/** Its text; empty where there is no such file. */
export async function readWaiverFile(file: string, { ports }: Pick<StudioSession, 'ports'>): Promise<string> {
  return readFile(resolve(ports.cwd, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** What changed, with three lines around; empty where nothing did. */
export function differenceOf(before: string, after: string): readonly DiffLine[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  return hunks.flatMap(({ newStart, lines }) => {
    let line = newStart;
    return lines
      .filter((text) => !text.startsWith('\\'))
      .map((text): DiffLine => {
        const rest = text.slice(1);
        if (text.startsWith('-')) return { kind: 'removed', text: rest, line: null };
        return { kind: text.startsWith('+') ? 'added' : 'kept', text: rest, line: line++ };
      });
  });
}
