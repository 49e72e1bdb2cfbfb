// test/cli/audit.test.ts
import { suite } from "uvu";
import * as assert2 from "uvu/assert";

// test/helpers/callctl.ts
import { spawn } from "node:child_process";
import { mkdtempSync as mkdtempSync2, readFileSync, rmSync as rmSync2 } from "node:fs";
import { tmpdir as tmpdir2 } from "node:os";
import { dirname, join as join2 } from "node:path";

// test/helpers/callctl-guard.ts
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
var text = `
const { appendFileSync } = require('node:fs')
const { lookup } = require('node:dns')
const net = require('node:net')
const connect = net.Socket.prototype.connect
const isHere = (host) => host === undefined || host === 'localhost' || host === '::1' || /^127\\./.test(host)
const note = (line) => appendFileSync(process.env.CALLCTL_TEST_CONNECTIONS, line + '\\n')
net.Socket.prototype.connect = function (...words) {
  const [first] = Array.isArray(words[0]) ? words[0] : words
  const to = typeof first === 'object' ? first : { port: first, host: words[1] }
  const where = to.path ?? to.host + ':' + to.port
  note((to.path === undefined && isHere(to.host) ? 'here ' : 'AWAY ') + where)
  if (to.path === undefined && !isHere(to.host)) throw new Error('a test was about to connect to ' + where)
  return connect.apply(this, words)
}
require('node:dns').lookup = (host, ...rest) => {
  if (!isHere(host)) note('AWAY dns ' + host)
  return lookup(host, ...rest)
}
`;
var written;
function guardPath() {
  if (written === void 0) {
    const folder = mkdtempSync(join(tmpdir(), "callctl-guard-"));
    written = join(folder, "guard.cjs");
    writeFileSync(written, text);
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  }
  return written;
}

// test/helpers/callctl.ts
var bundle = join2(process.cwd(), "dist", "callctl.cjs");
var callctl = (words, settings) => startCallctl(words, settings).finished;
function startCallctl(words, settings) {
  const notes = mkdtempSync2(join2(tmpdir2(), "callctl-notes-"));
  const connections = join2(notes, "connections");
  const child = spawn(settings.node ?? process.execPath, [bundle, ...words], {
    cwd: settings.cwd,
    stdio: ["ignore", "pipe", "pipe"],
    // A test that waits in vain must end.
    timeout: 3e4,
    killSignal: "SIGKILL",
    env: environmentOf(settings, connections)
  });
  const output = { stdout: "", stderr: "" };
  const watchers = /* @__PURE__ */ new Set();
  for (const name of ["stdout", "stderr"]) {
    child[name].setEncoding("utf8").on("data", (chunk) => {
      output[name] += chunk;
      for (const watch of watchers) watch();
    });
  }
  const finished = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve({ code, signal, ...output, connections: readConnections(connections) });
      rmSync2(notes, { recursive: true, force: true });
    });
  });
  const seen = (text2) => new Promise((resolve, reject) => {
    const watch = () => {
      if (!output.stdout.includes(text2) && !output.stderr.includes(text2)) return;
      watchers.delete(watch);
      resolve();
    };
    watchers.add(watch);
    watch();
    child.once(
      "close",
      () => reject(new Error(`ended without "${text2}": ${output.stdout}${output.stderr}`))
    );
  });
  return { process: child, seen, stdout: () => output.stdout, finished };
}
var environmentOf = ({ cwd, environment, preload }, connections) => ({
  PATH: process.env["PATH"],
  HOME: cwd,
  XDG_CACHE_HOME: dirname(connections),
  TMPDIR: process.env["TMPDIR"],
  ...environment,
  NODE_OPTIONS: [guardPath(), ...preload === void 0 ? [] : [preload]].map((path) => `--require ${path}`).join(" "),
  CALLCTL_TEST_CONNECTIONS: connections
});
function readConnections(path) {
  try {
    return readFileSync(path, "utf8").trim().split("\n");
  } catch {
    return [];
  }
}

// test/helpers/callctl-workspace.ts
import {
  existsSync as existsSync3,
  mkdirSync,
  mkdtempSync as mkdtempSync3,
  readFileSync as readFileSync4,
  realpathSync,
  rmSync as rmSync3,
  writeFileSync as writeFileSync2
} from "node:fs";
import { tmpdir as tmpdir3 } from "node:os";
import { dirname as dirname2, join as join5 } from "node:path";

// test/helpers/history.ts
import { existsSync as existsSync2, readdirSync as readdirSync2, readFileSync as readFileSync3 } from "node:fs";
import { join as join4 } from "node:path";
import * as assert from "uvu/assert";

