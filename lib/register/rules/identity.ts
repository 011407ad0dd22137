/** Rules on who is who: ids, accounts, official codes and mailboxes. */
import { overlap } from '../calendar';
import type { Diagnostic } from '../diagnostic';
import { at, type Draft, type Sourced, whereIs } from '../draft';
import type { Organisation } from '../schema/organisation';
import type { Path, YamlSource } from '../yaml-source';

const CODES: Readonly<Record<Organisation['identifiers'][number]['scheme'], string>> = {
  gss: 'the GSS code',
  ods: 'the ODS code',
  'companies-house': 'the Companies House number',
  charity: 'the charity number',
  govuk: 'the GOV.UK address',
};

/**
 * An id is a separate handle: an official code, or a full name that says what kind of body it is, would change when the
 * organisation does. A name of one or two words, such as `ofsted` or `home-office`, is what people call it whatever becomes
 * of it, and is as good a handle as any.
 */
export function idsAreHandles(draft: Draft): Diagnostic[] {
  return [...draft.organisations.values()].flatMap(({ value, source }) => {
    const { id, name, identifiers } = value;
    const code = identifiers.find((each) => each.scheme !== 'govuk' && each.value.toLowerCase() === id);
    const what = code
      ? `${CODES[code.scheme]} of the organisation`
      : /^[ewsnk]\d{8}$/.test(id)
        ? 'a GSS code'
        : slug(name) === id && id.split('-').length > 2
          ? 'the name of the organisation'
          : undefined;
    if (what === undefined) return [];
    return [
      at(source, ['id'], {
        code: 'id-is-code',
        message: `\`id\` is ${what}, which may change; an id never does`,
        found: id,
        allowed: 'a short handle that will outlast names and codes',
        fix: 'choose a short handle of one or two words, such as leeds for Leeds City Council or home-office, and keep codes in `identifiers`',
      }),
    ];
  });
}

/** Each account belongs to one organisation or to the operator, and principals and keys are in their own account. */
export function accountsAreDistinct(draft: Draft): Diagnostic[] {
  const holders = new Map<string, { readonly holder: string; readonly where: () => string }>();
  const diagnostics: Diagnostic[] = [];
  const claim = (account: string, holder: string, source: YamlSource, path: Path) => {
    const first = holders.get(account);
    if (first === undefined) {
      holders.set(account, { holder, where: () => whereIs(source, path) });
      return;
    }
    diagnostics.push(
      at(source, path, {
        code: 'duplicate-value',
        message: `account ${account} is already that of ${first.holder} (${first.where()})`,
        found: account,
        fix: 'give each organisation an account of its own',
      }),
    );
  };
  if (draft.zone) {
    const { value, source } = draft.zone;
    claim(value.accounts.management, 'the management account', source, ['accounts', 'management']);
    claim(value.accounts.zone, 'the zone', source, ['accounts', 'zone']);
  }
  for (const { value, source } of draft.organisations.values()) {
    const arns = arnsOf(value).map(({ arn }) => arn);
    const elsewhere = arns.length > 1 ? accountOfEvery(arns) : undefined;
    // An account that none of its own roles and keys is in is told as that.
    if (elsewhere === undefined || elsewhere === value.account)
      claim(value.account, value.id, source, ['account']);
  }
  return diagnostics;
}

/** Roles and keys that an organisation names lie in its own account, and its key in the zone’s Region. */
export function principalsAreOwn(draft: Draft): Diagnostic[] {
  const region = draft.zone?.value.region;
  return [...draft.organisations.values()].flatMap(({ value, source }) => {
    const arns = arnsOf(value).map(({ arn, path }) => {
      const [, , , arnRegion, account] = arn.split(':');
      return { arn, path, arnRegion, account };
    });
    const elsewhere = accountOfEvery(arns.map((each) => each.arn));
    if (arns.length > 1 && elsewhere !== undefined && elsewhere !== value.account) {
      return [
        at(source, ['account'], {
          code: 'wrong-account',
          message: `the account is ${value.account}, but every role and key of ${value.id} is in ${elsewhere}`,
          found: value.account,
          fix: `write "${elsewhere}" if that is its account; otherwise correct the ARNs`,
        }),
      ];
    }
    return arns.flatMap(({ arn, path, arnRegion, account }) => {
      if (account !== value.account) {
        return [
          at(source, path, {
            code: 'wrong-account',
            message: `this ARN is in account ${account}, but ${value.id} has account ${value.account}`,
            found: arn,
            allowed: `an ARN in account ${value.account}`,
            fix: 'name a role or key of the organisation’s own account',
          }),
        ];
      }
      if (arnRegion === '' || region === undefined || arnRegion === region) return [];
      return [
        at(source, path, {
          code: 'wrong-region',
          message: `this key is in ${arnRegion}, but the zone is in ${region}`,
          found: arn,
          allowed: `a key in ${region}`,
          fix: 'name a key in the zone’s Region',
        }),
      ];
    });
  });
}

/** Those who may stop for everybody are the operator’s own, in the zone’s account. */
export function stoppersAreTheOperators({ zone }: Draft): Diagnostic[] {
  if (zone === undefined) return [];
  const { accounts, mayStopAll = [] } = zone.value;
  return mayStopAll.flatMap((arn, index) =>
    arn.split(':')[4] === accounts.zone
      ? []
      : [
          at(zone.source, ['mayStopAll', index], {
            code: 'wrong-account',
            message: 'this role may stop what every owner shares, but it is not in the zone’s account',
            found: arn,
            allowed: `a role in account ${accounts.zone}`,
            fix: 'name a role of the zone’s own account',
          }),
        ],
  );
}

