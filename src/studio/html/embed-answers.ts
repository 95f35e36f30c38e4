/** Collects the answers that an HTML report holds: each endpoint's most wanted first, and in words what did not fit. */

import { deflateSync } from 'node:zlib';
import { InternalError, SlicewiseError } from '../../errors.ts';
import { formatCount } from '../../reports/index.ts';
import { answerKey, type EmbeddedDocument } from '../contract/embedded.ts';
import type { EndpointName } from '../contract/index.ts';
import { notJson } from '../not-json.ts';
import { SERVICES } from '../services/index.ts';
import type { Embedding, Service } from '../services/service.ts';
import type { StudioSession } from '../session.ts';

/** Packed answers, and what must be said about those that are not there. */
export interface EmbeddedAnswers extends Pick<EmbeddedDocument, 'index' | 'parts'> {
  readonly notices: readonly string[];
}

/** How large the data of a file may become. */
export interface EmbedLimits {
  /** Characters of all parts. */
  readonly all: number;
  /** Of one endpoint, so that one page does not take the place of the others. */
  readonly each: number;
  /** Characters of JSON from which on a part is full. */
  readonly part: number;
}

/** A file that can be mailed and opens at once; some ten times as much JSON. */
export const EMBED_LIMITS: EmbedLimits = { all: 6_000_000, each: 4_000_000, part: 250_000 };

/** An endpoint that embeds something. */
interface Wanted {
  readonly name: EndpointName;
  readonly service: Service<EndpointName>;
  readonly embedding: Embedding<never>;
}

/**
 * Asks every endpoint what it embeds, and collects the answers until the limits are reached.
 *
 * @throws InternalError for an answer that JSON cannot carry; whatever a service throws that no user can cause
 */
export async function embedAnswers(
  session: StudioSession,
  limits: EmbedLimits = EMBED_LIMITS,
  services: Partial<typeof SERVICES> = SERVICES,
): Promise<EmbeddedAnswers> {
  const parts: string[] = [];
  const index: (readonly [key: string, part: number])[] = [];
  const cut: string[] = [];
  let left = limits.all;
  for (const { name, service, embedding } of await wantedOf(session, services)) {
    let own = Math.min(limits.each, left);
    let held = 0;
    let unanswered = 0;
    let open: [key: string, json: string][] = [];
    /** Puts what is open into a part of its own; false where it does not fit. */
    const close = (): boolean => {
      if (open.length === 0) return true;
      const part = packed(`{${open.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(',')}}`);
      if (part.length > own) return false;
      for (const [key] of open) index.push([key, parts.length]);
      parts.push(part);
      own -= part.length;
      left -= part.length;
      held += open.length;
      open = [];
      return true;
    };
    let size = 0;
    for (const params of embedding.asks) {
      const text = await answerText(name, service, params, session);
      if (text === null) {
        unanswered += 1;
        continue;
      }
      if (text.length > (embedding.each ?? Infinity)) continue;
      open.push([answerKey(name, params), text]);
      size += text.length;
      if (size < limits.part) continue;
      size = 0;
      if (!close()) break;
    }
    close();
    const of = (embedding.of ?? embedding.asks.length) - unanswered;
    if (held < of) cut.push(`${formatCount(held)} of ${formatCount(of)} ${embedding.what}`);
  }
  return {
    parts,
    index: packed(JSON.stringify(Object.fromEntries(index))),
    notices: cut.length === 0 ? [] : [notice(cut)],
  };
}

/** What `unpacked` reads. The header of zlib names no machine and no time: the same text gives the same bytes everywhere. */
function packed(json: string): string {
  return deflateSync(json).toString('base64');
}

/** Endpoints with the fewest questions come first: pages begin with theirs. */
async function wantedOf(
  session: StudioSession,
  services: Partial<typeof SERVICES>,
): Promise<readonly Wanted[]> {
  const found: Wanted[] = [];
  for (const [name, service] of Object.entries(services) as [EndpointName, Service<EndpointName>][]) {
    const embedding = await service.embed?.(session);
    if (embedding !== undefined) found.push({ name, service, embedding: embedding as Embedding<never> });
  }
  return found.sort((a, b) => a.embedding.asks.length - b.embedding.asks.length);
}

/** The answer as JSON; null where there is none to give, which the page then says as it does for any other question. */
async function answerText(
  name: EndpointName,
  service: Service<EndpointName>,
  params: never,
  session: StudioSession,
): Promise<string | null> {
  const read = service.params.safeParse(params);
  if (!read.success) {
    throw new InternalError({
      message: `${name} embeds a question that it would refuse: ${read.error.message}`,
    });
  }
  let answer: unknown;
  try {
    answer = await service.answer(read.data as never, session);
  } catch (error) {
    if (error instanceof SlicewiseError && error.code !== 'INTERNAL') return null;
    throw error;
  }
  const fault = notJson(answer);
  if (fault !== null) throw new InternalError({ message: `the answer of ${name} is no JSON: ${fault}` });
  return JSON.stringify(answer);
}

/** One sentence that every page of the file shows. */
function notice(cut: readonly string[]): string {
  return `This file holds ${new Intl.ListFormat('en').format(cut)}, the most telling first; the studio shows all.`;
}
