/** Finds what JSON cannot carry: a number that is not finite would silently read as missing. */

/**
 * The first such place in a value, such as `.rows[3].rate is NaN`; null where all is well. Properties that are undefined are left
 * out by JSON and are fine.
 *
 * @example notJson({ rate: Number.NaN }) // '.rate is NaN'
 */
export function notJson(value: unknown, path = ''): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${path} is ${value}`;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value !== 'object') return `${path} is ${typeof value}`;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i += 1) {
      const fault = notJson(value[i], `${path}[${i}]`);
      if (fault !== null) return fault;
    }
    return null;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `${path} is no plain object`;
  for (const key of Object.keys(value)) {
    const own = (value as Record<string, unknown>)[key];
    const fault = own === undefined ? null : notJson(own, `${path}.${key}`);
    if (fault !== null) return fault;
  }
  return null;
}
