/** Reads bodies up to a size. */

/** Bytes that are thrown away so that a client hears why; whoever sends more is cut off. */
const MOST_THROWN_AWAY = 16 * 1024 * 1024;

/** The body of a request as text; null where it is larger than `limit` bytes, whatever its headers say. */
export async function readBody(request: Request, limit: number): Promise<string | null> {
  if (request.body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body) {
    size += part.byteLength;
    if (size <= limit) parts.push(part);
    if (size > limit + MOST_THROWN_AWAY) break;
  }
  return size > limit ? null : Buffer.concat(parts).toString('utf8');
}
