/** Slices and families are added to a file without touching the rest of it. */

import { describe, expect, test } from 'vitest';
import { parseExpression } from '../slices/index.ts';
import { isPlainText } from '../text/index.ts';
import { addFoundSlices, type FoundSlice, setFamilies, slicesFoundIn } from './edit-slices.ts';
import { loadConfig } from './load-config.ts';

const FILE = `# our gate
slices: # gated
  # tasks come first
  - column: task
policy:
  margin: 0.03 # agreed in May
`;

const found = (fields: Partial<FoundSlice> = {}): FoundSlice => ({
  name: 'plan=free',
  where: "plan == 'free'",
  foundOn: '0123456789012345678901234567890e',
  comment: 'found by slicewise discover on 2026-01-02',
  ...fields,
});

describe('found slices', () => {
  test('are appended with their comment, and all other comments stay', async () => {
    const { text, added } = await addFoundSlices('f.yaml', FILE, [found()]);
    expect(added).toHaveLength(1);
    for (const comment of [
      '# our gate',
      '# gated',
      '# tasks come first',
      '# agreed in May',
      '# found by slicewise discover on 2026-01-02',
    ]) {
      expect(text).toContain(comment);
    }
    const config = await loadConfig('f.yaml', text);
    expect(config.slices[1]).toMatchObject({
      cut: { kind: 'where', name: 'plan=free' },
      foundOn: found().foundOn,
      gate: true,
    });
    expect(slicesFoundIn(config, found().foundOn)).toEqual(['plan=free']);
    expect(slicesFoundIn(config, 'other')).toEqual([]);
  });

  test.each(['evil\u202etxt', 'nul\u0000', 'a\u2028b\u009b\u007f', '\u2066x: #'])(
    'spell %j by escapes, and keep what it is',
    async (value) => {
      const slice = found({ name: `plan=${value}`, where: `plan == '${value}'` });
      const { text } = await addFoundSlices('f.yaml', FILE, [slice]);
      expect(isPlainText(text)).toBe(true);
      const { cut } = (await loadConfig('f.yaml', text)).slices[1]!;
      expect(cut).toMatchObject({ kind: 'where', name: slice.name, where: parseExpression(slice.where) });
      const families = await setFamilies('f.yaml', FILE, 'task', { [value]: [value, 'b'] });
      expect(isPlainText(families)).toBe(true);
      expect((await loadConfig('f.yaml', families)).slices[0]!.families).toEqual(
        new Map([
          [value, value],
          ['b', value],
        ]),
      );
      expect((await addFoundSlices('f.yaml', text, [slice])).added).toEqual([]);
    },
  );

  test('are added once, whatever they are called', async () => {
    const { text } = await addFoundSlices('f.yaml', FILE, [found()]);
    const again = await addFoundSlices('f.yaml', text, [found({ name: 'other' })]);
    expect(again).toMatchObject({ text, added: [], known: [{ name: 'other' }] });
  });

  test('get a free name', async () => {
    const { added } = await addFoundSlices('f.yaml', FILE, [found(), found({ where: "plan == 'pro'" })]);
    expect(added.map(({ name }) => name)).toEqual(['plan=free', 'plan=free (2)']);
  });

  test.each(['', 'slices:\n', 'slices: [task]\n', 'policy: { margin: 0.1 }\n'])(
    'fit into %j',
    async (text) => {
      const { text: edited } = await addFoundSlices('f.yaml', text, [
        found({ where: "a == '=\"x\\n#'", name: '- "x": #' }),
      ]);
      const config = await loadConfig('f.yaml', edited);
      expect(config.slices.at(-1)!.cut).toMatchObject({ name: '- "x": #', text: "a == '=\"x\\n#'" });
    },
  );

  test('are refused where the file has errors', async () => {
    await expect(addFoundSlices('f.yaml', 'slices: [\n', [found()])).rejects.toThrow();
    await expect(addFoundSlices('f.yaml', 'nonsense: 1\n', [found()])).rejects.toThrow('nonsense');
  });
});

describe('families', () => {
  test('are put into the entry of their column, or a new one', async () => {
    const families = { 'money-invoice': ['acme', 'globex: "x"'], law: ['b'] };
    for (const text of ['slices:\n  - column: customer # theirs\n', 'slices: [customer]\n', '']) {
      const edited = await setFamilies('f.yaml', text, 'customer', families);
      const { slices } = await loadConfig('f.yaml', edited);
      expect(slices).toHaveLength(1);
      expect(slices[0]!.families).toEqual(
        new Map([
          ['acme', 'money-invoice'],
          ['globex: "x"', 'money-invoice'],
          ['b', 'law'],
        ]),
      );
    }
  });

  test('are never overwritten', async () => {
    const text = await setFamilies('f.yaml', '', 'customer', { a: ['x'] });
    await expect(setFamilies('f.yaml', text, 'customer', { b: ['y'] })).rejects.toThrow('families already');
  });
});
