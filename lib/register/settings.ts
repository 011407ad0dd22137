/** Reads the settings of a zone’s own folder, and holds them against the register that they name. */
import type { Diagnostic } from './diagnostic';
import { at } from './draft';
import { locate } from './explain/fault';
import { schemaFaults } from './explain/schema-issue';
import type { RegisterFile } from './folder';
import { type Settings, settingsSchema } from './schema/settings';
import { SETTINGS_FILE } from './settings-file';
import { YamlSource } from './yaml-source';

/** The settings, or everything that is wrong with the file. */
export type SettingsRead =
  | { readonly ok: true; readonly settings: Settings }
  | {
      readonly ok: false;
      readonly diagnostics: readonly Diagnostic[];
      readonly lines: ReadonlyMap<string, readonly string[]>;
    };

/**
 * Reads the file.
 * @param zone the text of `zone.yaml` in the register that settings name; undefined where it has none. What is wrong with that
 * file itself is for `loadRegister` to say
 */
export function readSettings(
  bytes: Uint8Array,
  zone: (register: string) => RegisterFile | undefined,
): SettingsRead {
  const source = new YamlSource(SETTINGS_FILE, bytes);
  const lines = new Map([[SETTINGS_FILE, source.lines]]);
  if (source.diagnostics.length > 0) return { ok: false, diagnostics: source.diagnostics, lines };
  const { faults, value: settings } = schemaFaults(settingsSchema, source.value, 'a zone’s folder');
  if (settings === undefined)
    return { ok: false, diagnostics: faults.map((fault) => locate(source, fault)), lines };
  const account = accountIn(zone(settings.register));
  if (account === undefined || account === settings.zone) return { ok: true, settings };
  const other = at(source, ['zone'], {
    code: 'wrong-account',
    message: `${settings.register}/zone.yaml is that of another zone, whose account is ${account}`,
    found: settings.zone,
    fix: `name the folder of this zone’s register, or, if that is the zone that is meant, write zone: "${account}"`,
  });
  return { ok: false, diagnostics: [other], lines };
}

function accountIn(file: RegisterFile | undefined): string | undefined {
  const value =
    file && (new YamlSource(file.path, file.bytes).value as { accounts?: { zone?: unknown } } | null);
  const account = value?.accounts?.zone;
  return typeof account === 'string' ? account : undefined;
}

/** The text of the file, with what it is for. @param zone the zone’s account */
export function settingsText({ zone, register, assembly, evidence, joining }: Settings): string {
  return `# What every command means that is typed in this folder or below it: this zone, by its account, and these folders.
zone: "${zone}"
register: ${register}
assembly: ${assembly}
evidence: ${evidence}
joining: ${joining}
`;
}