/** Who administers the key cannot decrypt with it: so no such role deposits, which uses the key, or collects. */
export function administratorsAreApart(draft: Draft): Diagnostic[] {
  return [...draft.organisations.values()].flatMap(({ value, source }) => {
    if (value.membership === 'external') return [];
    const administrators: ReadonlySet<string> = new Set(value.custody.administrators);
    return (['mayDeposit', 'mayCollect'] as const).flatMap((list) =>
      value[list].flatMap((arn, index) =>
        administrators.has(arn)
          ? [
              at(source, [list, index], {
                code: 'duties-apart',
                message: 'this role administers the key, so it may neither deposit nor collect',
                found: arn,
                fix: 'name another role here, held by other people than the administrators of the key',
              }),
            ]
          : [],
      ),
    );
  });
}

/** The one account in which all ARNs lie, if there is one. */
function accountOfEvery(arns: readonly string[]): string | undefined {
  const [account, ...others] = new Set(arns.map((arn) => arn.split(':')[4]));
  return others.length === 0 ? account : undefined;
}

/** The one account in which every ARN of a file lies, faulty as the file may be otherwise; undefined if there is none. */
export function accountOfArns(value: unknown): string | undefined {
  const accounts = new Set(JSON.stringify(value).match(/(?<="arn:aws:(?:iam:|kms:[a-z0-9-]+):)\d{12}(?=:)/g));
  const [account] = accounts;
  return accounts.size === 1 ? account : undefined;
}

function arnsOf(organisation: Organisation): { arn: string; path: Path }[] {
  const list = (arns: readonly string[], ...path: Path) =>
    arns.map((arn, index) => ({ arn, path: [...path, index] }));
  const found = list(organisation.mayCollect, 'mayCollect');
  if (organisation.membership === 'external') return found;
  const { custody, mayDeposit, mayStop = [], mayLift = [] } = organisation;
  found.push(
    ...list(mayDeposit, 'mayDeposit'),
    ...list(mayStop, 'mayStop'),
    ...list(mayLift, 'mayLift'),
    ...list(custody.administrators, 'custody', 'administrators'),
  );
  if ('keyArn' in custody) found.push({ arn: custody.keyArn, path: ['custody', 'keyArn'] });
  return found;
}

/** An official code names one organisation at most on any day. */
export function codesAreDistinct(draft: Draft): Diagnostic[] {
  type Entry = {
    holder: Sourced<Organisation>;
    index: number;
    identifier: Organisation['identifiers'][number];
  };
  const seen = new Map<string, Entry[]>();
  const diagnostics: Diagnostic[] = [];
  for (const holder of draft.organisations.values()) {
    holder.value.identifiers.forEach((identifier, index) => {
      const key = `${identifier.scheme} ${identifier.value}`;
      const clash = seen.get(key)?.find((entry) => overlap(entry.identifier, identifier));
      seen.set(key, [...(seen.get(key) ?? []), { holder, index, identifier }]);
      if (clash === undefined) return;
      diagnostics.push(
        at(holder.source, ['identifiers', index, 'value'], {
          code: 'duplicate-value',
          message: `${key} is already an identifier of ${clash.holder.value.id} on the same days (${whereIs(clash.holder.source, ['identifiers', clash.index, 'value'])})`,
          found: identifier.value,
          fix: 'check the code, or give `until` to the one that ended',
        }),
      );
    });
  }
  return diagnostics;
}

/** Words that show a mailbox to be a team’s: the beginnings of long ones, and short ones in full. */
const TEAM =
  /(?:^|[._-])(?:access|admin|alert|assurance|benefit|breach|caldicott|complain|compliance|contact|council|cyber|data|desk|digital|enquir|freedom|govern|guardian|duty|help|inbox|incident|info|legal|office|operation|platform|privacy|protect|quer|record|referral|request|right|risk|safeguard|secur|service|sharing|support|team|transparency|(?:dpo|foi|ict|it|mail|sar|sars|share|siro|soc)(?=[._-]|$))/;

/** A mailbox outlives the person who reads it; `jane.smith@` does not. */
export function mailboxesAreTeams(draft: Draft): Diagnostic[] {
  const found: { address: string; source: YamlSource; path: Path }[] = [];
  if (draft.zone) {
    const { value, source } = draft.zone;
    found.push(
      { address: value.alertAddress, source, path: ['alertAddress'] },
      { address: value.baseline.budgetAddress, source, path: ['baseline', 'budgetAddress'] },
    );
  }
  for (const { value, source } of [...draft.organisations.values(), ...draft.agreements.values()]) {
    for (const [key, address] of Object.entries(value.contacts))
      found.push({ address, source, path: ['contacts', key] });
  }
  for (const { value, source } of draft.agreements.values())
    for (const [index, { notices }] of (value.correspondence?.inboxes ?? []).entries())
      found.push({ address: notices, source, path: ['correspondence', 'inboxes', index, 'notices'] });
  return found.flatMap(({ address, source, path }) => {
    if (!seemsPersonal(address)) return [];
    return [
      at(source, path, {
        code: 'person-mailbox',
        message: `${address} seems to be one person’s mailbox`,
        found: address,
        allowed: 'a mailbox that a team reads, such as data-protection@example.gov.uk',
        fix: 'give the team’s mailbox: people move, and the register must hold no personal data',
      }),
    ];
  });
}

/** Whether an address, in lower case, has the form of a person’s name and none of a team’s words. */
export function seemsPersonal(address: string): boolean {
  const local = address.split('@')[0] ?? '';
  return /^[a-z]+[._-][a-z]+\d*$/.test(local) && !TEAM.test(local);
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
