/** Turns answers, files and pages into responses: tags, packing, caching. */

import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { type ApiAnswer, failure } from './answer-api.ts';
import { acceptedEncoding, etagOf, type FrontEnd, pack } from './front-end.ts';
import { plainPage } from './plain-pages.ts';
import type { Refusal } from './refusal.ts';

export type Environment = { readonly Bindings: HttpBindings };
/** One request. */
export type Ask = Context<Environment>;

/** Smaller answers are sent as they are. */
const PACK_FROM = 2048;

export function sendFile(c: Ask, front: FrontEnd): Response | Promise<Response> {
  const path = c.req.path;
  const file = front.get(path) ?? (path.includes('.') ? undefined : front.get('/index.html'));
  if (file === undefined) {
    return front.size === 0
      ? page(
          c,
          503,
          plainPage({
            title: 'No front end',
            message: 'This copy of slicewise was not built: npm run build makes the pages of the studio.',
          }),
        )
      : page(c, 404, plainPage({ title: 'Not found', message: 'There is no such page.' }));
  }
  const headers = {
    'content-type': file.type,
    etag: file.etag,
    vary: 'accept-encoding',
    'cache-control': file.isImmutable ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  };
  if (isSameTag(c, file.etag)) return c.body(null, 304, headers);
  const encoding = acceptedEncoding(c.req.header('accept-encoding'));
  if (encoding === null) return c.body(file.bytes, 200, headers);
  return file
    .packed(encoding)
    .then((packed) =>
      packed === null
        ? c.body(file.bytes, 200, headers)
        : c.body(packed, 200, { ...headers, 'content-encoding': encoding }),
    );
}

export async function send(c: Ask, { status, body }: ApiAnswer): Promise<Response> {
  const text = JSON.stringify(body);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'cache-control': status === 200 && c.req.method === 'GET' ? 'private, no-cache' : 'no-store',
    ...(status === 503 ? { 'retry-after': '1' } : {}),
  };
  if (status === 200 && c.req.method === 'GET') {
    headers.etag = etagOf(text);
    headers.vary = 'accept-encoding';
    if (isSameTag(c, headers.etag)) return c.body(null, 304, headers);
  }
  const encoding = text.length < PACK_FROM ? null : acceptedEncoding(c.req.header('accept-encoding'));
  if (encoding === null) return c.body(text, status as 200, headers);
  return c.body(await pack(text, encoding), status as 200, { ...headers, 'content-encoding': encoding });
}

export function refuse(c: Ask, { status, message, hint }: Refusal): Promise<Response> {
  return send(c, failure(status, [hint === null ? { message } : { message, hint }]));
}

export async function tooMany(c: Ask, seconds: number): Promise<Response> {
  const response = await send(
    c,
    failure(429, [{ message: 'too many requests', hint: `try again in ${seconds} s` }]),
  );
  response.headers.set('retry-after', String(seconds));
  return response;
}

export function page(
  c: Ask,
  status: number,
  html: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return c.body(html, status as 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
}

function isSameTag(c: Ask, etag: string): boolean {
  const tags = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag);
}
