/** A picture with its name, its numbers behind it, and ways to take it elsewhere. */

import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useId, useRef, useState } from 'react';
import { copyOrSave } from './clipboard.ts';
import { type FigureTable, tableCsv, tableMarkdown } from './figure-table.ts';
import { HostileText } from './HostileText.tsx';
import { pictureOf, pngOf } from './picture.ts';

export interface FigureProps {
  /** What it shows, in words that stand alone. */
  readonly title: string;
  /** One or two sentences: how to read it, what is n, which intervals. */
  readonly caption?: ReactNode;
  /** Every number that is drawn. Built when asked for. */
  readonly table: () => FigureTable;
  /** The picture: an `<svg>` inside. Height is the picture's own: reserve it. */
  readonly children: ReactNode;
  readonly tools?: ReactNode;
}

const ROWS_SHOWN = 500;

/** The picture can be copied as PNG, SVG, CSV and Markdown, and its table can be shown in its place. */
export function Figure({ title, caption, table, children, tools }: FigureProps) {
  const id = useId();
  const picture = useRef<HTMLDivElement>(null);
  const [asTable, setAsTable] = useState(false);
  const [done, setDone] = useState('');
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-').toLowerCase();
  const copy = async (kind: (typeof KINDS)[number]) => {
    setDone(
      `${(await copyAs(kind, picture.current, table, name)) === 'copied' ? 'Copied' : 'Saved'} as ${kind}`,
    );
  };
  return (
    <figure className="figure" aria-labelledby={id}>
      <div className="figure-head">
        <figcaption id={id} className="figure-title">
          {title}
        </figcaption>
        <div className="toolbar">
          {tools}
          <span className="figure-done" role="status">
            {done}
          </span>
          <button
            type="button"
            className="button quiet"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            Table
          </button>
          {/* Not modal: a modal menu hides the page from screen readers, and leaves its buttons focusable. */}
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger className="button quiet" aria-label={`Copy ${title}`}>
              Copy ▾
            </DropdownMenu.Trigger>
            <DropdownMenu.Portal>
              <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
                {KINDS.map((kind) => (
                  <DropdownMenu.Item
                    key={kind}
                    className="menu-item"
                    disabled={asTable && (kind === 'PNG' || kind === 'SVG')}
                    onSelect={() => void copy(kind)}
                  >
                    {kind}
                  </DropdownMenu.Item>
                ))}
              </DropdownMenu.Content>
            </DropdownMenu.Portal>
          </DropdownMenu.Root>
        </div>
      </div>
      {asTable ? <NumbersBehind title={title} table={table()} /> : <div ref={picture}>{children}</div>}
      {caption === undefined ? null : <p className="figure-caption">{caption}</p>}
    </figure>
  );
}

const KINDS = ['PNG', 'SVG', 'CSV', 'Markdown'] as const;

async function copyAs(
  kind: (typeof KINDS)[number],
  picture: HTMLElement | null,
  table: () => FigureTable,
  name: string,
): Promise<'copied' | 'saved'> {
  const text = (content: string, type: string, ending: string) =>
    copyOrSave(new Blob([content], { type }), `${name}.${ending}`);
  if (kind === 'CSV') return text(tableCsv(table()), 'text/plain', 'csv');
  if (kind === 'Markdown') return text(tableMarkdown(table()), 'text/plain', 'md');
  const svg = pictureOf(picture);
  if (kind === 'SVG') return text(svg.source, 'image/svg+xml', 'svg');
  return copyOrSave(await pngOf(svg), `${name}.png`);
}

function NumbersBehind({ title, table }: { readonly title: string; readonly table: FigureTable }) {
  const left = table.rows.length - ROWS_SHOWN;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="figure-table" tabIndex={0} aria-label={`${title}, as a table`}>
      <table className="plain-table">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                <HostileText text={column} most={200} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, ROWS_SHOWN).map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={table.columns[j]} className={typeof cell === 'number' ? 'number' : undefined}>
                  {cell === null ? (
                    '–'
                  ) : typeof cell === 'number' ? (
                    cell
                  ) : (
                    <HostileText text={cell} most={200} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 ? <p className="muted">{left} more rows are in the CSV.</p> : null}
    </section>
  );
}
