/** Metrics of classes as texts and as maps. */

import { describe, expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';
import { hasBounds, isRate, metricId, parseMetric } from './metric-text.ts';

describe('a metric of classes', () => {
  test.each([
    ['recall:fraud', { of: 'recall', label: 'fraud', beta: 1 }, 'recall:fraud'],
    ['precision:a:b=c', { of: 'precision', label: 'a:b=c', beta: 1 }, 'precision:a:b=c'],
    ['specificity:0', { of: 'specificity', label: '0', beta: 1 }, 'specificity:0'],
    ['f1:fraud', { of: 'fScore', label: 'fraud', beta: 1 }, 'f1:fraud'],
    ['f0.5:fraud', { of: 'fScore', label: 'fraud', beta: 0.5 }, 'f0.5:fraud'],
    ['macroF1', { of: 'macroF1' }, 'macroF1'],
    ['balancedAccuracy', { of: 'macroRecall' }, 'macroRecall'],
    ['cost', { of: 'cost' }, 'cost'],
  ])('%s', (text, measure, id) => {
    const found = parseMetric(text);
    expect(found).toEqual({ kind: 'class', ...measure });
    if (!('problem' in found)) expect(metricId(found)).toBe(id);
  });

  test('needs a class, and recall that counts', () => {
    expect(parseMetric('recall')).toHaveProperty('problem');
    expect(parseMetric('recall:')).toHaveProperty('problem');
    expect(parseMetric('f0:fraud')).toEqual({ problem: 'weighs recall with 0, must be above 0' });
  });

  test('has bounds but for the cost, and is a rate but for correlation and kappa', () => {
    expect(hasBounds({ kind: 'class', of: 'cost' })).toBe(false);
    expect(hasBounds({ kind: 'class', of: 'mcc' })).toBe(true);
    expect(isRate({ kind: 'class', of: 'mcc' })).toBe(false);
    expect(isRate({ kind: 'class', of: 'macroF1' })).toBe(true);
  });
});

describe('in slicewise.yaml', () => {
  const metricsOf = async (lines: string) =>
    (await loadConfig('slicewise.yaml', `metrics:\n${lines}`)).metrics;

  test('maps name the class, as it is spelled', async () => {
    const metrics = await metricsOf(
      '  - { recall: 007, margin: 0.02, floor: 0.8 }\n  - { fScore: fraud, beta: 2 }\n  - macroF1\n  - { metric: kappa, gate: false }\n',
    );
    expect(metrics.map(({ id }) => id)).toEqual(['recall:007', 'f2:fraud', 'macroF1', 'kappa']);
    expect(metrics[0]).toMatchObject({ margin: 0.02, floor: 0.8, gate: true });
  });

  test.each([
    ['  - { recall: a, beta: 2 }\n', 'belongs to fScore only'],
    ['  - { recall: a, precision: a }\n', 'names recall and precision, must be one'],
    ['  - { recall: a, direction: lower }\n', 'is fixed for recall:a'],
    ['  - cost\n', 'has no natural bounds, so its margin must be given'],
    ['  - macrof1\n', 'did you mean "macroF1"?'],
    ['  - recall:a\n  - { recall: a }\n', 'measures recall:a, as does metrics[0]'],
  ])('%j is refused', async (lines, message) => {
    await expect(metricsOf(lines)).rejects.toThrow(message);
  });
});
