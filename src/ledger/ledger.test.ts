import { ledgerContract } from './ledger.contract.ts';
import { openLedger } from './ledger.ts';

ledgerContract('SQLite', openLedger);
