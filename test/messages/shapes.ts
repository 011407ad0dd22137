/** Messages as mail programs write them, and what becomes of them in bad hands: drawn by a seed, the same each time. */
import { Random } from '../bench/random';

/** The forms that the great programs write, each by what is special in it. No text of anybody’s. */
export const SHAPES: Readonly<Record<string, string>> = {
  plain: `From: "Discharge hub" <discharge-hub@leeds.concordat.invalid>
To: adult-safeguarding@camden.concordat.invalid
Subject: One
Date: Mon, 05 Oct 2026 09:30:00 +0100
Message-ID: <1@leeds.invalid>

Dear team,
one line.
`,
  'text and HTML': `From: =?UTF-8?B?w4RyenRl?= <a@b.invalid>
Date: Mon, 5 Oct 2026 09:30:00 +0000
Subject: =?utf-8?Q?Caf=C3=A9?=
 =?utf-8?Q?_two?=
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="----=_Part_1_2.3"

------=_Part_1_2.3
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

caf=C3=A9 =
and more
------=_Part_1_2.3
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

<p>caf=C3=A9</p>
------=_Part_1_2.3--
`,
  'a file': `Received: from one by two; Mon, 5 Oct 2026 09:30:00 +0000
Received: from three by four; Mon, 5 Oct 2026 09:29:00 +0000
From: A <a@b.invalid>
Date: Mon, 5 Oct 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="_004_AB12CD_"
Content-Language: en-GB

This is a multi-part message in MIME format.
--_004_AB12CD_
Content-Type: multipart/alternative; boundary="_000_AB12CD_"

--_000_AB12CD_
Content-Type: text/plain; charset="us-ascii"
Content-Transfer-Encoding: 7bit

see the file
--_000_AB12CD_
Content-Type: text/html; charset="us-ascii"

<p>see the file</p><img src="cid:p1"><script>alert(1)</script>
--_000_AB12CD_--

--_004_AB12CD_
Content-Type: application/pdf; name="plan.pdf"
Content-Description: plan.pdf
Content-Disposition: attachment; filename="plan.pdf"; size=9;
 creation-date="Mon, 05 Oct 2026 09:30:00 GMT"
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--_004_AB12CD_--
`,
  'a name in another alphabet': `From: a@b.invalid
Date: Mon, 5 Oct 2026 09:30:00 +0000
Content-Type: multipart/mixed; boundary="Apple-Mail=_1"

--Apple-Mail=_1
Content-Disposition: attachment;
 filename*=utf-8''%E2%82%AC%20rates.csv
Content-Type: text/csv;
 x-unix-mode=0644;
 name*=utf-8''%E2%82%AC%20rates.csv
Content-Transfer-Encoding: base64

YSxiDQo=
--Apple-Mail=_1--
`,
  'a picture in its place': `From: a@b.invalid
Date: Mon, 5 Oct 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="rel"

--rel
Content-Type: text/html

<img src="cid:p1@x">
--rel
Content-Type: image/png
Content-ID: <p1@x>
Content-Disposition: inline; filename="p.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--rel--
`,
  forwarded: `From: a@b.invalid
Date: Mon, 5 Oct 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="fwd"

--fwd
Content-Type: text/plain

below
--fwd
Content-Type: message/rfc822
Content-Disposition: attachment

From: c@d.invalid
Date: Sun, 4 Oct 2026 09:30:00 +0000
Content-Type: multipart/mixed; boundary="inner"

--inner
Content-Type: text/plain

old
--inner
Content-Type: application/zip
Content-Transfer-Encoding: base64

UEsDBA==
--inner--

--fwd--
`,
  'a report of delivery': `From: postmaster@b.invalid
Date: Mon, 5 Oct 2026 09:30:00 +0000
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="dsn"

--dsn
Content-Type: text/plain

not delivered
--dsn
Content-Type: message/delivery-status

Reporting-MTA: dns; b.invalid

Final-Recipient: rfc822; c@d.invalid
Action: failed
--dsn
Content-Type: text/rfc822-headers

From: c@d.invalid
--dsn--
`,
  'an invitation': `From: a@b.invalid
Date: Mon, 5 Oct 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="cal"

--cal
Content-Type: text/plain

come
--cal
Content-Type: text/calendar; charset="utf-8"; method=REQUEST

BEGIN:VCALENDAR
END:VCALENDAR
--cal--
`,
  signed: `From: a@b.invalid
Date: Mon, 5 Oct 2026 09:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="sig"

--sig
Content-Type: text/plain

signed
--sig
Content-Type: application/pkcs7-signature; name="smime.p7s"
Content-Disposition: attachment; filename="smime.p7s"
Content-Transfer-Encoding: base64

MAAwAA==
--sig--
`,
};

