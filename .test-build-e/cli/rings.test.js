// test/cli/rings.test.ts
import { writeFileSync as writeFileSync3 } from "node:fs";
import { join as join7 } from "node:path";
import { suite } from "uvu";
import * as assert3 from "uvu/assert";

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

// test/helpers/callctl-simulator.ts
import { existsSync as existsSync4, readFileSync as readFileSync5 } from "node:fs";
import { join as join6 } from "node:path";
import * as assert2 from "uvu/assert";

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

// test/helpers/callctl-simulator.ts
async function runSimulator(faults, { folder }, work) {
  const log = join6(folder, "log.ndjson");
  const words = ["simulator", "--store", "store.ndjson", "--log", log, "--faults", faults];
  const running = startCallctl(words, { cwd: folder });
  const readLog = () => readLines(log);
  try {
    await Promise.all([running.seen("Ctrl-C"), running.seen("http://")]);
    await work({
      url: running.stdout().trim(),
      log: readLog,
      created: () => readLog().filter((line) => line.created)
    });
  } finally {
    running.process.kill("SIGINT");
    const { code, stderr } = await running.finished;
    assert2.is(code, 0, stderr);
  }
}
var readLines = (path) => existsSync4(path) ? parseLines(readFileSync5(path, "utf8")) : [];
var parseLines = (text2) => text2.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));