// test/faults/history.ts
import { existsSync, readdirSync, readFileSync as readFileSync2 } from "node:fs";
import { join as join3 } from "node:path";
function checkHistory(evidence) {
  const known = readKnown(evidence);
  const posts = evidence.posted.filter(({ method }) => method === "POST");
  const rings = posts.filter(({ created }) => created);
  const ringsOf = countBy(rings, ({ clientRequestId = "" }) => known.get(clientRequestId)?.address ?? "?");
  const lost = rings.filter((ring) => !isKept(ring, known, evidence.told ?? ""));
  const open = [...known].filter(([, attempt]) => !attempt.isSettled);
  const rangIds = new Set(rings.map(({ clientRequestId }) => clientRequestId));
  return {
    posts: posts.length,
    rang: rings.length,
    mostRings: Math.max(0, ...ringsOf.values()),
    uncertain: open.length,
    neverRang: open.filter(([id]) => !rangIds.has(id)).length,
    placed: new Set([...known.values()].filter(({ isPlaced }) => isPlaced).map(({ address }) => address)).size,
    lost: lost.length,
    violations: [
      ...findDoubles(ringsOf, evidence.leaves),
      ...lost.map(({ callId, clientRequestId }) => `the id ${callId} of attempt ${clientRequestId} is lost`),
      ...findStrays(posts, known),
      ...evidence.lacksEnded === true ? [] : findInvented(rings, known),
      ...checkLockfile(evidence, known)
    ]
  };
}
function findDoubles(rings, leaves) {
  return [...rings].filter(([address, count]) => count > 1 + (leaves?.get(address) ?? 0)).map(([address, count]) => `${address} rang ${count} times`);
}
function isKept({ clientRequestId = "", callId = "" }, known, told) {
  const attempt = known.get(clientRequestId);
  if (attempt === void 0) return false;
  return attempt.callIds.has(callId) || !attempt.isSettled || told.includes(callId);
}
function findStrays(posts, known) {
  const counts = countBy(posts, ({ clientRequestId = "" }) => clientRequestId);
  return [...counts].flatMap(([id, count]) => [
    ...known.has(id) ? [] : [`a request was sent without a claim: ${id}`],
    ...count > 1 ? [`attempt ${id} was sent ${count} times`] : []
  ]);
}
function findInvented(rings, known) {
  const issued = new Set(rings.map(({ callId }) => callId));
  return [...known.values()].flatMap(
    ({ address, callIds }) => [...callIds].filter((id) => !issued.has(id)).map((id) => `${address} has the id ${id} that nobody issued`)
  );
}
function checkLockfile({ lockfile, posted, lacksEnded }, known) {
  if (!existsSync(lockfile)) return [];
  const issued = new Set(posted.map(({ callId }) => callId));
  const claimed = new Set([...known.values()].map(({ address }) => address));
  try {
    const { calls } = JSON.parse(readFileSync2(lockfile, "utf8"));
    return Object.entries(calls).flatMap(([address, { state, attempt, callId }]) => [
      ...state === "uncertain" && !claimed.has(address) && !known.has(attempt) ? [`${address} is uncertain without a claim`] : [],
      ...lacksEnded !== true && callId !== void 0 && !issued.has(callId) ? [`${address}: ${callId} was never issued`] : []
    ]);
  } catch (error) {
    return [`the lockfile cannot be read: ${String(error)}`];
  }
}
function readKnown({ attempts, temporary }) {
  const known = /* @__PURE__ */ new Map();
  const rescues = [...readRescues(join3(attempts, "rescue")), ...readRescues(temporary)];
  for (const name of list(attempts).filter((each) => each.includes("@") && !each.startsWith("."))) {
    const bytes = readFileSync2(join3(attempts, name));
    const claim = unseal(bytes.subarray(0, 4096));
    const id = claim?.attemptId;
    if (claim?.address === void 0 || id === void 0) continue;
    const slot = unseal(bytes.subarray(4096));
    const outcomes = [slot, ...rescues.filter(({ attemptId }) => attemptId === id)];
    const callIds = new Set(outcomes.flatMap((outcome) => outcome?.callId ?? []));
    const isSettled = outcomes.some((outcome) => outcome !== void 0 && outcome.kind !== "uncertain");
    known.set(id, { address: claim.address, callIds, isSettled, isPlaced: callIds.size > 0 });
  }
  return known;
}
function readRescues(folder) {
  if (folder === void 0) return [];
  return list(folder).flatMap((name) => {
    if (!name.endsWith(".json") || !(name.includes("@") || name.startsWith("callctl-rescue-"))) return [];
    const record = unseal(readFileSync2(join3(folder, name)));
    return record?.claim === void 0 ? [] : [{ ...record.outcome, attemptId: record.claim.attemptId ?? "" }];
  });
}
function unseal(bytes) {
  try {
    return JSON.parse(bytes.toString("utf8")).record;
  } catch {
    return void 0;
  }
}
var list = (folder) => existsSync(folder) ? readdirSync(folder) : [];
function countBy(items, keyOf) {
  const counts = /* @__PURE__ */ new Map();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

// test/helpers/history.ts
function holdHistory(folder, posted, lacksEnded = false) {
  const attempts = join4(folder, ".callctl", "simulator");
  const lockfile = join4(folder, ".callctl", "simulator.lock.json");
  const leaves = readLeaves(attempts);
  assert.equal(checkHistory({ posted, attempts, lockfile, leaves, lacksEnded }).violations, []);
}
function holdBuiltInHistory(folder) {
  const store = join4(folder, ".callctl", "simulator-calls.ndjson");
  if (!existsSync2(store)) return;
  const lines = readFileSync3(store, "utf8").trim().split("\n");
  const created = lines.map((line) => JSON.parse(line)).flatMap((line) => line.created ?? []);
  holdHistory(
    folder,
    created.map(({ id, scenarioId }) => ({
      method: "POST",
      clientRequestId: scenarioId,
      callId: id,
      created: true
    })),
    true
  );
}
function readLeaves(attempts) {
  const leaves = /* @__PURE__ */ new Map();
  for (const name of existsSync2(attempts) ? readdirSync2(attempts) : []) {
    const claim = name.includes("@") && !name.startsWith(".") ? readFileSync3(join4(attempts, name), "utf8") : "";
    if (!claim.slice(0, 4096).includes('"redial":true')) continue;
    const address = /"address":"([^"]+)"/.exec(claim)?.[1] ?? "";
    leaves.set(address, (leaves.get(address) ?? 0) + 1);
  }
  return leaves;
}