/** A stream of numbers by a seed. */
function drawing(seed: number): (below: number) => number {
  const random = new Random(seed);
  return (below) => (random.next() * 2 ** 32) % below;
}

type Draw = ReturnType<typeof drawing>;
type Harm = (lines: string[], draw: Draw) => void;

const at = (lines: readonly string[], draw: Draw) => draw(lines.length);
const FIELDS = [
  'Content-Type: text/html',
  'Content-Type: application/octet-stream; name="a.exe"',
  'Content-Type: message/partial; number=1; total=2; id="x"',
  'Content-Type: message/external-body; access-type=URL; URL="http://a.invalid/"',
  'Content-Type: multipart/mixed; boundary="x',
  'Content-Type: multipart/digest; boundary=d',
  'Content-Type: text/plain; charset=utf-7; charset=utf-8',
  'Content-Transfer-Encoding: binary',
  'Content-Transfer-Encoding: base64',
  'Content-Transfer-Encoding: x-uuencode',
  'Content-Disposition: attachment; filename="a.pdf"; filename*=utf-8\'\'b.exe',
  'Content-Disposition: attachment; filename="\u202Efdp.exe"',
  'Content-Disposition: attachment; filename*0="a"; filename*1=".exe"',
  'From: "A <c@d.invalid>" <a@b.invalid>',
  'From: a@b.invalid, c@d.invalid',
  'From: (x) a@b.invalid',
  'Sender : e@f.invalid',
  'Subject: <script>alert(1)</script>',
  'Date: yesterday',
  'no colon here',
  ' folded to nothing',
  '\t',
  '',
  '--',
];

/** What is done to a message: each changes its lines. */
const HARMS: readonly Harm[] = [
  (lines, draw) => void lines.splice(at(lines, draw), 1),
  (lines, draw) => void lines.splice(at(lines, draw), 0, lines[at(lines, draw)] ?? ''),
  (lines, draw) => {
    const [one, other] = [at(lines, draw), at(lines, draw)];
    [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
  },
  (lines, draw) => void lines.splice(at(lines, draw)),
  (lines, draw) => void lines.splice(at(lines, draw), 0, FIELDS[draw(FIELDS.length)] ?? ''),
  (lines, draw) => {
    const line = at(lines, draw);
    const text = lines[line] ?? '';
    const place = draw(text.length + 1);
    const strange = ['\0', '\xff', '\r', ' ', '"', ';', ':', '=', '--', '\u202e'][draw(10)] ?? '';
    lines[line] = text.slice(0, place) + strange + text.slice(place + draw(2));
  },
  (lines, draw) => {
    const line = at(lines, draw);
    lines[line] = `${lines[line]}${['a', ' ', '; b="c"', '"', '('][draw(5)]?.repeat(1 + draw(3_000))}`;
  },
  (lines, draw) => {
    const boundary = lines.find((each) => /^--\S/.test(each)) ?? '--x';
    lines.splice(
      at(lines, draw),
      0,
      [boundary, `${boundary}--`, `${boundary} `, `${boundary}x`][draw(4)] ?? '',
    );
  },
  (lines, draw) => {
    // One in another, each with a boundary of its own.
    for (let depth = 0, deep = draw(30); depth < deep; depth++) {
      lines.push(`--n${depth}`, `Content-Type: multipart/mixed; boundary=n${depth + 1}`, '');
    }
  },
  (lines, draw) => {
    const many = draw(300);
    lines.splice(1, 0, ...Array.from({ length: many }, (_, n) => `X-${n}: ${'y'.repeat(draw(200))}`));
  },
  (lines, draw) => {
    const boundary = lines.find((each) => /^--\S/.test(each));
    if (boundary === undefined) return;
    const place = lines.indexOf(boundary);
    for (let n = draw(250); n > 0; n--) lines.splice(place, 0, boundary, '', `part ${n}`);
  },
  (lines, draw) => void lines.splice(1, 0, `Subject: ${'('.repeat(draw(20_000))}`),
  (lines, draw) => void lines.splice(1, 0, `References:${' <a@b>'.repeat(draw(2_000))}`),
];

/** A message, from a shape by some harms; without any by now and then. */
export function drawnMessage(seed: number): Uint8Array {
  const draw = drawing(seed);
  const shapes = Object.values(SHAPES);
  const lines = (shapes[draw(shapes.length)] ?? '').split('\n');
  for (let harms = draw(5); harms > 0; harms--) HARMS[draw(HARMS.length)]?.(lines, draw);
  const text = lines.join(draw(3) === 0 ? '\n' : '\r\n');
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

/** A shape as mail has it. */
export function shape(name: keyof typeof SHAPES & string): Uint8Array {
  return new TextEncoder().encode((SHAPES[name] ?? '').replaceAll('\n', '\r\n'));
}
