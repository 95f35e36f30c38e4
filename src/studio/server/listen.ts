/** Starts the studio: listens at once, and reads the comparison meanwhile. */

import { createAdaptorServer } from '@hono/node-server';
import { EngineError } from '../../errors.ts';
import type { GateRequest } from '../../pipeline.ts';
import type { Ports } from '../../stages/index.ts';
import { distFolder } from '../dist-folder.ts';
import { type Access, createDoorkeeper } from './access.ts';
import { createApp } from './app.ts';
import { readFrontEnd } from './front-end.ts';
import { LIMITS } from './limits.ts';
import { startOpening } from './opening.ts';
import { type HostRule, LOOPBACK_NAMES } from './refusal.ts';

/** How a studio is served. */
export interface StudioOptions {
  /** Address to listen at; `127.0.0.1` unless others may look. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly access: Access;
  /** Names that a reverse proxy hands through. */
  readonly allowedHosts: readonly string[];
  /** Hears why the comparison could not be opened, and every fault of the program. */
  readonly complain: (text: string) => void;
  /** Folder of the built front end; that of this package unless told. */
  readonly webFolder?: string;
}

/** A studio that listens. */
export interface Studio {
  /** Such as `http://127.0.0.1:4321`. */
  readonly origin: string;
  readonly port: number;
  /** Resolves when the comparison was read, or could not be. */
  settled(): Promise<void>;
  /** Ends every connection, then the session. */
  close(): Promise<void>;
}

/**
 * Serves one comparison.
 *
 * @throws EngineError where nothing can listen at this address
 */
export async function startStudio(
  request: GateRequest,
  ports: Ports,
  options: StudioOptions,
): Promise<Studio> {
  const nowMs = () => ports.now().getTime();
  let port = options.port;
  const cookieName = () => `slicewise-${port}`;
  const front = await readFrontEnd(options.webFolder ?? `${distFolder()}/web`);
  const complain = (error: unknown) =>
    options.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const opening = startOpening(request, ports, (problems) => problems.forEach(options.complain));
  const app = createApp({
    ...{ front, opening, cookieName, nowMs, complain },
    door: createDoorkeeper(options.access, cookieName),
    hosts: () => hostRule(options, port),
  });
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: options.host,
    overrideGlobalObjects: false,
    serverOptions: {
      maxHeaderSize: LIMITS.headers,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 30_000,
    },
  });
  server.on('clientError', (_, socket) => {
    if ('writable' in socket && socket.writable)
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, resolve);
    });
  } catch (cause) {
    await opening.close();
    throw cannotListen(cause, options);
  }
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : options.port;
  const shown = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    origin: `http://${shown}:${port}`,
    port,
    settled: () => opening.settled(),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await opening.close();
    },
  };
}

function hostRule({ host, access, allowedHosts }: StudioOptions, port: number): HostRule {
  const name = (host.includes(':') ? `[${host}]` : host).toLowerCase();
  return {
    port,
    names: new Set([...LOOPBACK_NAMES, name]),
    proxied: new Set(allowedHosts.map((one) => one.toLowerCase())),
    addresses: access.kind === 'password' && !LOOPBACK_NAMES.includes(name),
  };
}

function cannotListen(cause: unknown, { host, port }: StudioOptions): EngineError {
  const { code } = cause as NodeJS.ErrnoException;
  const why: Readonly<Record<string, readonly [string, string]>> = {
    EADDRINUSE: [`port ${port} of ${host} is in use`, 'leave --port away, and a free one is taken'],
    EACCES: [`port ${port} of ${host} is not for everybody`, 'take a port above 1023'],
    EADDRNOTAVAIL: [
      `${host} is no address of this machine`,
      '--host 127.0.0.1, or 0.0.0.0 for every address',
    ],
    ENOTFOUND: [`${host} is no name of this machine`, '--host 127.0.0.1, or 0.0.0.0 for every address'],
  };
  const [message, hint] = why[code ?? ''] ?? [
    `nothing can listen at ${host}:${port} (${code ?? cause})`,
    'try another --port',
  ];
  return new EngineError({ message, hint }, { cause });
}
