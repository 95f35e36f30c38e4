/** The text that a cell stands for: its own, or what the messages of a conversation say. */

import type { Cell } from '../cases/index.ts';
import { type Conversation, readConversation } from '../text/index.ts';

/** A text to look at. */
export interface TextCell {
  /** Without the JSON around it where the cell is a conversation. */
  readonly text: string;
  readonly conversation: Conversation | null;
}

const HASH = /^sha256:[0-9a-f]{64}$/;

/** A cell as one text: a list of one is its tag, other lists are JSON. Null where it is missing. */
export function cellText(cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined || typeof cell === 'string') return cell ?? null;
  return cell.length === 1 ? cell[0]! : JSON.stringify(cell);
}

/** The text of a cell; null where it is missing or only the hash of a text, of which nothing can be told. */
export function textOfCell(cell: Cell | undefined): TextCell | null {
  const raw = cellText(cell);
  if (raw === null || (raw.length === 71 && HASH.test(raw))) return null;
  const conversation = readConversation(raw);
  return { text: conversation?.text ?? raw, conversation };
}
