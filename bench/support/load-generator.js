// A process that asks one address again and again over connections that stay open, one request at a time on each: as fast
// as it is answered, or so many times a second, whoever is answered how late.
import { connect } from 'node:net';
import { serve } from './processes.js';

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Asks until the time is over or the count is reached.
 * @param pace requests a second; without one, the next as soon as the one before is answered
 * @returns how many, a second too, and median and 99th percentile of the time to answer in ms: with a pace, since each was due
 */
async function load({ port, path, key, cookie, connections, ms, most, pace }) {
  const request = Buffer.from(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}${key ? `Authorization: Bearer ${key}\r\n` : ''}\r\n`,
  );
  const times = [];
  const start = performance.now();
  const isOver = () => performance.now() - start >= ms || times.length >= most;
  let taken = 0;
  const nextDue = () => {
    taken += 1;
    return pace ? start + (taken * 1000) / pace : 0;
  };
  const wire = () =>
    new Promise((resolve, reject) => keepAsking({ port, request, times, isOver, nextDue, resolve, reject }));
  await Promise.all(Array.from({ length: connections }, wire));
  const seconds = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  return {
    answers: times.length,
    perSecond: times.length / seconds,
    median: times[Math.floor(times.length * 0.5)],
    p99: times[Math.floor(times.length * 0.99)],
  };
}

function keepAsking({ port, request, times, isOver, nextDue, resolve, reject }) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let head = Buffer.alloc(0);
  let missing = 0;
  let asked = 0;
  const send = () => {
    asked = performance.now();
    socket.write(request);
  };
  const ask = () => {
    const due = nextDue();
    const now = performance.now();
    if (due > now) return setTimeout(send, due - now);
    send();
    // Nobody was free when it was due.
    if (due > 0) asked = due;
  };
  const answered = () => {
    times.push(performance.now() - asked);
    head = Buffer.alloc(0);
    if (isOver()) socket.end(resolve);
    else ask();
  };
  socket.on('connect', ask);
  socket.on('error', reject);
  socket.on('data', (data) => {
    if (missing > 0) {
      missing -= data.length;
    } else {
      head = head.length === 0 ? data : Buffer.concat([head, data]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      const length = /^content-length: *(\d+)/im.exec(text)?.[1];
      if (!text.startsWith('HTTP/1.1 200') || length === undefined)
        return reject(new Error(`Unexpected answer:\n${head.toString('utf8').slice(0, 2_000)}`));
      missing = Number(length) - (head.length - end - HEAD_END.length);
    }
    if (missing === 0) answered();
  });
}

serve(load);
