/** What commands on rows and logs share: roles as flags say them, and formats of their answers. */

import type { ColumnMapping } from '../cases/index.ts';
import { UsageError } from '../errors.ts';
import type { PageFormat } from '../reports/index.ts';
import type { SourceFormat } from '../sources/index.ts';

const FORMATS = ['terminal', 'markdown', 'json', 'csv'] as const satisfies readonly PageFormat[];

/**
 * Roles and the tool that wrote the files.
 *
 * @throws UsageError for roles and tools that do not exist
 */
export async function readRoles(
  map: readonly string[],
  from: string | undefined,
): Promise<{ readonly mapping: ColumnMapping; readonly from: SourceFormat | null }> {
  const { configFromFlags } = await import('../config/index.ts');
  // The configuration knows what --from and --map may say, and what to answer otherwise.
  const { columns, inputs } = configFromFlags({
    ...(from === undefined ? {} : { from }),
    map,
    candidate: ['-'],
  });
  return {
    mapping: { ...columns.both, ...columns.candidate },
    from: inputs.runs.candidate?.from ?? null,
  };
}

/**
 * A format of a page.
 *
 * @throws UsageError for formats that only reports of the gate have
 */
export function pageFormat(format: string, path: string): PageFormat {
  const known = FORMATS.find((name) => name === format);
  if (known !== undefined) return known;
  throw new UsageError({
    message: `--out ${path} asks for ${format}, which only reports of the gate have`,
    hint: `formats of this command are ${FORMATS.join(', ')}`,
  });
}
