/** What every request of a test transfer brings along, as the policies ask of it. */
import { GATE_RELEASED, GATE_TAG } from '../names';

/** The connection. */
export const TLS = {
  'aws:SecureTransport': 'true',
  's3:TlsVersion': '1.3',
  's3:authType': 'REST-HEADER',
} as const;

/** An object that scan and gate have let through. */
export const CLEAN: Readonly<Record<string, string>> = {
  's3:ExistingObjectTag/GuardDutyMalwareScanStatus': 'NO_THREATS_FOUND',
  [`s3:ExistingObjectTag/${GATE_TAG}`]: GATE_RELEASED,
};
