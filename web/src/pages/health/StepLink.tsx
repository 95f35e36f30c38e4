/** Where the evidence behind a step is looked at. */

import { Link } from '@tanstack/react-router';
import type { DoctorStep } from '../../../../src/studio/contract/index.ts';
import { useSource } from '../../data/hooks.ts';

interface Place {
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
  readonly name: string;
}

const OVERLAP: Place = { to: '/health', search: { tab: 'overlap' }, name: 'See the pairs side by side' };
const PLAN: Place = { to: '/health', search: { tab: 'plan' }, name: 'See how many cases are needed' };
const COVERAGE: Place = { to: '/health', search: { tab: 'coverage' }, name: 'See the coverage' };

/** Pages by check. */
const PLACES: Readonly<Record<string, Place>> = {
  'split-overlap': OVERLAP,
  'few-shot-leakage': OVERLAP,
  'small-slices': PLAN,
  'configured-slices': COVERAGE,
  'nested-slices': COVERAGE,
  'shift-splits': COVERAGE,
  'trivial-baselines': { to: '/classes', search: { tab: 'baselines' }, name: 'See the baselines' },
  'proper-scores': { to: '/classes', search: { tab: 'calibration' }, name: 'See the calibration' },
  'cost-ranking': { to: '/classes', search: { tab: 'thresholds' }, name: 'See thresholds and costs' },
  'class-recall': { to: '/classes', search: {}, name: 'See every class' },
  'confusion-pairs': {
    to: '/classes',
    search: { tab: 'confusion', show: 'difference' },
    name: 'See the confusion matrix',
  },
  'wrong-dimension': { to: '/explore', search: {}, name: 'Explore the dimensions' },
};

export function StepLink({ step }: { readonly step: DoctorStep }) {
  const { hidden } = useSource();
  const place =
    step.check === 'slice-losses' && step.slice !== null
      ? { to: '/slices', search: { slice: step.slice }, name: 'See the slice' }
      : (PLACES[step.check] ?? null);
  if (place === null || step.state === 'cannot tell' || hidden.includes(place.to)) return null;
  return (
    <p>
      <Link to={place.to} search={place.search as never}>
        {place.name}
      </Link>
    </p>
  );
}