// test/helpers/callctl-workspace.ts
async function withWorkspace(files, work) {
  const folder = realpathSync(mkdtempSync3(join5(tmpdir3(), "callctl-test-")));
  const write = (path, text2) => {
    mkdirSync(dirname2(join5(folder, path)), { recursive: true });
    writeFileSync2(join5(folder, path), text2);
  };
  try {
    for (const [path, text2] of Object.entries(files)) write(path, text2);
    await work({
      folder,
      write,
      read: (path) => readFileSync4(join5(folder, path), "utf8"),
      remove: (path) => rmSync3(join5(folder, path), { recursive: true })
    });
    holdBuiltInHistory(folder);
  } finally {
    rmSync3(folder, { recursive: true, force: true });
  }
}
var stockTemplate = (name) => readFileSync4(join5(process.cwd(), "templates", `${name}.yaml`), "utf8");
function peerCalls(names, concurrency = 1) {
  const calls = names.map((name) => [name, { uses: "p2p-voip", with: { userId: userOf(name) } }]);
  return {
    "callctl.yaml": `version: 1
limits: { concurrency: ${concurrency} }
defaults: { callbackUri: "https://bot.contoso.com/callback" }
`,
    "templates/p2p-voip.yaml": stockTemplate("p2p-voip"),
    "calls/calls.yaml": JSON.stringify({ calls: Object.fromEntries(calls) })
  };
}
var userOf = (name) => `00000000-0000-4000-8000-${Buffer.from(name).toString("hex").padStart(12, "0").slice(-12)}`;

// test/cli/audit.test.ts
var test = suite("audit");
var entry = (id, properties = {}) => ({
  state: "placed",
  callId: `call-${id}`,
  digest: "ab".repeat(32),
  attempt: `00000000-0000-4000-8000-00000000000${id}`,
  endpoint: "/v1.0/communications/calls",
  placedAt: `2025-01-0${id}T00:00:00Z`,
  evidence: "http-201",
  ...properties
});
var lockfileOf = (calls) => JSON.stringify({ lockfileVersion: 1, lineage: "00000000-0000-4000-8000-00000000000a", calls });
var audit = async (calls, ...words) => {
  let finished;
  const files = { ...peerCalls(["a"]), "calls.lock.json": lockfileOf(calls) };
  await withWorkspace(files, async ({ folder }) => {
    finished = await callctl(["audit", ...words], { cwd: folder });
  });
  return finished;
};
test("one ring an address is as it should be", async () => {
  const { code, stdout } = await audit({ a: entry(1), b: entry(2, { state: "ended" }) });
  assert2.is(code, 0);
  assert2.match(stdout, "2 addresses, 2 attempts. No address was rung twice without leave.");
});
test("two rings of one address without leave are said plainly", async () => {
  const { code, stdout } = await audit({ a: entry(2, { attempts: [entry(1)] }), b: entry(3) });
  assert2.is(code, 7);
  assert2.match(stdout, "a  RANG TWICE");
  assert2.match(stdout, "Rung twice without leave: a.");
  assert2.match(stdout, "call-1");
});
test("a redial with leave is none", async () => {
  const { code, stdout } = await audit({ a: entry(2, { redial: true, attempts: [entry(1)] }) });
  assert2.is(code, 0, stdout);
  assert2.match(stdout, "with leave");
});
test("lists what is unknown", async () => {
  const { callId: _, ...uncertain } = entry(1, { state: "uncertain" });
  const { code, stdout } = await audit({ a: uncertain });
  assert2.is(code, 10);
  assert2.match(stdout, "Outcome unknown: a.");
});
test("--json has the same", async () => {
  const { code, stdout } = await audit({ a: entry(2, { attempts: [entry(1)] }) }, "--json");
  assert2.is(code, 7);
  const document = JSON.parse(stdout);
  assert2.equal(document.rangTwice, ["a"]);
  assert2.equal(document.uncertain, []);
  assert2.equal(
    document.addresses[0].attempts.map(({ callId }) => callId),
    ["call-1", "call-2"]
  );
});
test.run();
