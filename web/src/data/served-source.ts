/** Asks the studio that served this page. */

import type { Failure } from '../../../src/studio/contract/index.ts';
import { AskError, type DataSource } from './source.ts';
import { studioKeyHeader } from './studio-key.ts';

/** The studio's server, at the address of this page. */
export function servedSource(): DataSource {
  return {
    kind: 'served',
    notices: [],
    home: '/verdict',
    hidden: [],
    ask: (name, params, signal) =>
      request(`/api/${name}?q=${encodeURIComponent(JSON.stringify(params))}`, { signal: signal ?? null }),
    tell: (name, params) =>
      request(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(params),
      }),
  };
}

async function request<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, headers: { ...init.headers, ...studioKeyHeader() } });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new AskError('unreachable', [
      {
        message: 'The studio does not answer.',
        hint: 'It may have been closed: start it again in the terminal, then reload this page.',
        where: null,
      },
    ]);
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const problems = (body as Failure | null)?.problems;
  throw new AskError(
    response.status === 503 ? 'unread' : 'refused',
    Array.isArray(problems)
      ? problems
      : [{ message: `The studio answered with status ${response.status}.`, hint: null, where: null }],
  );
}
