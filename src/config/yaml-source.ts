/** Reads YAML as plain data and remembers where every value stands and how it was spelled. */

import type { Document, LineCounter, Node } from 'yaml';
import { ConfigError, type Problem, type Where } from '../errors.ts';
import { escapeKey, fieldName, type Path } from './path.ts';
import { offsetInScalar } from './scalar-offset.ts';

/** Longest accepted file in UTF-16 units, most values, deepest nesting, most syntax errors shown: hostile files end in an error. */
const LIMITS = { length: 2_000_000, values: 200_000, depth: 40, faults: 20 } as const;

/** A YAML file as data with places. */
export interface YamlSource {
  readonly file: string;
  /** Maps, lists, texts, numbers, booleans and null; null for an empty file. Keys are escaped by `escapeKey`. */
  readonly value: unknown;
  /** How a scalar is spelled, so that `007`, `1.0` and `true` keep their spelling as names. */
  text(path: Path): string;
  /** Where the value stands, or the nearest parent that exists. */
  where(path: Path): Where;
  /** Where the key of the value stands. */
  whereKey(path: Path): Where;
  /** Where a character of a text stands, given its offset in the text. */
  whereIn(path: Path): (offset: number) => Where;
}

interface Place {
  readonly node: Node | null;
  readonly key: number | null;
  readonly at: number;
  readonly spelled: string;
}

/**
 * Parses one document of YAML 1.2 (core schema).
 *
 * @throws ConfigError with every syntax error
 */
export async function readYaml(file: string, text: string): Promise<YamlSource> {
  if (text.length > LIMITS.length) {
    throw new ConfigError({
      message: `the file has ${text.length} characters, at most ${LIMITS.length} are read`,
      where: { file },
    });
  }
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const reader = new Reader(yaml, file, document, lines);
  const faults = [...document.errors, ...document.warnings];
  // The parser reports its full stack once per open bracket.
  const full = faults.find(({ message }) => message.startsWith('Maximum call stack'));
  if (full !== undefined) {
    throw new ConfigError({ message: 'the file is nested too deeply', where: reader.at(full.pos[0]) });
  }
  if (faults.length > 0) {
    throw new ConfigError(
      faults.slice(0, LIMITS.faults).map((fault): Problem => {
        const isSeveral = fault.code === 'MULTIPLE_DOCS';
        const message = isSeveral ? 'the file holds several documents, must be one' : oneLine(fault.message);
        return { message, where: reader.at(fault.pos[0]) };
      }),
    );
  }
  const value = reader.read(document.contents as Node | null, [], null, 0);
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  const places = reader.places;
  const placeOf = (path: Path): Place | undefined => places.get(JSON.stringify(path));
  const where = (path: Path): Where => {
    for (let length = path.length; length >= 0; length--) {
      const place = placeOf(path.slice(0, length));
      if (place !== undefined) return { ...reader.at(place.at), field: fieldName(path) };
    }
    return { file, field: fieldName(path) };
  };
  return {
    file,
    value,
    text: (path) => placeOf(path)?.spelled ?? '',
    where,
    whereKey: (path) => {
      const key = placeOf(path)?.key ?? null;
      return key === null ? where(path) : { ...reader.at(key), field: fieldName(path) };
    },
    whereIn: (path) => (offset) => {
      const node = placeOf(path)?.node;
      if (!yaml.isScalar(node)) return where(path);
      return { ...reader.at(offsetInScalar(text, node, offset)), field: fieldName(path) };
    },
  };
}

class Reader {
  readonly places = new Map<string, Place>();
  readonly problems: Problem[] = [];
  readonly #yaml: typeof import('yaml');
  readonly #file: string;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  #count = 0;

  constructor(yaml: typeof import('yaml'), file: string, document: Document.Parsed, lines: LineCounter) {
    this.#yaml = yaml;
    this.#file = file;
    this.#document = document;
    this.#lines = lines;
  }

  at(offset: number): Where {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line, column: col };
  }

  read(written: Node | null, path: Path, key: number | null, depth: number): unknown {
    const at = written?.range?.[0] ?? key ?? 0;
    if (++this.#count > LIMITS.values || depth > LIMITS.depth) {
      if (this.problems.length === 0) {
        const what =
          depth > LIMITS.depth
            ? `is nested deeper than ${LIMITS.depth}`
            : `has more than ${LIMITS.values} values`;
        this.problems.push({ message: `the file ${what}, aliases included`, where: this.at(at) });
      }
      return null;
    }
    const node = this.#yaml.isAlias(written) ? (written.resolve(this.#document) ?? null) : written;
    if (this.#yaml.isAlias(written) && node === null) {
      this.problems.push({ message: `alias *${written.source} has no anchor before it`, where: this.at(at) });
    }
    const spelled = this.#yaml.isScalar(node) ? spelling(node) : '';
    this.places.set(JSON.stringify(path), { node: written, key, at, spelled });
    if (this.#yaml.isMap(node)) return this.#readMap(node.items, path, depth);
    if (this.#yaml.isSeq(node)) {
      return node.items.map((item, index) =>
        this.read(item as Node | null, [...path, index], null, depth + 1),
      );
    }
    return this.#yaml.isScalar(node) ? node.value : null;
  }

  #readMap(items: readonly { key: unknown; value: unknown }[], path: Path, depth: number): unknown {
    const map: Record<string, unknown> = {};
    for (const { key, value } of items) {
      const at = (key as Node).range?.[0] ?? 0;
      if (!this.#yaml.isScalar(key)) {
        this.problems.push({
          message: `${fieldName(path)}: a key is a list or a map, must be a text`,
          where: this.at(at),
        });
        continue;
      }
      const name = escapeKey(spelling(key));
      if (Object.hasOwn(map, name)) {
        this.problems.push({
          message: `${fieldName([...path, name])} stands here a second time`,
          where: this.at(at),
        });
        continue;
      }
      map[name] = this.read(value as Node | null, [...path, name], at, depth + 1);
    }
    return map;
  }
}

function spelling(scalar: { readonly value: unknown; readonly source?: string }): string {
  return typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value));
}

function oneLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
}
