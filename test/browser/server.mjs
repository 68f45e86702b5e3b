// Starts `kepu demo` on a free loopback port with a data folder of its own, and ends exactly that process.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PATIENCE = 60_000;

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export async function startServer(kepu) {
  const data = mkdtempSync(join(tmpdir(), "kepu-browser-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const child = spawn(kepu, ["demo", "--data", data, "--listen", `127.0.0.1:${port}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const hear = (chunk) => { said = (said + chunk).slice(-4000); };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  let ended = null;
  const over = new Promise((resolve) => {
    child.on("exit", (code, signal) => { ended = `code ${code}, signal ${signal}`; resolve(); });
    child.on("error", (error) => { ended = error.message; resolve(); });
  });
  const kill = () => { if (ended === null) child.kill("SIGKILL"); };
  process.on("exit", kill);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

  const stop = async () => {
    if (ended === null) child.kill("SIGTERM");
    const late = setTimeout(kill, 5000);
    await over;
    clearTimeout(late);
    rmSync(data, { recursive: true, force: true });
  };
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && ended === null) {
    const ready = await fetch(`${base}/readyz`).then((answer) => answer.status === 200, () => false);
    if (ready) return { base, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error(`kepu demo did not become ready (${ended}):\n${said}`);
}
