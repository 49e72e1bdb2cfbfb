// test/cli/saved-plan.test.ts
import { createHash } from "node:crypto";
import { copyFileSync, statSync, utimesSync } from "node:fs";
import { join as join6 } from "node:path";
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
  const rings = posts.filter(({ created: created2 }) => created2);
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
  const created2 = lines.map((line) => JSON.parse(line)).flatMap((line) => line.created ?? []);
  holdHistory(
    folder,
    created2.map(({ id, scenarioId }) => ({
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
function readEntries({ folder, read }, path = "calls.lock.json") {
  if (!existsSync3(join5(folder, path))) return {};
  return JSON.parse(read(path)).calls;
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

// test/helpers/graph-server.ts
import {
  createServer
} from "node:http";
import { createServer as createTlsServer } from "node:https";
async function startGraphServer(onRequest, certified) {
  const requests = [];
  const waiting = [];
  const takers = [];
  let connections = 0;
  const listen = async (incoming, response) => {
    const chunks = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk);
    } catch {
      return;
    }
    const { method = "", url: path = "", headers } = incoming;
    const recorded = { method, path, headers, body: Buffer.concat(chunks).toString("utf8") };
    requests.push(recorded);
    if (onRequest !== void 0) return send(response, onRequest(recorded));
    const held = {
      ...recorded,
      answer: (reply) => send(response, reply),
      drop: () => void response.destroy()
    };
    const take = takers.shift();
    if (take === void 0) waiting.push(held);
    else take(held);
  };
  const server = certified === void 0 ? createServer(listen) : createTlsServer({ cert: certified.certificate, key: certified.key }, listen);
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `${certified === void 0 ? "http" : "https"}://127.0.0.1:${server.address().port}`,
    requests,
    connections: () => connections,
    next: () => {
      const held = waiting.shift();
      return held === void 0 ? waitFor((take) => takers.push(take)) : Promise.resolve(held);
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    })
  };
}
function waitFor(begin) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no request came within 20 s")), 2e4);
    begin((held) => {
      clearTimeout(timer);
      resolve(held);
    });
  });
}
function send(response, { status, headers, body = "" }) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(body);
}
async function withGraphServer(onRequest, work) {
  const server = await startGraphServer(onRequest);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}
var created = (id) => ({
  status: 201,
  headers: { "request-id": `request-of-${id}` },
  body: JSON.stringify({ "@odata.type": "#microsoft.graph.call", id, state: "establishing" })
});

