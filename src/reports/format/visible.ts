/** Makes characters that steer a display visible and harmless; every other character keeps its spelling. */

// Controls (C0, DEL, C1), line and paragraph separators, marks and isolates that reorder text, invisible joiners that
// have no use between letters, interlinear and tag characters, byte order mark, noncharacters, private "copy" tricks.
const STEERING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * The text with control characters, terminal escapes, line breaks, bidirectional controls and lone surrogates spelled out.
 *
 * @example visible('a\u001b[31mb\n') // 'a\\x1b[31mb\\n'
 */
export function visible(text: string): string {
  return text.replace(STEERING, spellOut);
}

/** Only terminal controls spelled out; tabs and line breaks stay, as in a CSV cell. */
export function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Cs}/gu, spellOut);
}

function spellOut(character: string): string {
  const short = SHORT[character];
  if (short !== undefined) return short;
  const hex = character.codePointAt(0)!.toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
