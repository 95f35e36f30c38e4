/** Where answers come from: the studio's server, or the file itself. Pages never know which. */

import type {
  Answer,
  Endpoints,
  Failure,
  Params,
  ReadName,
  WriteName,
} from '../../../src/studio/contract/index.ts';

export interface DataSource {
  readonly kind: 'served' | 'embedded';
  /** Statements that every page shows on top. */
  readonly notices: readonly string[];
  /** Path of the first page. */
  readonly home: string;
  /** Paths of pages without anything to show. */
  readonly hidden: readonly string[];
  /** @throws AskError */
  ask<Name extends ReadName>(name: Name, params: Params<Name>, signal?: AbortSignal): Promise<Answer<Name>>;
  /** @throws AskError */
  tell<Name extends WriteName>(name: Name, params: Params<Name>): Promise<Answer<Name>>;
}

/**
 * Why there is no answer. `unread`: the studio does not hold the comparison (any more); its status says why. `missing`: this file
 * does not hold it, and `command` opens the studio, which does.
 */
export class AskError extends Error {
  readonly reason: 'refused' | 'unread' | 'unreachable' | 'missing';
  readonly problems: Failure['problems'];
  readonly command: string | null;

  constructor(reason: AskError['reason'], problems: Failure['problems'], command: string | null = null) {
    super(problems.map(({ message }) => message).join('\n'));
    this.name = 'AskError';
    this.reason = reason;
    this.problems = problems;
    this.command = command;
  }
}

export type { Answer, Endpoints, Params, ReadName, WriteName };
