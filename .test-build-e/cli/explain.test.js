// test/cli/explain.test.ts
import { suite } from "uvu";
import * as assert from "uvu/assert";

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

// test/cli/explain.test.ts
var test = suite("explain a code");
var explain = (...words) => callctl(["explain", ...words], { cwd: process.cwd() });
test("a code is explained", async () => {
  const { code, stdout } = await explain("schema/enum");
  assert.is(code, 0);
  assert.match(stdout, /^error\[schema\/enum\]\n/);
});
test("programs get JSON", async () => {
  const { stdout } = await explain("schema/enum", "--json");
  const document = JSON.parse(stdout);
  assert.is(document.formatVersion, 1);
  assert.is(document.code, "schema/enum");
});
test("a misspelt code gets a hint", async () => {
  const { code, stderr } = await explain("schema/enm");
  assert.is(code, 3);
  assert.match(stderr, /Did you mean `schema\/enum`\?/);
});
test.run();
