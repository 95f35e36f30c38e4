/** Signs that a text was read in the wrong encoding, or lost characters on its way. */

/** What Windows-1252 has at 0x80 to 0x9F; 0 where it has nothing. */
const WINDOWS_1252 =
  '\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178';

const BYTE_OF = new Map<number, number>();
for (let byte = 0x80; byte <= 0xff; byte++) BYTE_OF.set(byte, byte);
[...WINDOWS_1252].forEach((character, at) => {
  if (character !== '\0') BYTE_OF.set(character.charCodeAt(0), 0x80 + at);
});

const NOT_ASCII = /[^\0-\x7f]/;
const LOST = /\ufffd/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these controls are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000e-\u001f\u0080-\u009f]/;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * What is wrong with a text; null where nothing is. UTF-8 that was read as Latin-1 or Windows-1252 is known by runs of characters
 * whose bytes are whole UTF-8: `Ã©` is, `é` and `NÃO` are not.
 *
 * @example damageOf('cafÃ©') // 'UTF-8 read as Latin-1'
 */
export function damageOf(text: string): string | null {
  if (LOST.test(text)) return 'characters were lost (U+FFFD)';
  if (isMojibake(text)) return 'UTF-8 read as Latin-1';
  return CONTROLS.test(text) ? 'control characters' : null;
}

function isMojibake(text: string): boolean {
  if (!NOT_ASCII.test(text)) return false;
  let bytes: number[] = [];
  for (let at = 0; at <= text.length; at++) {
    const byte = at < text.length ? BYTE_OF.get(text.charCodeAt(at)) : undefined;
    if (byte !== undefined) {
      bytes.push(byte);
      continue;
    }
    if (bytes.length > 1 && isUtf8(bytes)) return true;
    bytes = [];
  }
  return false;
}

function isUtf8(bytes: readonly number[]): boolean {
  // A run that begins with a lead byte; more bytes than one character has may follow.
  if (bytes[0]! < 0xc2 || bytes[0]! > 0xf4) return false;
  try {
    UTF8.decode(Uint8Array.from(bytes));
    return true;
  } catch {
    return false;
  }
}
