/**
 * The flow for devices without a browser: a person types a code on another one, and this program asks until they have.
 * @see https://www.rfc-editor.org/rfc/rfc8628
 */
import {
  deviceAuthorizationRequest,
  deviceCodeGrantRequest,
  None,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import { refuse } from './refusals';
import { type IdToken, SCOPE, type Tokens, webAddress } from './tokens';

/** What a person types on another device. */
export interface DeviceCode {
  readonly address: string;
  readonly code: string;
  /** The same code for this program’s own questions; it is not shown. */
  readonly deviceCode: string;
  /** Seconds between two questions. */
  readonly interval: number;
  /** In milliseconds since 1970. */
  readonly ends: number;
}

/** Asks for a code that the person types on another device. @throws DeliveryRefused `no-device-flow`, and as `Tokens` says */
export async function deviceCode(tokens: Tokens): Promise<DeviceCode> {
  const { facts, server, client } = tokens;
  const { issuer } = facts;
  if (!hasDeviceFlow(tokens)) refuse({ refused: 'no-device-flow', issuer });
  const begun = await tokens.asked(async () =>
    processDeviceAuthorizationResponse(
      server,
      client,
      await deviceAuthorizationRequest(server, client, None(), { scope: SCOPE }, tokens.asking),
    ),
  );
  const address = webAddress(begun.verification_uri);
  if (address === undefined) refuse({ refused: 'provider-faulty', issuer, code: 'verification_uri' });
  return {
    address: address.href,
    code: begun.user_code,
    deviceCode: begun.device_code,
    interval: begun.interval ?? 5,
    ends: tokens.now + begun.expires_in * 1000,
  };
}

/** Asks whether the person has typed it. @returns the token, or how to go on */
export async function byDeviceCode(
  tokens: Tokens,
  { deviceCode: code }: DeviceCode,
): Promise<IdToken | 'pending' | 'slower'> {
  let waits: 'pending' | 'slower' | undefined;
  const token = await tokens.token(async () => {
    const { server, client } = tokens;
    const response = await deviceCodeGrantRequest(server, client, None(), code, tokens.asking);
    try {
      return await processDeviceCodeResponse(server, client, response);
    } catch (error) {
      const said = error instanceof ResponseBodyError ? error.error : undefined;
      if (said === 'authorization_pending') waits = 'pending';
      else if (said === 'slow_down') waits = 'slower';
      else throw error;
      return undefined;
    }
  });
  return waits ?? (token as IdToken);
}

/** Whether the provider has it. */
export function hasDeviceFlow({ server }: Pick<Tokens, 'server'>): boolean {
  return server.device_authorization_endpoint !== undefined;
}
