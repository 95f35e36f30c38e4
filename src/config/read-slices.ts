/** Reads `slices`: a column name, or a map with one cut and rules. */

import { ConfigError } from '../errors.ts';
import { parseExpression } from '../slices/index.ts';
import { nearestHint } from './nearest-name.ts';
import { fieldName, originalKey, type Path } from './path.ts';
import { type Reading, report, reportRepeats, textsAt } from './reading.ts';
import type { RawSlice, RawText } from './schema.ts';
import { plainSlice, sliceName } from './slice-name.ts';
import type { SliceConfig, SliceRules } from './types.ts';

const CUTS = ['column', 'cross', 'where', 'bins', 'length', 'time'] as const;

/** One entry; null where it cannot be read, with the problem reported. */
export function readSlice(reading: Reading, raw: RawSlice | RawText, path: Path): SliceConfig | null {
  if (typeof raw !== 'object') return plainSlice({ kind: 'column', column: reading.source.text(path) });
  const cut = readCut(reading, raw, path);
  if (cut === null) return null;
  reportMisplaced(reading, raw, cut, path);
  const only = raw.only === undefined ? null : textsAt(reading, raw.only, [...path, 'only']);
  const ignore = textsAt(reading, raw.ignore, [...path, 'ignore']);
  reportRepeats(reading, only ?? [], [...path, 'only']);
  reportRepeats(reading, ignore, [...path, 'ignore']);
  const values = readValues(reading, raw, path, only);
  return {
    ...readRules(reading, raw, path),
    gate: raw.gate ?? true,
    values,
    only,
    ignore,
    families: readFamilies(reading, raw, path),
    cut,
    ...(raw.foundOn === undefined ? {} : { foundOn: reading.source.text([...path, 'foundOn']) }),
  };
}

/** Reports every slice that would have the id of an earlier one. */
export function reportRepeatedSlices(
  reading: Reading,
  slices: readonly (SliceConfig | null)[],
  path: Path,
): void {
  const names = slices.map((slice) => (slice === null ? null : sliceName(slice.cut)));
  names.forEach((name, index) => {
    const first = names.indexOf(name);
    if (name !== null && first < index) {
      report(
        reading,
        [...path, index],
        `is called ${JSON.stringify(name)}, as is ${fieldName([...path, first])}`,
      );
    }
  });
}

function readRules(reading: Reading, raw: RawRules, path: Path): SliceRules {
  return {
    ...(raw.owner === undefined ? {} : { owner: reading.source.text([...path, 'owner']) }),
    ...(raw.critical === undefined ? {} : { critical: raw.critical }),
    ...(raw.floor === undefined ? {} : { floor: raw.floor }),
    ...(raw.margin === undefined ? {} : { margin: raw.margin }),
  };
}

type RawRules = Pick<RawSlice, 'owner' | 'critical' | 'floor' | 'margin'>;

function readValues(
  reading: Reading,
  raw: RawSlice,
  path: Path,
  only: readonly string[] | null,
): ReadonlyMap<string, SliceRules> {
  const values = new Map<string, SliceRules>();
  for (const [key, rules] of Object.entries(raw.values ?? {})) {
    const value = originalKey(key);
    const at = [...path, 'values', key];
    if (only !== null && !only.includes(value))
      report(reading, at, 'is not listed in only', nearestHint(value, only));
    values.set(value, readRules(reading, rules, at));
  }
  return values;
}

function readFamilies(
  reading: Reading,
  raw: RawSlice,
  path: Path,
): ReadonlyMap<string, string> | string | null {
  if (raw.families !== undefined && raw.familyColumn !== undefined) {
    report(reading, [...path, 'familyColumn'], 'and families are both given, must be one');
  }
  if (raw.familyColumn !== undefined) return reading.source.text([...path, 'familyColumn']);
  if (raw.families === undefined) return null;
  const familyOf = new Map<string, string>();
  for (const [key, members] of Object.entries(raw.families)) {
    const family = originalKey(key);
    textsAt(reading, members, [...path, 'families', key]).forEach((value, index) => {
      const other = familyOf.get(value);
      if (other !== undefined) {
        report(
          reading,
          [...path, 'families', key, index],
          `is ${JSON.stringify(value)}, which is in family ${JSON.stringify(other)} already`,
        );
      }
      familyOf.set(value, family);
    });
  }
  return familyOf;
}

function readCut(reading: Reading, raw: RawSlice, path: Path): SliceConfig['cut'] | null {
  const present = CUTS.filter((cut) => raw[cut] !== undefined);
  if (present.length !== 1) {
    const what =
      present.length === 0 ? 'says nothing to cut by' : `has ${present.join(' and ')}, must be one`;
    report(reading, path, what, `write one of ${CUTS.map((cut) => `${cut}: ...`).join(', ')}`);
    return null;
  }
  const cut = present[0] as (typeof CUTS)[number];
  const at = [...path, cut];
  const column = () => reading.source.text([...at, 'column']);
  switch (cut) {
    case 'column':
      return { kind: 'column', column: reading.source.text(at) };
    case 'cross': {
      const columns = textsAt(reading, raw.cross, at);
      reportRepeats(reading, columns, at);
      return { kind: 'cross', columns };
    }
    case 'where':
      return readWhere(reading, raw, path);
    case 'bins': {
      const edges = raw.bins?.edges ?? [];
      reportEdges(reading, edges, [...at, 'edges']);
      return { kind: 'bins', column: column(), of: 'number', edges };
    }
    case 'length': {
      const edges = raw.length?.edges ?? [];
      reportEdges(reading, edges, [...at, 'edges']);
      return { kind: 'bins', column: column(), of: raw.length?.unit ?? 'characters', edges };
    }
    case 'time':
      return { kind: 'time', column: column(), by: raw.time?.by ?? 'hour' };
  }
}

function readWhere(reading: Reading, raw: RawSlice, path: Path): SliceConfig['cut'] | null {
  const text = raw.where as string;
  const at = [...path, 'where'];
  try {
    const where = parseExpression(text, reading.source.whereIn(at));
    if (raw.name === undefined) {
      report(reading, path, 'has a predicate without a name', 'add name: TEXT, which reports will show');
      return null;
    }
    return { kind: 'where', name: reading.source.text([...path, 'name']), text, where };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    reading.problems.push(...error.problems);
    return null;
  }
}

function reportEdges(reading: Reading, edges: readonly number[], path: Path): void {
  edges.forEach((edge, index) => {
    const before = edges[index - 1];
    if (before !== undefined && edge <= before) {
      report(reading, [...path, index], `is ${edge}, must be above the edge before it (${before})`);
    }
  });
}

/** Keys that mean nothing for the kind of cut. */
function reportMisplaced(reading: Reading, raw: RawSlice, cut: SliceConfig['cut'], path: Path): void {
  if (cut.kind !== 'where' && raw.name !== undefined) {
    report(reading, [...path, 'name'], 'belongs to where only; other slices are named by what they cut');
  }
  const misplaced =
    cut.kind === 'where' ? (['only', 'ignore', 'families', 'familyColumn', 'values'] as const) : [];
  for (const key of misplaced) {
    if (raw[key] !== undefined)
      report(reading, [...path, key], 'does not belong to where, which makes one slice');
  }
  if (cut.kind !== 'where' && raw.foundOn !== undefined)
    report(reading, [...path, 'foundOn'], 'belongs to where only, which discover writes');
}
