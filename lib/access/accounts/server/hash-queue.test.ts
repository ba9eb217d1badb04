import { expect, test } from "vitest";
import { HashQueue } from "#access/accounts/server/hash-queue";

test("runs at most its limit of hashes at once and serves the addresses in turn", async () => {
  const queue = new HashQueue({ maxRunning: 1, maxWaiting: 100, maxWaitingPerAddress: 50 });
  const order: string[] = [];
  let running = 0;
  const hash = (address: string) =>
    queue.run(address, async () => {
      running += 1;
      expect(running).toBe(1);
      order.push(address);
      await Promise.resolve();
      running -= 1;
    });
  await Promise.all([...Array.from({ length: 20 }, () => hash("attacker")), hash("office")]);
  expect(order.indexOf("office")).toBe(2);
});

test("refuses a task when the queue of its address or the whole queue is full", async () => {
  const queue = new HashQueue({ maxRunning: 1, maxWaiting: 2, maxWaitingPerAddress: 1 });
  const until = Promise.withResolvers<undefined>();
  const first = queue.run("a", () => until.promise);
  const second = queue.run("a", () => Promise.resolve());
  await expect(queue.run("a", () => Promise.resolve())).rejects.toMatchObject({
    code: "unavailable",
  });
  const third = queue.run("b", () => Promise.resolve());
  await expect(queue.run("c", () => Promise.resolve())).rejects.toMatchObject({
    code: "unavailable",
  });
  until.resolve(undefined);
  await Promise.all([first, second, third]);
});
