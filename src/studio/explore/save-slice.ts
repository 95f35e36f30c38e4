/** Writes what was selected into slicewise.yaml, as `discover --adopt` does; it gates from the next data on. */

import { addFoundSlices } from '../../config/index.ts';
import { derivedDimension } from '../../derived/index.ts';
import { UsageError } from '../../errors.ts';
import { formatExpression, parseExpression } from '../../slices/index.ts';
import { adoptingFile, checkAdopted, foundSlice } from '../../studies/index.ts';
import { isBlank, isPlainLine } from '../../text/index.ts';
import type { SavedSlice, SliceToSave } from '../contract/explore.ts';
import { editFile } from '../edit-file.ts';
import type { StudioSession } from '../session.ts';

/**
 * Adds the slice to the configuration; every other line stays as it is, comments included.
 *
 * @throws UsageError or ConfigError, with everything that is in the way; nothing is written then
 */
export async function saveSlice(slice: SliceToSave, session: StudioSession): Promise<SavedSlice> {
  const { request, release, ports } = session;
  const file = adoptingFile(request.config, 'saving a slice');
  const where = parseExpression(slice.predicate);
  const known = release.profile.columns.map(({ name }) => name);
  checkAdopted(where, known, (column) => derivedDimension(column) !== null);
  const name = slice.name.trim();
  if (isBlank(name) || !isPlainLine(name)) {
    throw new UsageError({
      message: 'the name is empty or has characters that steer a terminal or turn the reading direction',
      hint: 'give it one line of plain text',
    });
  }
  const foundOn = await session.once('explore:fingerprint', () =>
    session.inTurn(({ comparison }) => comparison.engine.fingerprint('candidate')),
  );
  const predicate = formatExpression(where);
  const wanted = foundSlice(
    { name, where: predicate, foundOn },
    `saved from the studio (${slice.seenIn})`,
    ports.now(),
  );
  let written = name;
  let isKnown = false;
  await editFile(
    file,
    async (text) => {
      const edited = await addFoundSlices(file, text, [wanted]);
      isKnown = edited.added.length === 0;
      written = edited.added[0]?.name ?? name;
      return edited.text;
    },
    { cwd: ports.cwd },
  );
  const statement = isKnown
    ? `${file} has a slice with this predicate already: nothing was written`
    : `${file} has the slice now. These very results suggested it, so they cannot prove it: it is shown for them, and gates from the next data on.`;
  return { name: written, predicate, file, known: isKnown, statement };
}