// test/cli/saved-plan.test.ts
var test = suite("saved-plan");
var withScene = (work, names = ["a", "b"]) => withWorkspace(peerCalls(names), (workspace) => {
  let calls = 0;
  return withGraphServer(
    () => created(`call-${++calls}`),
    (server) => {
      const settings = { cwd: workspace.folder, environment: { CALLCTL_GRAPH_ROOT: server.url } };
      return work({ workspace, server, run: (...words) => callctl(words, settings) });
    }
  );
});
var idOf = ({ headers }) => headers["client-request-id"];
test("apply sends exactly the bytes and the attempt ids of the plan, and reads no definition", () => withScene(async ({ workspace, server, run }) => {
  assert2.is((await run("plan", "--out", "plan.json")).code, 0);
  assert2.is(statSync(join6(workspace.folder, "plan.json")).mode & 511, 384);
  workspace.write("calls/calls.yaml", "broken: {{");
  const finished = await run("apply", "plan.json", "--yes");
  assert2.is(finished.code, 0, finished.stderr);
  const { changes } = JSON.parse(workspace.read("plan.json"));
  assert2.equal(
    server.requests.map((request) => [request.body, idOf(request)]),
    changes.map(({ attemptId, payload }) => [payload.text, attemptId])
  );
  assert2.equal(
    Object.values(readEntries(workspace)).map(({ state }) => state),
    ["placed", "placed"]
  );
}));
test("a plan is applied once", () => withScene(async ({ server, run }) => {
  await run("plan", "--out", "plan.json");
  await run("apply", "plan.json", "--yes");
  const again = await run("apply", "plan.json", "--yes");
  assert2.is(again.code, 6);
  assert2.match(again.stderr, "a: its attempt has been used");
  assert2.match(again.stderr, "b: its attempt has been used");
  assert2.is(server.requests.length, 2);
}));
test("an entry that has moved on makes the whole plan stale", () => withScene(async ({ server, run }) => {
  await run("apply", "--yes", "--only", "a");
  await run("plan", "--out", "plan.json", "--redial", "a");
  await run("hangup", "a");
  const sent = server.requests.length;
  const finished = await run("apply", "plan.json", "--yes");
  assert2.is(finished.code, 6);
  assert2.match(finished.stderr, "a: it was placed and is ended by now");
  assert2.is(server.requests.length, sent);
}));
test("a plan for a fresh workspace can be tried again while nothing was claimed", () => withScene(async ({ server, run }) => {
  await run("plan", "--out", "plan.json");
  assert2.is((await run("apply", "plan.json")).code, 5);
  assert2.is((await run("apply", "plan.json", "--detailed-exitcode")).code, 2);
  assert2.is(server.requests.length, 0);
  assert2.is((await run("apply", "plan.json", "--yes")).code, 0);
}));
test("another destination, another lockfile and an expired plan are refused", () => withScene(async ({ workspace, server, run }) => {
  await run("plan", "--out", "plan.json");
  const elsewhere = await run("apply", "plan.json", "--yes", "--simulator");
  assert2.is(elsewhere.code, 6);
  assert2.match(elsewhere.stderr, "not for the simulator");
  await run("plan", "--out", "rehearsal.json", "--simulator");
  assert2.is((await run("apply", "rehearsal.json", "--yes")).code, 6);
  await run("apply", "--yes", "--only", "a");
  assert2.is((await run("apply", "plan.json", "--yes")).code, 6);
  assert2.is(server.requests.length, 1);
  assert2.ok(workspace.read("plan.json").includes("callctlPlan"));
}));
test("a plan older than --max-age has expired", () => withScene(async ({ workspace, server, run }) => {
  await run("plan", "--out", "plan.json");
  const later = { CALLCTL_GRAPH_ROOT: server.url };
  const aged = join6(workspace.folder, "aged.json");
  copyFileSync(join6(workspace.folder, "plan.json"), aged);
  utimesSync(aged, 0, 0);
  assert2.is(
    (await callctl(["apply", "aged.json", "--max-age", "1d"], {
      cwd: workspace.folder,
      environment: later
    })).code,
    5
  );
  const wrong = await run("apply", "plan.json", "--yes", "--max-age", "soon");
  assert2.is(wrong.code, 3);
  assert2.is(server.requests.length, 0);
}));
test("a damaged plan is refused, and other JSON is no plan", () => withScene(async ({ workspace, server, run }) => {
  await run("plan", "--out", "plan.json");
  const text2 = workspace.read("plan.json");
  workspace.write("cut.json", text2.slice(0, -20));
  workspace.write("edited.json", text2.replace('"place"', '"Place"'));
  workspace.write("newer.json", text2.replace('"callctlPlan": 2', '"callctlPlan": 3'));
  workspace.write("other.json", "{}");
  const codes = [];
  for (const name of ["cut", "edited", "newer", "other", "none"])
    codes.push((await run("apply", `${name}.json`, "--yes")).code);
  assert2.equal(codes, [6, 6, 6, 3, 3]);
  assert2.is(server.requests.length, 0);
}));
test("a text that is not the one of its digest is not sent, even under a seal that fits", () => withScene(async ({ workspace, server, run }) => {
  assert2.is((await run("plan", "--out", "plan.json")).code, 0);
  const [body] = workspace.read("plan.json").split('  "sha256"');
  const changed = body.replace('callbackUri\\": \\"https://', 'callbackUri\\": \\"https://other.');
  assert2.is.not(changed, body);
  const seal = createHash("sha256").update(changed).digest("hex");
  workspace.write("plan.json", `${changed}  "sha256": "${seal}"
}
`);
  const { code, stderr } = await run("apply", "plan.json", "--yes");
  assert2.is(code, 6);
  assert2.match(stderr, "a: what it would send is not what its digest says");
  assert2.is(server.requests.length, 0);
}));
test("what would change a saved plan does not go with it", () => withScene(async ({ run }) => {
  await run("plan", "--out", "plan.json");
  for (const words of [["--only", "a"], ["--redial", "a"], ["--prune"], ["calls/"]]) {
    assert2.is((await run("apply", "plan.json", "--yes", ...words)).code, 3, words.join(" "));
  }
  assert2.is((await run("plan", "--out", "plan.txt")).code, 3);
}));
test("a blocked plan is not saved", () => withScene(async ({ workspace, run }) => {
  workspace.write("callctl.yaml", workspace.read("callctl.yaml").replace("concurrency: 1", "people: 1"));
  const finished = await run("plan", "--out", "plan.json");
  assert2.is(finished.code, 5);
  assert2.match(finished.stderr, "Not saved");
  assert2.throws(() => workspace.read("plan.json"));
}));
test("with --json an error still ends the stream, or is the document", () => withScene(async ({ workspace, run }) => {
  workspace.write("calls.lock.json", "{");
  const applied = await run("apply", "--yes", "--json");
  assert2.is(applied.code, 7);
  const last = JSON.parse(applied.stdout.trim().split("\n").at(-1) ?? "");
  assert2.equal([last["event"], last["exitCode"]], ["end", 7]);
  for (const command of ["plan", "status"]) {
    const finished = await run(command, "--json");
    const document = JSON.parse(finished.stdout);
    assert2.equal([finished.code, document["exitCode"], typeof document["error"]], [7, 7, "object"]);
  }
}));
test.run();
