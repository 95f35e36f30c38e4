/** The map of labels to their parents: from the configuration, or from a file that it names. */

import { createProblemLog } from '../../cases/index.ts';
import type { LabelParents } from '../../classes/index.ts';
import type { Config } from '../../config/index.ts';
import { DataError } from '../../errors.ts';
import { openRecords } from '../../sources/index.ts';

/**
 * Label to parent; null where none is configured. A file has the columns `label` and `parent`; a row without a parent is a label
 * at the top.
 *
 * @throws DataError naming every row that is wrong: a label twice with other parents, or a label that is its own parent
 */
export async function labelParents({ classes }: Config, cwd: string): Promise<LabelParents | null> {
  const map = classes?.map ?? null;
  if (map === null) return null;
  return 'parents' in map ? map.parents : readParents(map.file, cwd);
}

async function readParents(file: string, cwd: string): Promise<LabelParents> {
  const records = await openRecords({ files: [file], mapping: {}, cwd, from: 'rows' });
  const lacking = ['label', 'parent'].filter((name) => !records.columns.includes(name));
  if (lacking.length > 0) {
    throw new DataError({
      message: `the map of labels has no column ${lacking.join(', ')}: it has ${records.columns.join(', ')}`,
      hint: 'one row per label, with the columns label and parent',
      where: { file },
    });
  }
  const log = createProblemLog();
  const parents = new Map<string, string>();
  for await (const { columns, lines } of records.rows()) {
    lines.forEach((line, row) => {
      const cell = (name: string): string | null => {
        const value = columns.get(name)?.[row] ?? null;
        return value === null || value === '' ? null : String(value);
      };
      const [label, parent] = [cell('label'), cell('parent')];
      const known = label === null ? undefined : parents.get(label);
      if (label === null) {
        log.add({ message: 'the row names no label', where: { file, line, field: 'label' } });
      } else if (known !== undefined && known !== parent) {
        log.add({
          message: `the label ${JSON.stringify(label)} has the parents ${JSON.stringify(known)} and ${JSON.stringify(parent)}, must have one`,
          where: { file, line, field: 'parent' },
        });
      } else if (parent !== null) parents.set(label, parent);
    });
  }
  for (const label of parents.keys()) {
    if (isOwnAncestor(parents, label)) {
      log.add({
        message: `the label ${JSON.stringify(label)} is its own parent, directly or by others`,
        where: { file },
      });
    }
  }
  log.throwIfAny();
  return parents;
}

function isOwnAncestor(parents: LabelParents, label: string): boolean {
  const seen = new Set<string>();
  for (
    let parent = parents.get(label);
    parent !== undefined && !seen.has(parent);
    parent = parents.get(parent)
  ) {
    if (parent === label) return true;
    seen.add(parent);
  }
  return false;
}
