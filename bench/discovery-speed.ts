/**
 * `slicewise discover` as a whole process: from a file to named slices with their statistics. Beside it in the same run stands a
 * process that reads the same data and counts every slice in plain scans, without tests, halves or names.
 *
 *   npm run build && node bench/discovery-speed.ts [--rounds 5] [--only adult,flights]
 */

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sharedPath } from '../test/shared-folder.ts';
import { CLI, inTurn, machine, runOnce } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, only: { type: 'string', default: 'adult,flights' } },
});

const ADULT =
  'age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,sex,capital_gain,capital_loss,' +
  'hours_per_week,native_country';

/** What is searched: the file, the level, and how its columns are named. */
const SEARCHES = {
  adult: {
    ...{ title: 'Adult, 48,842 cases x 14 columns, CSV, level 3', level: '3' },
    file: () => sharedPath('data', 'adult', 'cases.csv.gz'),
    flags: ['--map', 'passed=pass_after', '--include', ADULT],
  },
  flights: {
    ...{ title: 'flights-2001, 1,522,083 cases x 6 columns, Parquet, level 2', level: '2' },
    file: () => sharedPath('data', 'flights-2001', 'cases.parquet'),
    flags: [
      ...['--metric', 'mean:p_after', '--include', 'month,weekday,dep_hour,distance_band,origin,destination'],
    ],
  },
} as const;

const reference = fileURLToPath(new URL('./slice-search-run.ts', import.meta.url));

for (const name of flags.only.split(',') as (keyof typeof SEARCHES)[]) {
  const { title, level, file, flags: own } = SEARCHES[name];
  const path = file();
  if (path === null) {
    console.log(`${name}: the data is absent`);
    continue;
  }
  const command = [
    'discover',
    path,
    ...own,
    '--no-derived',
    '--no-config',
    '--mode',
    'worst',
    '--level',
    level,
  ];
  const { first, second, wallRatio, cpuRatio } = inTurn(
    () => runOnce([CLI, ...command], [0], 'Searched'),
    () => runOnce([reference, name, 'reference', level], [0], 'cpuMs'),
    Number(flags.rounds),
  );
  const row = { key: title, discover: first, plainCount: second, wallRatio, cpuRatio };
  console.log(JSON.stringify(row));
  keepResults('discovery-speed', { script: 'bench/discovery-speed.ts', machine: machine() }, [row]);
}
