#!/usr/bin/env bash
# mailparser 3.14.2 and postal-mime 4.0.0, seen on 29 November 2026.
#
# A part without a Content-Type is plain text, says RFC 2045, section 5.2, also where Content-Disposition gives it the name of a
# file. Of one valid message with such a part, named plan.pdf, postal-mime finds an attachment of text/plain, and mailparser one of
# application/pdf, which it makes up by the name. So whoever lets attachments through by their media types has to refuse a file
# that says none, or lets through what its reader takes for something else.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund mailparser@3.14.2 postal-mime@4.0.0
cat >read.mjs <<'NODE'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

const message = [
  'From: a@example.org',
  'Date: Mon, 5 Oct 2026 09:30:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Disposition: attachment; filename="plan.pdf"',
  '',
  'words',
  '--b--',
  '',
].join('\r\n');
const one = await PostalMime.parse(message);
const other = await simpleParser(message);
console.log('postal-mime:', one.attachments.map(({ mimeType }) => mimeType).join());
console.log('mailparser:', other.attachments.map(({ contentType }) => contentType).join());
NODE
node read.mjs | tee seen
diff seen - <<'SEEN'
postal-mime: text/plain
mailparser: application/pdf
SEEN
echo 'as described'
