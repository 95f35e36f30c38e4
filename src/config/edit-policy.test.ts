import { expect, test } from 'vitest';
import { setPolicy } from './edit-policy.ts';
import { loadConfig } from './load-config.ts';

const FILE = `# mine
slices:
  - segment # the customers
  - name: long
    where: length(input) > 8
policy:
  margin: 0.05 # five points
`;

test('numbers and critical slices are written where they stand, and comments stay', async () => {
  const written = await setPolicy('x.yaml', FILE, {
    policy: { margin: 0.03, minCases: 30 },
    critical: [
      { slice: 'segment', value: 'refund_flow', critical: true },
      { slice: 'long', value: 'long', critical: true },
    ],
  });
  expect(written).toBe(`# mine
slices:
  # the customers
  - column: segment
    values:
      refund_flow:
        critical: true
  - name: long
    where: length(input) > 8
    critical: true
policy:
  margin: 0.03 # five points
  minCases: 30
`);
});

test('what the file says already is not written, not even in another style', async () => {
  const text = 'policy: {margin:   0.05}\n';
  const same = await setPolicy('x.yaml', text, {
    policy: { margin: 0.05, blockBudget: 0.05 },
    critical: [{ slice: 'segment', value: 'a', critical: false }],
  });
  expect(same).toBe(text);
});

test('values with the look of numbers or of YAML keep their spelling', async () => {
  const values = ['12', 'a: b', 'yes', '- x', '<script>', 'ü\n'];
  const written = await setPolicy('x.yaml', '', {
    policy: {},
    critical: values.map((value) => ({ slice: 'customer', value, critical: true })),
  });
  const { slices } = await loadConfig('x.yaml', written);
  expect(slices.map(({ cut }) => cut)).toEqual([{ kind: 'column', column: 'customer' }]);
  expect([...slices[0]!.values.keys()]).toEqual(values);
});

test('a critical family is written under the entry whose families it is one of', async () => {
  const written = await setPolicy('x.yaml', 'slices:\n  - { column: lang, families: { west: [fr, it] } }\n', {
    policy: {},
    critical: [{ slice: 'lang (families)', value: 'west', critical: true }],
  });
  const { slices } = await loadConfig('x.yaml', written);
  expect(slices).toHaveLength(1);
  expect(slices[0]!.values.get('west')).toEqual({ critical: true });
  const ofColumn = await setPolicy('x.yaml', 'slices:\n  - { column: lang, familyColumn: team }\n', {
    policy: {},
    critical: [{ slice: 'team', value: 'west', critical: true }],
  });
  expect((await loadConfig('x.yaml', ofColumn)).slices).toHaveLength(1);
});

test('a file that names its slices gets no entry beside them, which would gate more than was tried', async () => {
  const change = { policy: {}, critical: [{ slice: 'region', value: 'x', critical: true }] };
  await expect(setPolicy('x.yaml', FILE, change)).rejects.toThrow('no entry under slices is called "region"');
});

test('rules that contradict each other are refused with the place, and the text is not made', async () => {
  await expect(
    setPolicy('x.yaml', 'policy:\n  reviewBudget: 0.1\n', { policy: { blockBudget: 0.2 }, critical: [] }),
  ).rejects.toThrow('reviewBudget is 0.1, must be at least blockBudget (0.2)');
});
