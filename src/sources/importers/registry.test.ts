import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../test/shared-folder.ts';
import { chooseImporter } from './choose-importer.ts';
import { IMPORTER_NAMES, type ImporterName, type ImportFile } from './importer.ts';
import { IMPORTERS, importerOf, possibleImporters } from './registry.ts';

function fileOf(head: string, label = 'r.json'): ImportFile {
  const source = {
    label,
    path: null,
    size: head.length,
    async *open() {
      yield Buffer.from(head);
    },
  };
  return { source, compression: 'none', kind: 'text', head, isWhole: true };
}

const LM_EVAL = '{"doc_id":0,"doc":{},"target":"a","resps":[["a"]],"filtered_resps":["a"],"filter":"none"}\n';
const DEEPEVAL = '{"testCases":[],"metricsScores":[]}';

describe('the registry', () => {
  test.each(IMPORTER_NAMES)('%s has an importer of its name', async (name) => {
    const importer = await importerOf(name);
    expect([importer.name, importer.label]).toEqual([name, IMPORTERS[name].label]);
  });

  test.each([
    ['{"id":"a","passed":true}\n{"id":"b","passed":false}\n'],
    ['id,passed,segment\na,1,x\n'],
    ['[{"case_id":"a","output":"x","score":0.5}]'],
    // Rows that slicewise import writes are rows.
    [
      '{"run":"r","case_id":"a","trial":"1","passed":true,"tags":{"a":"b"},"scores":{"match":true},"model":"m"}\n',
    ],
  ])('loads nothing for plain rows: %s', (head) => {
    expect(possibleImporters(fileOf(head))).toEqual([]);
  });
});

describe.skipIf(sharedPath('importers') === null)('real files', () => {
  const root = sharedPath('importers')!;
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.jsonl?$/.test(name) && !name.includes('.members'),
  );

  test.each(files)(
    '%s is recognised by exactly its tool, which the cheap look lets through',
    async (name) => {
      const file = fileOf(readFileSync(join(root, name), 'utf8').slice(0, 1 << 18), name);
      const recognised: ImporterName[] = [];
      for (const importerName of IMPORTER_NAMES) {
        const importer = await importerOf(importerName);
        if (await importer.recognises(file)) recognised.push(importerName);
      }
      expect(recognised).toEqual([name.split('/')[0]!.replace('-traces', '')]);
      expect(possibleImporters(file)).toContain(IMPORTERS[recognised[0]!]);
    },
  );
});

describe('choosing', () => {
  test('takes the tool that recognises all files, and none for rows', async () => {
    const choice = await chooseImporter([fileOf(LM_EVAL)], null, new Set());
    expect(choice?.importer.name).toBe('lm-eval');
    expect(await chooseImporter([fileOf('id,passed\na,1\n')], null, new Set())).toBeNull();
  });

  test('believes --from without looking', async () => {
    const choice = await chooseImporter([fileOf('{}')], 'helm', new Set());
    expect(choice?.importer.name).toBe('helm');
  });

  test('leaves out strange files of a folder and refuses them where they are named', async () => {
    const files = [fileOf(LM_EVAL, 'out/samples.jsonl'), fileOf('{"a":1}', 'out/notes.json')];
    const choice = await chooseImporter(files, null, new Set(['out/samples.jsonl', 'out/notes.json']));
    expect(choice?.files.map(({ source }) => source.label)).toEqual(['out/samples.jsonl']);
    expect(choice?.leftOut).toEqual(['out/notes.json']);
    await expect(chooseImporter(files, null, new Set())).rejects.toThrow(
      'out/samples.jsonl is a file of lm-evaluation-harness, and "out/notes.json" is not',
    );
  });

  test('refuses files of different tools', async () => {
    await expect(
      chooseImporter([fileOf(LM_EVAL, 'a.jsonl'), fileOf(DEEPEVAL, 'b.json')], null, new Set()),
    ).rejects.toThrow('the files are of different tools: a.jsonl (lm-evaluation-harness), b.json (DeepEval)');
  });
});
