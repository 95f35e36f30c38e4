/**
 * Talks to an MLflow server: the one file of Slicewise that opens a connection, and only to the address that a person named.
 *
 * No other file may call `fetch` or import a network module; `architecture.test.ts` holds this.
 */

import { DataError, UsageError } from '../errors.ts';
import type { MlflowConnection } from '../sources/index.ts';

/** What the connection takes from the outside. */
export interface ConnectionOptions {
  /** Where MLflow's own clients look for credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds for one request. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
const LARGEST_ANSWER_BYTES = 2 ** 28;
const TRIES = 3;
/** Busy servers answer so; asking again is harmless for everything that is asked here. */
const PASSING = [429, 502, 503, 504];

/** Whether a text is an address rather than a path. */
export function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/**
 * A connection. Credentials come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, never
 * from the address; redirects are refused, so that no credential goes elsewhere.
 *
 * @throws UsageError for addresses that are not http or https, or that hold credentials
 */
export function connectMlflow(
  address: string,
  { env, timeout = TIMEOUT }: ConnectionOptions,
): MlflowConnection {
  const base = checkedAddress(address);
  const headers = credentials(env);
  const plain = Object.keys(headers).length > 0 && base.protocol === 'http:' && !isLocal(base.hostname);
  if (plain)
    throw new UsageError({
      message: `${address} is not encrypted, and the credentials of the environment would be sent to it`,
      hint: 'name an https address, or unset MLFLOW_TRACKING_TOKEN and MLFLOW_TRACKING_PASSWORD',
    });
  const send = async (path: string, request: RequestInit, query = ''): Promise<unknown> => {
    const url = `${base.href.replace(/\/$/, '')}/${path}${query}`;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await reach(address, url, {
        ...request,
        headers: { accept: 'application/json', ...headers, ...request.headers },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      if (PASSING.includes(answer.status) && attempt < TRIES) {
        await answer.body?.cancel();
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
      } else return readAnswer(address, path, answer);
    }
  };
  return {
    address: base.href.replace(/\/$/, ''),
    get: (path, query) => send(path, {}, `?${new URLSearchParams(query)}`),
    post: (path, body) =>
      send(path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    put: async (path, bytes, type) => {
      await send(path, { method: 'PUT', body: Uint8Array.from(bytes), headers: { 'content-type': type } });
    },
  };
}

function checkedAddress(address: string): URL {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError({
      message: `--mlflow ${JSON.stringify(address)} is neither a folder nor an http or https address`,
      hint: '--mlflow http://127.0.0.1:5000',
    });
  if (url.username !== '' || url.password !== '')
    throw new UsageError({
      message: '--mlflow holds a password, which would stand in reports and in the list of processes',
      hint: 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD',
    });
  return url;
}

function credentials(env: ConnectionOptions['env']): Readonly<Record<string, string>> {
  const { MLFLOW_TRACKING_TOKEN: token, MLFLOW_TRACKING_USERNAME: user } = env;
  if (token !== undefined && token !== '') return { authorization: `Bearer ${token}` };
  if (user === undefined || user === '') return {};
  const both = `${user}:${env.MLFLOW_TRACKING_PASSWORD ?? ''}`;
  return { authorization: `Basic ${Buffer.from(both).toString('base64')}` };
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

async function reach(address: string, url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    const { name, cause } = error as Error & { cause?: { code?: string; message?: string } };
    throw new DataError({
      message:
        name === 'TimeoutError'
          ? `${address} did not answer in time`
          : `${address} cannot be reached (${cause?.code ?? cause?.message ?? name})`,
      hint: 'is the server running? mlflow server --host 127.0.0.1 --port 5000',
    });
  }
}

/** JSON, or nothing where the server says nothing. */
async function readAnswer(address: string, path: string, answer: Response): Promise<unknown> {
  const text = await limitedText(address, answer);
  if (answer.status >= 300 && answer.status < 400)
    throw new DataError({
      message: `${address} sends ${path} elsewhere, which is not followed`,
      hint: 'name the address that it sends to',
    });
  let value: unknown = null;
  try {
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    if (answer.ok)
      throw new DataError({ message: `${address} answers ${path} with something other than JSON` });
  }
  if (answer.ok) return value;
  const said = (value as { message?: unknown } | null)?.message;
  throw new DataError({
    message: `${address} answers ${path} with ${answer.status}${typeof said === 'string' ? `: ${JSON.stringify(said.slice(0, 300))}` : ''}`,
    ...(answer.status === 401 || answer.status === 403
      ? { hint: 'set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD' }
      : {}),
  });
}

async function limitedText(address: string, answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > LARGEST_ANSWER_BYTES)
      throw new DataError({ message: `${address} answers with more than 256 MiB` });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
