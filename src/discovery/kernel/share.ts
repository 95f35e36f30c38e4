/** Puts the typed arrays of plain data into memory that threads share, so that none of them holds a copy. */

type Numbers = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** The same data; every typed array in it is backed by a SharedArrayBuffer. */
export function shared<Data>(data: Data): Data {
  return share(data) as Data;
}

function share(data: unknown): unknown {
  if (ArrayBuffer.isView(data)) return shareNumbers(data as Numbers);
  if (Array.isArray(data)) return data.map(share);
  if (data === null || typeof data !== 'object') return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, share(value)]));
}

function shareNumbers(numbers: Numbers): Numbers {
  if (numbers.buffer instanceof SharedArrayBuffer) return numbers;
  const memory = new SharedArrayBuffer(numbers.byteLength);
  const copy = new (numbers.constructor as new (memory: SharedArrayBuffer) => Numbers)(memory);
  copy.set(numbers as never);
  return copy;
}
