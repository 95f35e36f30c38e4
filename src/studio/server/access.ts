/** Who may look: a secret in the address that the terminal printed, a password, or a reverse proxy that says who it is. */

import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** How somebody shows that they may look. */
export type Access =
  /** The random token of the address; exchanged for a cookie at once. */
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'password'; readonly password: string }
  /** A reverse proxy logs people in and names them in this header; nobody else can reach the server. */
  | { readonly kind: 'proxy'; readonly header: string };

/** Cookies that were given out, and what earns one. */
export interface Doorkeeper {
  readonly kind: Access['kind'];
  /** Whether the token of an address is right; false where tokens are not the way. */
  isToken(text: string): boolean;
  /** Whether a password is right; takes as long for a wrong one. */
  isPassword(text: string): Promise<boolean>;
  /** A new cookie. */
  admit(nowMs: number): string;
  /** Whether a request may look, by its cookies or by the proxy's header. */
  isKnown(header: (name: string) => string | undefined, nowMs: number): boolean;
}

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
  const admitted = new Map<string, number>();
  const salt = randomBytes(16);
  const right = access.kind === 'password' ? derive(access.password, salt, 32) : null;
  right?.catch(() => undefined);
  return {
    kind: access.kind,
    isToken: (text) => access.kind === 'token' && isSame(text, access.token),
    isPassword: async (text) =>
      right !== null && timingSafeEqual(await right, await derive(text.slice(0, 1024), salt, 32)),
    admit: (nowMs) => {
      const cookie = randomBytes(32).toString('base64url');
      admitted.set(digest(cookie), nowMs + COOKIE_HOURS * 3_600_000);
      if (admitted.size > MOST_COOKIES) admitted.delete(admitted.keys().next().value!);
      return cookie;
    },
    isKnown: (header, nowMs) => {
      if (access.kind === 'proxy') return (header(access.header) ?? '').trim() !== '';
      return cookiesOf(header('cookie') ?? '', cookieName()).some(
        (cookie) => (admitted.get(digest(cookie)) ?? 0) > nowMs,
      );
    },
  };
}

/** Compares two secrets in a time that does not depend on where they differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(one).digest(),
    createHash('sha256').update(other).digest(),
  );
}

/** Cookies are looked up by what they hash to: how long that takes says nothing of a cookie. */
function digest(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}

function cookiesOf(header: string, name: string): readonly string[] {
  return header
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .slice(0, 8)
    .map((part) => part.slice(name.length + 1));
}
