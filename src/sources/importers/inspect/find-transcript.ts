/** Finds the sample that a row was made of in Inspect's logs, without reading the samples around it. */

import type { ProblemLog } from '../../../cases/index.ts';
import { readable } from '../../byte-source.ts';
import { parseJsonValue } from '../../json-value.ts';
import { textBlocks } from '../../text-blocks.ts';
import type { ImportFile } from '../importer.ts';
import { scalarText } from '../json-access.ts';
import type { ResultPlace, Transcript } from '../transcript.ts';
import { openZip, type ZipArchive } from '../zip/index.ts';
import { SAMPLE } from './archive-log.ts';
import { namedLogs } from './named-logs.ts';
import { readTranscript } from './read-transcript.ts';
import { type SampleDocument, walkSample } from './sample-document.ts';

/**
 * The transcript of a row; null where the logs have no such sample.
 *
 * Of an archive one member is read, by random access. A JSON log is looked through up to the sample, whose other parts (events,
 * store) are passed over. Nothing is held but the messages.
 *
 * @throws DataError where the log or the sample is broken
 */
export async function findTranscript(
  files: readonly ImportFile[],
  place: ResultPlace,
  log: ProblemLog,
): Promise<Transcript | null> {
  const named = await namedLogs(files, log);
  const found = named.find(({ run }) => run.toWellFormed() === place.run);
  if (found === undefined) return null;
  const { file } = found.log;
  return file.kind === 'zip' ? ofArchive(file, place) : ofJson(file, place);
}

async function ofArchive(file: ImportFile, place: ResultPlace): Promise<Transcript | null> {
  const zip = await openZip(file.source);
  try {
    for (const name of likelyMembers(zip, place)) {
      const document = memberDocument(zip, name);
      if (await isSample(document, place)) return await readTranscript(document);
    }
    return null;
  } finally {
    zip.close();
  }
}

/** Members are called by id and epoch. Rows are made of what stands inside, so where a name lies the others of that epoch are tried. */
function* likelyMembers(zip: ZipArchive, { caseId, trial }: ResultPlace): Generator<string> {
  const end = `_epoch_${trial ?? 1}.json`;
  const likely = `samples/${caseId}${end}`;
  if (zip.has(likely)) yield likely;
  for (const { name } of zip.members) {
    if (name !== likely && name.endsWith(end) && SAMPLE.test(name)) yield name;
  }
}

function memberDocument(zip: ZipArchive, name: string): SampleDocument {
  const label = `${zip.label}/${name}`;
  return { label, path: '', blocks: () => textBlocks(zip.stream(name), label) };
}

async function ofJson(file: ImportFile, place: ResultPlace): Promise<Transcript | null> {
  const { source, compression } = file;
  const log: SampleDocument = {
    label: source.label,
    path: '',
    blocks: () => textBlocks(readable(source, compression), source.label),
  };
  const at = await indexOfSample(log, place);
  return at === null ? null : readTranscript({ ...log, path: `samples.${at}` });
}

/** Whether a document is the sample that is meant. */
async function isSample(document: SampleDocument, place: ResultPlace): Promise<boolean> {
  const facts = createMatcher(place);
  await walkSample(document, { elements: [], values: ['id', 'epoch'] }, ({ path, text }) => {
    facts.see(path, text);
    return !facts.isComplete();
  });
  return facts.isMeant();
}

/** The position of the sample in the log; null where it is not there. */
async function indexOfSample(log: SampleDocument, place: ResultPlace): Promise<number | null> {
  let at = -1;
  let facts = createMatcher(place);
  let found: number | null = null;
  await walkSample(
    log,
    { elements: [], values: ['samples.*.id', 'samples.*.epoch'] },
    ({ path, text }): boolean => {
      const [, index, field] = path.split('.');
      if (Number(index) !== at) {
        // The sample before ended without an epoch, which then is 1.
        if (facts.isMeant()) found = at;
        at = Number(index);
        facts = createMatcher(place);
      }
      facts.see(field!, text);
      if (found === null && facts.isComplete() && facts.isMeant()) found = at;
      return found === null;
    },
  );
  return found ?? (facts.isMeant() ? at : null);
}

/** Compares id and epoch of a sample with those of a row, in which texts have whole characters only. */
function createMatcher({ caseId, trial }: ResultPlace) {
  let id: string | null = null;
  let epoch: string | null = null;
  return {
    see(field: string, text: string): void {
      const value = scalarText(parseJsonValue(text, { nonFinite: true }))?.toWellFormed() ?? null;
      if (field === 'id') id = value;
      else epoch = value;
    },
    isComplete: (): boolean => id !== null && epoch !== null,
    isMeant: (): boolean => id === caseId && (epoch ?? '1') === (trial ?? '1'),
  };
}
