/** Who hears rows that somebody else reads. */

import type { RowChunk } from '../cases/index.ts';
import type { OpenedRecords } from '../sources/index.ts';

/** Is told the columns before the first row, and then hears every row chunk by chunk. */
export type RowListener = (opened: Pick<OpenedRecords, 'columns' | 'mapping'>) => (chunk: RowChunk) => void;
