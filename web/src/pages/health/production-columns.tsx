/** Columns of a slice of production beside the eval set. */

import type { ProductionRow } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { EstimateText } from '../../ui/Measures.tsx';

const SIGNS: Readonly<Record<ProductionRow['state'], string>> = {
  absent: '■ ',
  'under floor': '◆ ',
  'cannot reach': '○ ',
  'not in production': '· ',
  covered: '✓ ',
};

export const PRODUCTION_COLUMNS: readonly Column<ProductionRow>[] = [
  {
    id: 'value',
    header: 'Slice',
    cell: ({ value }) => <HostileText text={value} most={80} />,
    width: 'minmax(9rem, 1fr)',
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => (
      <span className={state === 'absent' || state === 'under floor' ? 'loss' : ''}>
        {SIGNS[state]}
        {state}
      </span>
    ),
    width: '11.5rem',
  },
  {
    id: 'production',
    header: 'Share of production',
    cell: ({ productionShare }) => <EstimateText of={productionShare} />,
    width: 'minmax(13rem, 1fr)',
  },
  {
    id: 'cases',
    header: 'Cases',
    cell: ({ cases }) => countText(cases),
    align: 'right',
    width: '6rem',
  },
  {
    id: 'eval',
    header: 'Share of the eval set',
    cell: ({ evalShare }) => <EstimateText of={evalShare} />,
    width: 'minmax(13rem, 1fr)',
  },
];
