/** Names of two runs, taken apart so that what tells them apart stays in sight. */

/** A name: its folder with the last slash, and the rest. */
export interface NameParts {
  readonly folder: string;
  readonly file: string;
}

/** Longest file name in the head; the whole stands in its title. */
const MOST = 80;

/**
 * Two columns of one file are that file once, then the columns.
 *
 * @example nameParts('runs/a.csv: old', 'runs/a.csv: new') // baseline { folder: 'runs/', file: 'a.csv: old' }, candidate { folder: '', file: 'new' }
 */
export function nameParts(
  baseline: string | null,
  candidate: string,
): { readonly baseline: NameParts; readonly candidate: NameParts } {
  const file = /^(.*: )[^/:]+$/.exec(candidate)?.[1];
  const isSame =
    file !== undefined && baseline !== null && baseline !== candidate && baseline.startsWith(file);
  return {
    baseline: partsOf(baseline ?? ''),
    candidate: isSame ? { folder: '', file: cut(candidate.slice(file.length)) } : partsOf(candidate),
  };
}

function partsOf(name: string): NameParts {
  const at = name.lastIndexOf('/') + 1;
  return { folder: name.slice(0, at), file: cut(name.slice(at)) };
}

function cut(name: string): string {
  const characters = [...name];
  return characters.length <= MOST ? name : `${characters.slice(0, MOST - 1).join('')}…`;
}
