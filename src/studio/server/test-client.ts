/** Talks to a studio as clients do that are no browser: headers and paths exactly as given. */

import { request as httpRequest } from 'node:http';

/** What came back. */
export interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface ClientRequest {
  readonly port: number;
  /** Sent as it stands. */
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request; a connection that is cut rejects. */
export function send({
  port,
  path,
  method = 'GET',
  headers = {},
  body,
}: ClientRequest): Promise<ClientAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { ...headers }, setHost: headers.host === undefined },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
