/** Inspect logs that are `.eval` archives: a ZIP file with one member per sample. */

import { foundText, type ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';
import { list, record, scalarText } from '../json-access.ts';
import { openZip, type ZipArchive } from '../zip/index.ts';
import { openArchive, readMember } from './archive-members.ts';
import type { InspectLog, RawSample } from './inspect-log.ts';
import { allReductions } from './reductions.ts';

/** Members that make an archive an Inspect log. */
const HEADER = 'header.json';
const STARTED = '_journal/start.json';
/** The same in logs of autumn 2024, which have their results apart. */
const OLD_STARTED = 'start.json';
const OLD_RESULTS = 'results.json';

const REDUCTIONS = 'reductions.json';
const SUMMARIES = ['summaries.json', 'summary.json'];
const JOURNAL = /^(?:_journal\/)?summaries\/\d+\.json$/;
/** Members that are samples. */
export const SAMPLE = /^samples\/[\s\S]*_epoch_\d+\.json$/;
/** A sample in pieces, of format version 3. */
const SAMPLE_IN_PIECES = /_epoch_\d+\/sample\.json$/;

/** Whether an archive is an Inspect log. Never throws: what cannot be opened is one if it is called so. */
export async function isInspectArchive(file: ImportFile): Promise<boolean> {
  try {
    const zip = await openZip(file.source);
    const isLog = [HEADER, STARTED, OLD_STARTED].some((name) => zip.has(name));
    zip.close();
    return isLog;
  } catch {
    return /\.eval$/i.test(file.source.label);
  }
}

/** Reads the header of an archive; null, with the reason in the log of problems, where it has none. */
export async function archiveLog(file: ImportFile, log: ProblemLog): Promise<InspectLog | null> {
  const before = log.count();
  const zip = await openArchive(file, log);
  if (zip === null) return null;
  const header = record(readMember(zip, HEADER, log)) ?? {
    ...record(readMember(zip, STARTED, log) ?? readMember(zip, OLD_STARTED, log)),
    ...record(readMember(zip, OLD_RESULTS, log)),
  };
  zip.close();
  if (record(header.eval) === null) {
    if (log.count() === before) {
      log.add({
        message: `the archive has no ${HEADER} that says what was run`,
        hint: 'the file may be cut off; copy it again',
        where: { file: file.source.label },
      });
    }
    return null;
  }
  const isFinished = header.status !== undefined;
  return {
    file,
    header: isFinished ? header : { ...header, status: 'started' },
    isFinished,
    replaced: zip.replaced.filter((name) => SAMPLE.test(name)),
    samples: () => archiveSamples(file, log),
    async *reductions() {
      const open = await openArchive(file, log);
      if (open === null) return;
      const reductions = readMember(open, REDUCTIONS, log);
      open.close();
      yield* allReductions(reductions);
    },
  };
}

async function* archiveSamples(file: ImportFile, log: ProblemLog): AsyncGenerator<RawSample> {
  const zip = await openArchive(file, log);
  if (zip === null) return;
  try {
    const left = summarised(zip, log);
    let ordinal = 0;
    for (const { name } of zip.members) {
      if (SAMPLE_IN_PIECES.test(name)) {
        log.add({
          message: `the sample ${foundText(name)} is stored in pieces (format version 3), which is not read`,
          hint: 'convert the log to format version 2 with inspect log convert',
          where: { file: zip.label },
        });
      }
      if (!SAMPLE.test(name)) continue;
      ordinal += 1;
      left.delete(name);
      const value = readMember(zip, name, log);
      if (value !== undefined) yield { value, line: ordinal, file: `${zip.label}/${name}` };
    }
    for (const name of left) {
      if (zip.has(name.replace(/\.json$/, '/sample.json'))) continue;
      log.add({
        message: `the archive has no member ${foundText(name)}, although its summary of samples lists it`,
        hint: 'the archive may be damaged; copy it again',
        where: { file: zip.label },
      });
    }
  } finally {
    zip.close();
  }
}

/** Names of the members of all samples that the archive's own summaries list. */
function summarised(zip: ZipArchive, log: ProblemLog): Set<string> {
  const whole = SUMMARIES.filter((name) => zip.has(name));
  const names =
    whole.length > 0 ? whole : zip.members.map(({ name }) => name).filter((name) => JOURNAL.test(name));
  const found = new Set<string>();
  for (const name of names) {
    for (const summary of list(readMember(zip, name, log)) ?? []) {
      const fields = record(summary);
      const id = scalarText(fields?.id);
      if (id !== null) found.add(`samples/${id}_epoch_${scalarText(fields?.epoch) ?? '1'}.json`);
    }
  }
  return found;
}
