import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export interface NameServer {
  readonly address: string;
  /** The number of received queries. */
  readonly asked: () => number;
  /** Answers all waiting queries, and all later ones at once. */
  readonly speak: () => void;
  close(): void;
}

const noError = 0x8180;
const noSuchName = 0x8183;

/** A name server that does not answer until the spec lets it. It has IPv4 addresses only. */
export async function startNameServer(known: Readonly<Record<string, string>>): Promise<NameServer> {
  const socket = createSocket('udp4');
  const waiting: (() => void)[] = [];
  let asked = 0;
  let speaks = false;
  socket.on('message', (question, { port, address }) => {
    asked += 1;
    const answer = () => socket.send(answerTo(question, known), port, address);
    if (speaks) answer();
    else waiting.push(answer);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    speak() {
      speaks = true;
      for (const answer of waiting) answer();
    },
    close: () => socket.close(),
  };
}

/** RFC 1035: the header, the received question, and the address if there is one. */
function answerTo(question: Buffer, known: Readonly<Record<string, string>>): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at]!; length > 0; length = question[at]!) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += 1 + length;
  }
  const ofIpv4 = question.readUInt16BE(at + 1) === 1;
  const address = known[labels.join('.').toLowerCase()];
  const told = address !== undefined && ofIpv4;
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(address === undefined ? noSuchName : noError, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(told ? 1 : 0, 6);
  // A pointer to the name in the question, type A, class IN, a minute, four bytes.
  const record = told ? [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)] : [];
  return Buffer.concat([header, question.subarray(12, at + 5), Buffer.from(record)]);
}
