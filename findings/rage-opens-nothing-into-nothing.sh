#!/usr/bin/env bash
# rage 0.12.1, beside age 1.3.2 (Go), seen on 29 November 2026.
#
# An empty file, encrypted by either, is opened by `rage -d -o OUT` with exit code 0, and OUT is not written: where there was none
# there is none, and where a file had that name before, it stays as it was, with what was in it. age makes OUT empty in both cases.
# So whoever opens into a file with rage has to remove that file first, and to take one that is missing afterwards for empty; or to
# read from standard output.
# Both are built here; rage takes minutes. A rage 0.12.1 or age v1.3.2 on the PATH is taken as it is.
set -euo pipefail
folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
cd "$folder"
export PATH="$folder/bin:$PATH"
[ "$(rage --version 2>/dev/null)" = 'rage 0.12.1' ] || cargo install --quiet --locked --root "$folder" rage@0.12.1
[ "$(age --version 2>/dev/null)" = 'v1.3.2' ] ||
  GOPATH="$folder/go" GOBIN="$folder/bin" go install filippo.io/age/cmd/...@v1.3.2
age-keygen -o key 2>/dev/null
: >empty
age -r "$(age-keygen -y key)" -o empty.age empty
for program in age rage; do
  echo 'from before' >"$program.old"
  for out in "$program.new" "$program.old"; do
    "$program" -d -i key -o "$out" empty.age
    echo "$out: code $?, $([ -e "$out" ] && echo "$(wc -c <"$out") bytes" || echo 'not there')"
  done
done | tee seen
diff seen - <<'SEEN'
age.new: code 0, 0 bytes
age.old: code 0, 0 bytes
rage.new: code 0, not there
rage.old: code 0, 12 bytes
SEEN
echo 'as described'
