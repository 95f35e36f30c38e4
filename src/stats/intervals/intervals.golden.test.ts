import { testGolden } from '../../../test/golden.ts';
import {
  agrestiCaffoInterval,
  agrestiCoullInterval,
  agrestiMinInterval,
  bonettPriceInterval,
  clopperPearsonInterval,
  clopperPearsonMidPInterval,
  jeffreysInterval,
  meeInterval,
  miettinenNurminenInterval,
  newcombePairedInterval,
  newcombeUnpairedInterval,
  type PairedInterval,
  type ProportionInterval,
  tangoInterval,
  type UnpairedInterval,
  waldInterval,
  waldPairedInterval,
  waldUnpairedInterval,
  wilsonCcInterval,
  wilsonInterval,
} from './index.ts';

const PROPORTION: Readonly<Record<string, ProportionInterval>> = {
  wilson: wilsonInterval,
  clopper_pearson: clopperPearsonInterval,
  jeffreys: jeffreysInterval,
  agresti_coull: agrestiCoullInterval,
  wald: waldInterval,
  wilson_cc: wilsonCcInterval,
  clopper_pearson_midp: clopperPearsonMidPInterval,
};

testGolden('proportion_ci', ({ input }) =>
  PROPORTION[input.method]!(input.successes, input.n, input.confidence),
);

const PAIRED: Readonly<Record<string, PairedInterval>> = {
  tango: tangoInterval,
  newcombe10: newcombePairedInterval,
  bonett_price: bonettPriceInterval,
  agresti_min: agrestiMinInterval,
  wald: waldPairedInterval,
};

testGolden('paired_diff_ci', ({ input }) =>
  PAIRED[input.method]!(
    { both: input.both, candidateOnly: input.candOnly, baselineOnly: input.baseOnly, neither: input.neither },
    input.confidence,
  ),
);

const UNPAIRED: Readonly<Record<string, UnpairedInterval>> = {
  miettinen_nurminen: miettinenNurminenInterval,
  mee: meeInterval,
  newcombe: newcombeUnpairedInterval,
  agresti_caffo: agrestiCaffoInterval,
  wald: waldUnpairedInterval,
};

testGolden('unpaired_diff_ci', ({ input }) =>
  UNPAIRED[input.method]!(
    {
      candidatePasses: input.x1,
      candidateCases: input.n1,
      baselinePasses: input.x2,
      baselineCases: input.n2,
    },
    input.confidence,
  ),
);
