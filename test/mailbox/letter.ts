/** A letter as others might write it, to the inbox of Eastdale. */

/** Its bytes. @param file the name of a file that comes with it */
export function letter({
  from = '"Adult safeguarding team, Northmoor Council" <adult-safeguarding@northmoor.concordat.invalid>',
  text,
  html,
  file,
  type = 'application/pdf',
}: {
  readonly from?: string;
  readonly text?: string;
  readonly html?: string;
  readonly file?: string;
  readonly type?: string;
}): string {
  const base64 = (words: string) => Buffer.from(words).toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  const encodedFrom = from.replace(
    /"([^"]*)"/,
    (_, name) => `=?UTF-8?B?${Buffer.from(String(name)).toString('base64')}?=`,
  );
  const shown = (kind: string, words: string) =>
    `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(words)}`;
  const bodies = [
    ...(text === undefined ? [] : [shown('plain', text)]),
    ...(html === undefined ? [] : [shown('html', html)]),
  ];
  const files =
    file === undefined
      ? []
      : [
          `Content-Type: ${type}\r\nContent-Disposition: attachment; filename="${file}"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==`,
        ];
  return [
    `From: ${encodedFrom}`,
    'To: <discharge-desk@eastdale.concordat.invalid>',
    `Subject: ${html !== undefined && text === undefined ? 'Hostile' : 'About Mrs Example'}`,
    'Date: Mon, 23 Nov 2026 09:30:00 +0000',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="outer"',
    '',
    '--outer',
    'Content-Type: multipart/alternative; boundary="inner"',
    '',
    ...bodies.flatMap((each) => ['--inner', each]),
    '--inner--',
    ...files.flatMap((each) => ['--outer', each]),
    '--outer--',
    '',
  ].join('\r\n');
}
