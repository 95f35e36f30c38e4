/** Breaks running text into lines by terminal cells. */

import { cellWidth, takeStart } from './width.ts';

/**
 * Lines of at most `width` cells: `first` opens the first line, every later line is indented by `indent` blanks.
 * Words longer than a line are broken.
 *
 * @example wrap('a bb ccc', { width: 6, first: '- ', indent: 2 }) // ['- a bb', '  ccc']
 */
export function wrap(
  text: string,
  options: { readonly width: number; readonly first: string; readonly indent: number },
): readonly string[] {
  const room = Math.max(10, options.width - options.indent);
  const lines: string[] = [];
  let line = '';
  const flush = (): void => {
    lines.push((lines.length === 0 ? options.first : ' '.repeat(options.indent)) + line);
    line = '';
  };
  for (let word of text.split(' ')) {
    if (line !== '' && cellWidth(line) + 1 + cellWidth(word) > room) flush();
    while (cellWidth(word) > room) {
      const head = takeStart(word, room - (line === '' ? 0 : cellWidth(line) + 1));
      line = line === '' ? head : `${line} ${head}`;
      word = word.slice(head.length);
      flush();
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '' || lines.length === 0) flush();
  return lines;
}
