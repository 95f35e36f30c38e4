export { logOddsDirichlet, type WordUse } from './log-odds.ts';
