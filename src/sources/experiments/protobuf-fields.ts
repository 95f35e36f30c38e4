/** Reads the fields of one protobuf message without its schema: number, wire type and raw value. */

/** One field: a whole number, eight or four bytes as a number, or bytes. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/**
 * The fields of a message in order; whole numbers above 2^53 lose their last digits.
 *
 * @throws RangeError where the bytes are no message
 * @source Protocol Buffers, Encoding
 */
export function protobufFields(bytes: Uint8Array): readonly ProtobufField[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields: ProtobufField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = view.getUint8(at);
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RangeError('a number is longer than ten bytes');
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const number = key >>> 3;
    switch (key & 7) {
      case 0:
        fields.push({ number, value: Number(BigInt.asIntN(64, varint())) });
        break;
      case 1:
        fields.push({ number, value: view.getFloat64(at, true) });
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        if (length > bytes.length - at) throw new RangeError('a field is longer than its message');
        fields.push({ number, value: bytes.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5:
        fields.push({ number, value: view.getFloat32(at, true) });
        at += 4;
        break;
      default:
        throw new RangeError(`wire type ${key & 7} is not known`);
    }
  }
  return fields;
}
