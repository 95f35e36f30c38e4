/** Answers `/api/<endpoint>`: reads the parameters, refuses what is not valid, asks the service, and says what went wrong. */

import type { z } from 'zod';
import { type Problem, SlicewiseError } from '../../errors.ts';
import type { EndpointName, Failure } from '../contract/index.ts';
import { notJson } from '../not-json.ts';
import { SERVICES } from '../services/index.ts';
import type { Service } from '../services/service.ts';
import type { StudioSession } from '../session.ts';
import type { NotReady } from './opening.ts';

/** An answer as JSON, with its HTTP status. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One question, as it came in. */
export interface ApiQuestion {
  readonly name: string;
  readonly writes: boolean;
  /** JSON text of the parameters. */
  readonly text: string;
}

/** What a service may need to say about itself when it fails for no reason that a person can act on. */
export type Complain = (error: unknown) => void;

/** Problems in one answer. */
const MOST_PROBLEMS = 50;

/**
 * Whether a question can be answered at all: the endpoint exists and is asked in its way, and its parameters are valid.
 */
export function checkQuestion({ name, writes, text }: ApiQuestion): ApiAnswer | { readonly params: unknown } {
  const service = serviceOf(name);
  if (service === null)
    return failure(404, [{ message: `there is no endpoint ${JSON.stringify(name.slice(0, 80))}` }]);
  if (service.writes !== writes) {
    const method = service.writes ? 'POST' : 'GET';
    return failure(405, [{ message: `${name} is asked by ${method}` }]);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failure(400, [
      { message: `the parameters are no JSON: ${(error as Error).message.split('\n')[0]?.slice(0, 200)}` },
    ]);
  }
  const read = service.params.safeParse(json);
  if (!read.success) return failure(400, read.error.issues.map(problemOfIssue));
  return { params: read.data };
}

/** Asks the service. Every way in which it can fail becomes an answer. */
export async function askService(
  name: string,
  params: unknown,
  session: StudioSession,
  complain: Complain,
): Promise<ApiAnswer> {
  const service = serviceOf(name);
  if (service === null) return failure(404, [{ message: `there is no endpoint ${name}` }]);
  try {
    const answer: unknown = await service.answer(params as never, session);
    const fault = notJson(answer);
    if (fault === null) return { status: 200, body: answer };
    complain(new Error(`the answer of ${name} is no JSON: ${fault}`));
    return unexpected();
  } catch (error) {
    if (error instanceof SlicewiseError && error.code !== 'INTERNAL') return failure(422, error.problems);
    complain(error);
    return unexpected();
  }
}

/** Says where the studio is, in place of an answer. */
export function notReadyAnswer(status: NotReady): ApiAnswer {
  return status.state === 'reading'
    ? failure(503, [
        { message: `the comparison is still being read: ${status.stage}`, hint: 'ask again in a moment' },
      ])
    : failure(503, status.problems.map(problemOfText));
}

/** A failure as the front end reads it. */
export function failure(status: number, problems: readonly Problem[]): ApiAnswer {
  const shown = problems.slice(0, MOST_PROBLEMS).map(({ message, hint, where }) => ({
    message,
    hint: hint ?? null,
    where: where === undefined ? null : placeOf(where),
  }));
  const rest = problems.length - shown.length;
  const more = rest > 0 ? [{ message: `and ${rest} more`, hint: null, where: null }] : [];
  return { status, body: { problems: [...shown, ...more] } satisfies Failure };
}

/** Names that objects inherit, such as `constructor`, are no endpoints. */
function serviceOf(name: string): Service<EndpointName> | null {
  return Object.hasOwn(SERVICES, name) ? (SERVICES[name as EndpointName] as Service<EndpointName>) : null;
}

function unexpected(): ApiAnswer {
  return failure(500, [
    {
      message: 'this should not have happened: a fault of slicewise',
      hint: 'the terminal in which the studio runs says more; please report it with the version',
    },
  ]);
}

function problemOfIssue({ path, message }: z.core.$ZodIssue): Problem {
  const field = path.map(String).join('.').slice(0, 200);
  return field === '' ? { message } : { message: `${field}: ${message}`, where: { field } };
}

/** `message\n  hint: what to do` in its parts. */
function problemOfText(text: string): Problem {
  const [message = text, hint] = text.split('\n  hint: ');
  return hint === undefined ? { message } : { message, hint };
}

function placeOf({ file, line, column, field }: NonNullable<Problem['where']>): string | null {
  const place = [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined);
  return place.length > 0 ? place.join(':') : (field ?? null);
}
