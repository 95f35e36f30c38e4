/** Collects the answers that an HTML report holds: each endpoint's most wanted first, and in words what did not fit. */

import { InternalError, SlicewiseError } from '../../errors.ts';
import { formatCount } from '../../reports/index.ts';
import { answerKey } from '../contract/embedded.ts';
import type { EndpointName } from '../contract/index.ts';
import { notJson } from '../not-json.ts';
import { SERVICES } from '../services/index.ts';
import type { Embedding, Service } from '../services/service.ts';
import type { StudioSession } from '../session.ts';

/** Answers by `answerKey`, as JSON texts, and what must be said about those that are not there. */
export interface EmbeddedAnswers {
  readonly answers: ReadonlyMap<string, string>;
  readonly notices: readonly string[];
}

/** How large the data of a file may become, in characters of JSON. */
export interface EmbedLimits {
  readonly all: number;
  /** Of one endpoint, so that one page does not take the place of the others. */
  readonly each: number;
}

/** A file that can be mailed and opens at once. */
export const EMBED_LIMITS: EmbedLimits = { all: 8_000_000, each: 2_500_000 };

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
  const answers = new Map<string, string>();
  const cut: string[] = [];
  let left = limits.all;
  for (const { name, service, embedding } of await wantedOf(session, services)) {
    let own = Math.min(limits.each, left);
    let held = 0;
    let unanswered = 0;
    for (const params of embedding.asks) {
      const text = await answerText(name, service, params, session);
      if (text === null) {
        unanswered += 1;
        continue;
      }
      if (text.length > (embedding.each ?? Infinity)) continue;
      if (text.length > own) break;
      answers.set(answerKey(name, params), text);
      own -= text.length;
      left -= text.length;
      held += 1;
    }
    const of = (embedding.of ?? embedding.asks.length) - unanswered;
    if (held < of) cut.push(`${formatCount(held)} of ${formatCount(of)} ${embedding.what}`);
  }
  return { answers, notices: cut.length === 0 ? [] : [notice(cut)] };
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
