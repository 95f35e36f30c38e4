/** The last value that a person stayed with: what is dragged or typed is asked for when the hand rests. */

import { useEffect, useState } from 'react';

/**
 * The value as it was when it last stayed the same for so long.
 *
 * @param value compared by its JSON, so that equal objects are one value
 * @param restMs milliseconds
 */
export function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), restMs);
    return () => clearTimeout(timer);
  }, [text, restMs]);
  return settled;
}
