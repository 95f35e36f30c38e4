/** What is refused before anything else is looked at: foreign hosts, foreign origins, paths that try to leave their folder. */

/** Names under which the studio may be asked for. */
export interface HostRule {
  readonly port: number;
  /** Names and addresses that must be followed by the port, such as `127.0.0.1`; lower case, IPv6 in brackets. */
  readonly names: ReadonlySet<string>;
  /** Names that a reverse proxy hands through, with or without a port of their own. */
  readonly proxied: ReadonlySet<string>;
  /** Whether any IP address will do: an address cannot be rebound by a foreign DNS server, a name can. */
  readonly addresses: boolean;
}

/** What a request says of itself. */
export interface RequestFacts {
  readonly method: string;
  /** Path and query as they were sent, undecoded. */
  readonly target: string;
  readonly header: (name: string) => string | undefined;
}

/** Why a request is refused. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly message: string;
  readonly hint: string | null;
}

export const LOOPBACK_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Every way in which a request can be foreign; null for one that may be looked at. */
export function refusalOf(facts: RequestFacts, rule: HostRule): Refusal | null {
  if (!isPlainPath(facts.target)) {
    return {
      status: 400,
      message: 'the path is not one of the studio',
      hint: 'open the address that the terminal printed',
    };
  }
  const host = facts.header('host');
  if (host === undefined || !isAllowedHost(host, rule)) {
    return {
      status: 403,
      message: `the studio was asked for as ${JSON.stringify(shortened(host ?? ''))}, which is not one of its names`,
      hint: 'open the address that the terminal printed; behind a reverse proxy, name it with --allow-host',
    };
  }
  const origin = facts.header('origin');
  if (origin !== undefined && !isSameOrigin(origin, host))
    return foreign(`the origin ${JSON.stringify(shortened(origin))}`);
  const site = facts.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isNavigation(facts)) {
    return foreign('another site');
  }
  return null;
}

/**
 * Whether a request that writes comes from the studio's own pages: they send JSON, and browsers say where they come from.
 */
export function writeRefusalOf({ header }: RequestFacts): Refusal | null {
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return { status: 400, message: 'a change must be sent as application/json', hint: null };
  }
  if (header('origin') === undefined && header('sec-fetch-site') !== 'same-origin') {
    return { status: 403, message: 'a change must say where it comes from', hint: 'send the header Origin' };
  }
  return null;
}

/** Whether a Host header names this studio. */
export function isAllowedHost(header: string, rule: HostRule): boolean {
  const match = /^(\[[0-9a-f:.]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?$/i.exec(header);
  if (match === null) return false;
  const name = match[1]!.toLowerCase();
  if (rule.proxied.has(name)) return true;
  const port = match[2] === undefined ? 80 : Number(match[2]);
  if (port !== rule.port) return false;
  return rule.names.has(name) || (rule.addresses && /^(?:\[.*\]|\d{1,3}(?:\.\d{1,3}){3})$/.test(name));
}

function isSameOrigin(origin: string, host: string): boolean {
  const said = origin.toLowerCase();
  const own = host.toLowerCase();
  return said === `http://${own}` || said === `https://${own}`;
}

/** A link that a person followed: it shows a page, and gives nothing to the page that it stood on. */
function isNavigation({ method, target, header }: RequestFacts): boolean {
  return (
    method === 'GET' &&
    header('sec-fetch-mode') === 'navigate' &&
    header('sec-fetch-dest') === 'document' &&
    !isAnswer(target)
  );
}

/** Whether a path leads to answers, however its letters are spelled. */
function isAnswer(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  return /^\/api(?:\/|$)/i.test(decodeURIComponent(path));
}

/** Paths are segments of printable characters; none climbs, and none hides a separator. */
function isPlainPath(target: string): boolean {
  const [path = ''] = target.split('?', 1);
  if (!path.startsWith('/') || path.startsWith('//')) return false;
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return false;
  }
  if (/[\\\p{Cc}]|%2f|%5c|%2e|%00/iu.test(decoded) || /%2f|%5c|%00/i.test(path)) return false;
  return decoded.split('/').every((part) => part !== '..' && part !== '.');
}

function foreign(from: string): Refusal {
  return {
    status: 403,
    message: `a request from ${from} is refused`,
    hint: 'use the pages of the studio itself',
  };
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
