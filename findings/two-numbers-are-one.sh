#!/usr/bin/env bash
# libphonenumber-js makes one valid number of two that stand in one text, although it was told not to look for a number.
#
# Guess, before it was run: with `extract: false` the whole text has to be a number, so `030 123456/57` (a line and its
# second extension, as German address books write them) and `030 1234 040 1235` (two numbers) are errors, or at least
# not valid.
#
# Seen: libphonenumber-js 1.13.16 with full metadata gives +493012345657 and +493012340401235, both valid: a slash
# and blanks are punctuation to it, and German numbers have no fixed length. `extract: false` keeps words
# out, and nothing else.
#
# What follows: whether a text holds one number has to be decided before the library sees it, by its separators.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm install --silent --no-save --no-audit --no-fund libphonenumber-js@1.13.16
cat > parse.cjs <<'JS'
const { parsePhoneNumberWithError } = require('libphonenumber-js/max')
for (const text of ['030 123456/57', '030 1234 040 1235']) {
  const number = parsePhoneNumberWithError(text, { defaultCountry: 'DE', extract: false })
  console.log(text, '->', number.number, number.isValid() ? 'valid' : 'invalid')
}
JS
said=$(node parse.cjs)
echo "$said"
[ "$said" = '030 123456/57 -> +493012345657 valid
030 1234 040 1235 -> +493012340401235 valid' ] || { echo 'expected otherwise'; exit 1; }