// test/cli/rings.test.ts
var test = suite("rings");
var invitation = ["call", "invite", "ping", "--user", userOf("diego")];
var transfer = ["call", "transfer", "ping", "--user", userOf("diego")];
var withPlacedCall = (faults, work) => withWorkspace(
  peerCalls(["ping"]),
  (place) => runSimulator(`none=1x,${faults}`, place, async (simulator) => {
    const run = (words) => callctl([...words, "--simulator", simulator.url], { cwd: place.folder });
    assert3.is((await run(["apply", "--yes"])).code, 0);
    const asked = () => simulator.log().filter(({ method, path }) => method === "POST" && /\/(invite|transfer)$/.test(path));
    const rang = () => asked().filter((line) => line.rang !== void 0).length;
    await work({ simulator, place, run, posts: () => asked().length, rang });
  })
);
for (const [name, words] of [
  ["invite", invitation],
  ["transfer", transfer]
]) {
  for (const fault of ["lost-answer", "reset", "server-error"]) {
    test(`${name}: after ${fault} nothing is sent again until a person settles it`, () => withPlacedCall(`${fault}=1x`, async ({ run, posts }) => {
      const first = await run([...words, "--yes"]);
      assert3.is(first.code, 10, first.stderr);
      assert3.is((await run([...words, "--yes"])).code, 10);
      assert3.is((await run([...words, "--once", "again", "--yes"])).code, 10);
      assert3.is(posts(), 1);
    }));
  }
  test(`${name}: killed between claim and answer, it is never sent again by itself`, () => withPlacedCall("slow=1x,delay=20000", async ({ simulator, place, run, posts }) => {
    const running = startCallctl([...words, "--yes", "--simulator", simulator.url], { cwd: place.folder });
    while (posts() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    running.process.kill("SIGKILL");
    assert3.is((await running.finished).signal, "SIGKILL");
    assert3.is((await run([...words, "--yes"])).code, 10);
    assert3.is((await run(["call", "rings"])).code, 10);
    assert3.is(posts(), 1);
  }));
  test(`${name}: the same again finds it done, and sends nothing`, () => withPlacedCall("none=9x", async ({ run, rang }) => {
    assert3.is((await run([...words, "--yes"])).code, 0);
    const again = await run([...words, "--yes"]);
    assert3.is(again.code, 0);
    assert3.match(again.stdout, "nothing was sent");
    assert3.is(rang(), 1);
  }));
}
test("an unknown outcome is an error for doctor too, until it is settled", () => withPlacedCall("lost-answer=1x", async ({ run }) => {
  assert3.is((await run([...invitation, "--yes"])).code, 10);
  const { code, stdout } = await run(["doctor"]);
  assert3.is(code, 10);
  assert3.match(stdout, "call settle");
  assert3.is((await run(["call", "settle", "ping", "--rang"])).code, 0);
  assert3.is((await run(["doctor"])).code, 0);
}));
test("a refusal is no ring, and may be tried again", () => withPlacedCall("refuse=1x", async ({ run, posts, rang }) => {
  assert3.is((await run([...invitation, "--yes"])).code, 9);
  assert3.is((await run([...invitation, "--yes"])).code, 0);
  assert3.equal([posts(), rang()], [2, 1]);
}));
test("a refused invitation is explained, with the ids for a support ticket", () => withPlacedCall("refuse=2x", async ({ run }) => {
  const { stdout } = await run([...invitation, "--yes"]);
  assert3.match(stdout, /For a support ticket \(ping\):/);
  for (const name of ["time (UTC)", "request ", "answer", "request-id", "client-request-id"])
    assert3.ok(stdout.includes(`
    ${name}`), name);
  const told = JSON.parse((await run([...invitation, "--yes", "--json"])).stdout);
  assert3.is(told.ticket.status, told.outcome.status);
  assert3.is(told.ticket.clientRequestId, told.operationId);
  assert3.type(told.ticket.requestId, "string");
}));
test("what Graph refuses to a quiet operation comes with a ticket, too", () => withPlacedCall("none=9x", async ({ run }) => {
  const { stderr, code } = await run(["call", "participant", "ping", "nobody-there"]);
  assert3.is(code, 9);
  assert3.match(stderr, /Graph refused: 404/);
  assert3.match(stderr, /For a support ticket \(ping\):\n {4}time \(UTC\)/);
  assert3.match(stderr, /request {12}GET \/v1\.0\/communications\/calls\/[^ ]+\/participants\/nobody-there/);
}));
test("a token that is refused is renewed once, under a claim of its own", () => withPlacedCall("unauthorized=1x", async ({ run, posts, rang }) => {
  assert3.is((await run([...invitation, "--yes"])).code, 0);
  assert3.equal([posts(), rang()], [2, 1]);
  const { stdout } = await run(["call", "rings", "--json"]);
  assert3.equal(
    JSON.parse(stdout).rings.map(({ state }) => state),
    ["refused", "accepted"]
  );
}));
test("once for a word: another word rings again, the same one does not", () => withPlacedCall("none=9x", async ({ run, rang }) => {
  for (const word of ["first", "first", "second"]) {
    assert3.is((await run([...invitation, "--once", word, "--yes"])).code, 0);
  }
  assert3.is(rang(), 2);
  const other = ["call", "invite", "ping", "--user", userOf("bob"), "--once", "first", "--yes"];
  assert3.is((await run(other)).code, 3);
  assert3.is(rang(), 2);
}));
test("without a terminal and without --yes nobody is rung", () => withPlacedCall("none=9x", async ({ run, posts }) => {
  assert3.is((await run(invitation)).code, 5);
  assert3.is((await run(transfer)).code, 5);
  assert3.is(posts(), 0);
}));
test("limits.people holds for what an operation rings", () => withPlacedCall("none=9x", async ({ run, place, posts }) => {
  place.write(
    "callctl.yaml",
    `${place.read("callctl.yaml").replace("{ concurrency", "{ people: 1, concurrency")}`
  );
  const two = ["call", "invite", "ping", "--user", userOf("a"), "--user", userOf("b"), "--yes"];
  assert3.is((await run(two)).code, 5);
  assert3.is(posts(), 0);
}));
test("after a person said that nobody was rung, it is sent; after the other word, it is done", () => withPlacedCall("reset=1x,lost-answer=1x", async ({ run, posts }) => {
  assert3.is((await run([...invitation, "--yes"])).code, 10);
  assert3.is((await run(["call", "settle", "ping", "--not-rang"])).code, 5);
  assert3.is((await run(["call", "settle", "ping", "--not-rang", "--yes"])).code, 0);
  assert3.is((await run([...invitation, "--yes"])).code, 10);
  assert3.is((await run(["call", "settle", "ping", "--rang", "--reason", "Diego says so"])).code, 0);
  assert3.is((await run([...invitation, "--yes"])).code, 0);
  assert3.is(posts(), 2);
  assert3.is((await run(["call", "settle", "ping", "--rang"])).code, 3);
}));
test("a record that cannot be written sends nothing", () => withPlacedCall("none=9x", async ({ run, place, posts }) => {
  writeFileSync3(join7(place.folder, ".callctl", "simulator", "rings"), "");
  assert3.is((await run([...invitation, "--yes"])).code, 7);
  assert3.is(posts(), 0);
}));
test("a damaged record blocks further rings of its call", () => withPlacedCall("none=9x", async ({ run, place, posts }) => {
  assert3.is((await run([...invitation, "--yes"])).code, 0);
  place.write(".callctl/simulator/rings/ping@1", "half a line");
  assert3.is((await run([...invitation, "--once", "again", "--yes"])).code, 10);
  assert3.is(posts(), 1);
}));
test("a call that has ended rings nobody", () => withPlacedCall("none=9x", async ({ run, simulator, posts }) => {
  const [call] = simulator.created();
  const url = `${simulator.url}/v1.0/communications/calls/${call?.callId}`;
  await fetch(url, { method: "DELETE", headers: { authorization: "Bearer worthless" } });
  assert3.is((await run([...invitation, "--yes"])).code, 9);
  assert3.is(posts(), 0);
}));
test("what nobody placed, or has ended, has nothing to do it on", () => withPlacedCall("none=9x", async ({ run }) => {
  assert3.is((await run(["call", "get", "pong"])).code, 3);
  assert3.is((await run(["hangup", "ping"])).code, 0);
  assert3.is((await run(["call", "get", "ping"])).code, 3);
}));
test("no record of a ring holds whom it rang", () => withPlacedCall("none=9x", async ({ run, place }) => {
  assert3.is((await run(["call", "invite", "ping", "--number", "+14255550100=Bob", "--yes"])).code, 0);
  const text2 = place.read(".callctl/simulator/rings/ping@1");
  assert3.not.match(text2, /4255550100|Bob/);
}));
test.run();
