/** Who may look: a secret in the address that the terminal printed, a password, or a reverse proxy that says who it is. */

import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { KEY_HEADER } from '../contract/studio-key.ts';

/** How somebody shows that they may look. */
export type Access =
  /** The random token of the address; exchanged for a cookie at once. */
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly password: string }
  /** A reverse proxy logs people in and names them in this header; nobody else can reach the server. */
  | { readonly kind: 'proxy'; readonly header: string };

/**
 * What somebody gets who may look. Browsers send the cookie to every server of the machine, whatever its port; the key they keep in the
 * storage of one origin, port included, and only the studio's own pages send it. Answers need both.
 */
export interface Admission {
  readonly cookie: string;
  readonly key: string;
}

/** Cookies and keys that were given out, and what earns them. */
export interface Doorkeeper {
  readonly kind: Access['kind'];
  /** Whether the token of an address is right; false where tokens are not the way. */
  isToken(text: string): boolean;
  /** Whether a password is right; takes as long for a wrong one. */
  isPassword(text: string): Promise<boolean>;
  /** A new cookie with its key. */
  admit(nowMs: number): Admission;
  /** Whether a request may have the front end, by any of its cookies or by the proxy's header. */
  isKnown(header: Header, nowMs: number): boolean;
  /** Whether it may have answers: the key must be that of one of the cookies. A proxy lets nobody else through. */
  isTrusted(header: Header, nowMs: number): boolean;
}

type Header = (name: string) => string | undefined;

/** A cookie is good for so long. */
export const COOKIE_HOURS = 24 * 7;
const MOST_COOKIES = 1000;

const derive = promisify(scrypt) as (text: string, salt: Buffer, length: number) => Promise<Buffer>;

/**
 * Keeps the door of one studio.
 *
 * @param cookieName tells studios apart: cookies do not know of ports
 */
export function createDoorkeeper(access: Access, cookieName: () => string): Doorkeeper {
  const admitted = new Map<string, { readonly until: number; readonly key: string }>();
  const salt = randomBytes(16);
  const right = access.kind === 'password' ? derive(access.password, salt, 32) : null;
  right?.catch(() => undefined);
  /** Of a cookie name there may be several: other servers of the machine can set some. */
  const knownOf = (header: Header, nowMs: number) =>
    cookiesOf(header('cookie') ?? '', cookieName())
      .map((cookie) => admitted.get(digest(cookie)))
      .filter((known) => known !== undefined && known.until > nowMs);
  const isProxied = (header: Header) =>
    access.kind === 'proxy' && (header(access.header) ?? '').trim() !== '';
  return {
    kind: access.kind,
    isToken: (text) => access.kind === 'token' && isSame(text, access.token),
    isPassword: async (text) =>
      right !== null && timingSafeEqual(await right, await derive(text.slice(0, 1024), salt, 32)),
    admit: (nowMs) => {
      const [cookie, key] = [secret(), secret()];
      admitted.set(digest(cookie), { until: nowMs + COOKIE_HOURS * 3_600_000, key: digest(key) });
      if (admitted.size > MOST_COOKIES) admitted.delete(admitted.keys().next().value!);
      return { cookie, key };
    },
    isKnown: (header, nowMs) =>
      access.kind === 'proxy' ? isProxied(header) : knownOf(header, nowMs).length > 0,
    isTrusted: (header, nowMs) => {
      if (access.kind === 'proxy') return isProxied(header);
      const key = digest(header(KEY_HEADER) ?? '');
      return knownOf(header, nowMs).some((known) => known?.key === key);
    },
  };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares two secrets in a time that does not depend on where they differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  );
}

/** Secrets are looked up by what they hash to: how long that takes says nothing of them. */
function digest(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}

function cookiesOf(header: string, name: string): readonly string[] {
  return header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}
