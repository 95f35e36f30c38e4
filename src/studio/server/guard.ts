/** What every request passes before it is answered: the studio's names, limits, and the door. */

import { getConnInfo } from '@hono/node-server/conninfo';
import { KEY_MARK } from '../contract/studio-key.ts';
import type { Doorkeeper } from './access.ts';
import { failure } from './answer-api.ts';
import { GUESSES, LIMITS, RATES } from './limits.ts';
import { loginPage, plainPage } from './plain-pages.ts';
import { readBody } from './read-body.ts';
import { type HostRule, type RequestFacts, refusalOf } from './refusal.ts';
import { type Ask, page, refuse, send, tooMany } from './respond.ts';
import { LOGIN_HEADERS } from './security-headers.ts';
import { tokenBuckets } from './token-bucket.ts';

/** What a guard needs to know. */
export interface GuardParts {
  readonly door: Doorkeeper;
  /** Known only when the server listens. */
  readonly hosts: () => HostRule;
  readonly cookieName: () => string;
  readonly nowMs: () => number;
}

/** What every request must pass; null where it may go on. */
export function createGuard({
  door,
  hosts,
  cookieName,
  nowMs,
}: GuardParts): (c: Ask) => Promise<Response | null> {
  const rates = { here: tokenBuckets(RATES.here), elsewhere: tokenBuckets(RATES.elsewhere) };
  const guesses = { here: tokenBuckets(GUESSES.here), elsewhere: tokenBuckets(GUESSES.elsewhere) };
  const allGuesses = tokenBuckets(GUESSES.all);

  return async (c) => {
    const facts = factsOf(c);
    const refused = refusalOf(facts, hosts());
    if (refused !== null) return refuse(c, refused);
    const client = clientOf(c);
    const place = isLoopback(client) ? 'here' : 'elsewhere';
    const now = nowMs();
    if (!rates[place].take(client, now)) return tooMany(c, 1);
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && c.req.method !== 'POST') {
      return send(c, failure(405, [{ message: `${c.req.method.slice(0, 20)} is no way to ask` }]));
    }
    const token = c.req.query('token');
    if (door.kind === 'token' && token !== undefined && c.req.method === 'GET' && !isApi(c)) {
      if (!guesses[place].has(client, now)) return tooMany(c, 60);
      if (door.isToken(token)) return admit(c, withoutToken(c));
      guesses[place].take(client, now);
      return unknown(c);
    }
    if (door.kind === 'password' && c.req.path === '/login') {
      return c.req.method === 'POST' ? logIn(c, client, place, now) : askPassword(c, 200);
    }
    return pass(c, facts, now);
  };

  /** Pages for the cookie, answers for its key as well. */
  function pass(c: Ask, facts: RequestFacts, now: number): Response | Promise<Response> | null {
    const isKnown = door.isKnown(facts.header, now);
    if (isApi(c) ? door.isTrusted(facts.header, now) : isKnown) return null;
    if (isKnown) return keyless(c);
    if (!isForeignNavigation(facts)) return unknown(c);
    // Strict cookies stay away from links on other pages: the page that is sent asks again, from here.
    const again = { title: 'Opening', message: 'Opening the studio ...', reloads: ownTarget(c) };
    return page(c, 200, plainPage(again));
  }

  function admit(c: Ask, to: string): Response {
    const { cookie, key } = door.admit(nowMs());
    return c.body(null, 303, {
      // Browsers keep what follows the # to themselves: the page finds its key there and takes it away.
      location: `${to}#${KEY_MARK}${key}`,
      'set-cookie': `${cookieName()}=${cookie}; Path=/; HttpOnly; SameSite=Strict`,
      'cache-control': 'no-store',
    });
  }

  function askPassword(c: Ask, status: 200 | 401): Response {
    const next = c.req.path === '/login' ? '/' : ownTarget(c);
    return page(c, status, loginPage({ next, problem: null }), LOGIN_HEADERS);
  }

  /** A browser that lost its storage, or a server beside this one that was sent our cookie. */
  function keyless(c: Ask): Promise<Response> {
    const again =
      door.kind === 'password' ? 'log in at /login' : 'open the address that the terminal printed';
    return send(
      c,
      failure(401, [{ message: 'this request brings no key of this studio', hint: `${again}, once more` }]),
    );
  }

  async function logIn(c: Ask, client: string, place: 'here' | 'elsewhere', now: number): Promise<Response> {
    const form = new URLSearchParams((await readBody(c.req.raw, LIMITS.form)) ?? '');
    const next = localPath(form.get('next') ?? '/');
    if (!guesses[place].take(client, now) || !allGuesses.take('all', now)) return tooMany(c, 60);
    if (await door.isPassword(form.get('password') ?? '')) return admit(c, next);
    return page(c, 401, loginPage({ next, problem: 'That is not the password.' }), LOGIN_HEADERS);
  }

  function unknown(c: Ask): Response | Promise<Response> {
    const message = 'this request brings no cookie of this studio';
    if (isApi(c) || c.req.method !== 'GET') {
      return send(c, failure(401, [{ message, hint: 'open the address that the terminal printed' }]));
    }
    if (door.kind === 'password') return askPassword(c, 401);
    return page(
      c,
      401,
      plainPage({
        title: 'Open the studio from its terminal',
        message:
          door.kind === 'proxy'
            ? 'The reverse proxy did not say who you are.'
            : 'This browser does not know the secret of this studio yet, or the studio was started anew.',
        hint:
          door.kind === 'proxy'
            ? 'Log in at the proxy.'
            : 'Open the whole address that slicewise studio printed: it holds the secret.',
      }),
    );
  }
}

export function factsOf(c: Ask): RequestFacts {
  return {
    method: c.req.method,
    target: c.env.incoming.url ?? '',
    header: (name) => c.req.header(name),
  };
}

function clientOf(c: Ask): string {
  return getConnInfo(c).remote.address ?? 'unknown';
}

function isLoopback(address: string): boolean {
  return /^(?:127\.|::1$|::ffff:127\.)/.test(address);
}

function isApi(c: Ask): boolean {
  return c.req.path.startsWith('/api');
}

function isForeignNavigation({ header }: RequestFacts): boolean {
  const site = header('sec-fetch-site');
  return site === 'cross-site' || site === 'same-site';
}

/** Path and query of a request, for a link to itself. */
function ownTarget(c: Ask): string {
  const { pathname, search } = new URL(c.req.url);
  return localPath(`${pathname}${search}`);
}

function withoutToken(c: Ask): string {
  const url = new URL(c.req.url);
  url.searchParams.delete('token');
  return localPath(`${url.pathname}${url.search}`);
}

/** A path of this server, or its first page: never another server's address. */
function localPath(text: string): string {
  return /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text) ? text : '/';
}
