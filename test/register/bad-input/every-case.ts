/** The tables of bad registers, put together. */
import { CONTRACT_RULES } from './contracts';
import { CORRESPONDENCE } from './correspondence';
import { FILES } from './files';
import { KEYS } from './keys';
import { PUBLIC_RECORD } from './public-record';
import {
  CONTRACTS,
  GUARDRAILS,
  IDENTITY,
  LAW,
  LEDGER_KEYS,
  REFERENCES,
  SEVERAL,
  SUCCESSION,
  TIMES,
} from './rules';
import { SEALED } from './sealed';
import { SIGN_IN } from './sign-in';
import { ACCOUNTS, DATES, FORMS, SHAPES, WORDS } from './values';
import { YAML } from './yaml';

const GROUPS = {
  FILES,
  YAML,
  KEYS,
  ACCOUNTS,
  DATES,
  WORDS,
  FORMS,
  SHAPES,
  REFERENCES,
  GUARDRAILS,
  IDENTITY,
  TIMES,
  LAW,
  CONTRACTS,
  CONTRACT_RULES,
  LEDGER_KEYS,
  SUCCESSION,
  SEALED,
  PUBLIC_RECORD,
  SIGN_IN,
  SEVERAL,
};
/** Every bad register that has a golden file, by the name of it. */
export const CASES = [...Object.values(GROUPS), CORRESPONDENCE].flatMap((group) => Object.entries(group));

/** Those that are the minimal register with a mistake in a file of it. */
export const CASES_OF_ITS_FILES = Object.values(GROUPS).flatMap((group) => Object.entries(group));
