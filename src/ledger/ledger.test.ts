import { ledgerContract } from './ledger.contract.ts';
import { openLedger } from './ledger.ts';
import { workContract } from './work.contract.ts';

ledgerContract('SQLite', openLedger);
workContract('SQLite', openLedger);
