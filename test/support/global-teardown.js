import { rmSync } from 'node:fs';

export default async function teardown() {
  const running = globalThis.testServer;
  if (!running) return;
  await running.redis?.stop();
  await running.server.stop();
  rmSync(running.folder, { recursive: true, force: true });
}
