/** How many terminal cells a text takes, and cutting and padding by cells. */

// East Asian Wide and Fullwidth blocks of Unicode (UAX 11), merged; unassigned code points inside a block count as wide.
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];
const ZERO = /^(?:\p{Mn}|\p{Me}|\u200c|\u200d|[\u1160-\u11ff])$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

function isWide(code: number): boolean {
  return WIDE.some(([from, to]) => code >= from && code <= to);
}

/**
 * Terminal cells of a text without control characters: combining marks 0, East Asian wide characters and emoji 2, else 1.
 *
 * @example cellWidth('日本') // 4
 * @example cellWidth('e\u0301') // 1
 */
export function cellWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x300) width += 1;
    else if (ZERO.test(character)) continue;
    else width += isWide(code) || EMOJI.test(character) ? 2 : 1;
  }
  return width;
}

/** The longest beginning of at most `width` cells. */
export function takeStart(text: string, width: number): string {
  let taken = '';
  let used = 0;
  for (const character of text) {
    used += cellWidth(character);
    if (used > width) break;
    taken += character;
  }
  return taken;
}

/** The longest end of at most `width` cells. */
export function takeEnd(text: string, width: number): string {
  const characters = [...text];
  let used = 0;
  let from = characters.length;
  while (from > 0) {
    used += cellWidth(characters[from - 1]!);
    if (used > width) break;
    from -= 1;
  }
  // A combining mark needs its base character.
  while (from < characters.length && cellWidth(characters[from]!) === 0) from += 1;
  return characters.slice(from).join('');
}

/** Filled with blanks to exactly `width` cells; longer texts stay as they are. */
export function pad(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - cellWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** Cut at the end to at most `width` cells, with the mark as last character where anything was cut. */
export function cutEnd(text: string, width: number, mark: string): string {
  return cellWidth(text) <= width ? text : takeStart(text, Math.max(0, width - cellWidth(mark))) + mark;
}

/**
 * Names cut in the middle to at most `width` cells. Different names stay different: where two cuts would read the same,
 * four hexadecimal digits of the name's hash stand in the middle.
 *
 * @example cutNames(['customer_support_refund'], 12, '…') // ['custom…efund']
 */
export function cutNames(names: readonly string[], width: number, mark: string): readonly string[] {
  const plain = names.map((name) => cutMiddle(name, width, mark));
  const owner = new Map<string, string | null>();
  for (const [index, cut] of plain.entries()) {
    const other = owner.get(cut);
    owner.set(cut, other === undefined || other === names[index] ? names[index]! : null);
  }
  return plain.map((cut, index) =>
    owner.get(cut) === null && cut !== names[index]
      ? cutMiddle(names[index]!, width, `${mark}${hash4(names[index]!)}${mark}`)
      : cut,
  );
}

function cutMiddle(text: string, width: number, mark: string): string {
  if (cellWidth(text) <= width) return text;
  const room = Math.max(0, width - cellWidth(mark));
  const start = takeStart(text, Math.ceil(room / 2));
  return start + mark + takeEnd(text, room - cellWidth(start));
}

// FNV-1a, folded to 16 bits: the same name always gets the same digits.
function hash4(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return ((hash ^ (hash >>> 16)) & 0xffff).toString(16).padStart(4, '0');
}
