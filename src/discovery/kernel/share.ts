/** Typed arrays in memory that threads share, so that none of them holds a copy. */

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
  const copy = shareable(kindOf(numbers), numbers.length);
  copy.set(numbers as never);
  return copy;
}

/** Makes numbers of one kind that stand in given memory. */
interface Kind<Values> {
  readonly BYTES_PER_ELEMENT: number;
  new (memory: ArrayBufferLike): Values;
}

/** The kind of some numbers, to make others of it. */
export function kindOf<Values extends Numbers>(numbers: Values): Kind<Values> {
  return numbers.constructor as unknown as Kind<Values>;
}

/** Zeros in memory that `shared` need not copy; in plain memory where nothing can be shared. */
export function shareable<Values extends Numbers>(kind: Kind<Values>, length: number): Values {
  const Memory = globalThis.SharedArrayBuffer ?? ArrayBuffer;
  return new kind(new Memory(length * kind.BYTES_PER_ELEMENT));
}
