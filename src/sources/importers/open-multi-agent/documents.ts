/** The three documents of open-multi-agent's evals: reports with records, sets with the tags of cases, and gate policies. */

import type { Cell, ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { contentText, flattenTags, record, scalarText } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';

/** Which document a file is; null where it is none of them. */
export function documentKindOf({ head }: ImportFile): 'report' | 'set' | 'gate' | null {
  const has = (key: string): boolean => new RegExp(`"${key}"\\s*:`).test(head);
  if (!/^\s*\{/.test(head)) return null;
  if (has('evalRunId') && (has('records') || has('scorer'))) return 'report';
  if (has('thresholds') && has('schemaVersion') && has('scorer')) return 'gate';
  return has('cases') && has('name') && has('version') && /"cases"\s*:\s*\[\s*\{\s*"id"\s*:/.test(head)
    ? 'set'
    : null;
}

/** What a set says of one case. */
export interface SetCase {
  readonly input: string | null;
  readonly expected: string | null;
  readonly tags: Readonly<Record<string, Cell>>;
}

/** The cases of all sets by `name@version` and id: sets are written by hand and small. */
export async function readSets(
  files: readonly ImportFile[],
  log: ProblemLog,
): Promise<ReadonlyMap<string, ReadonlyMap<string, SetCase>>> {
  const sets = new Map<string, Map<string, SetCase>>();
  for (const file of files) {
    const cases = new Map<string, SetCase>();
    const about = new Map<string, unknown>();
    const wanted = { elements: ['cases'], values: ['name', 'version'] };
    for await (const { kind, path, index, value, line } of streamJson(file, wanted, log)) {
      if (kind === 'value') {
        about.set(path, value);
        continue;
      }
      const fields = record(value);
      const id = scalarText(fields?.id);
      if (fields === null || id === null) {
        log.add({
          message: `case ${index + 1} has no "id"`,
          where: { file: file.source.label, line, field: `cases.${index}.id` },
        });
        continue;
      }
      cases.set(id, {
        input: contentText(fields.input),
        expected: contentText(fields.expected),
        tags: { ...flattenTags(fields.metadata), ...flattenTags(fields.tags, 'tag') },
      });
    }
    sets.set(setKey(about.get('name'), about.get('version')), cases);
  }
  return sets;
}

/** One text for the name and version of a set. */
export function setKey(name: unknown, version: unknown): string {
  return `${scalarText(name) ?? ''}@${scalarText(version) ?? ''}`;
}
