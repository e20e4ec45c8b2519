import { ApplicationFailure, condition, defineSignal, defineUpdate, setHandler } from '@temporalio/workflow';

/** Can be delivered to anybody but "nobody". A parcel with "explosive" fails, a parcel with "nothing" is lost. */
export async function parcel({ content }: { content: string }): Promise<unknown> {
  const notes: string[] = [];
  let deliveredTo: string | undefined;
  setHandler(defineSignal<[{ text: string }]>('note'), ({ text }) => {
    notes.push(text);
  });
  setHandler(defineUpdate<unknown, [{ to: string }]>('deliver'), ({ to }) => {
    if (to === 'nobody') throw ApplicationFailure.nonRetryable('Nobody lives there', 'NoSuchAddress');
    deliveredTo = to;
    return { delivered: true, at: 'the door' };
  });
  let times = 0;
  setHandler(defineUpdate<unknown, [object]>('weigh'), () => ({ times: (times += 1) }));
  let looks = 0;
  setHandler(defineUpdate<unknown, [object]>('look'), () => ({ times: (looks += 1) }));
  setHandler(defineUpdate<unknown>('open'), () => ({ opened: true }), {
    validator() {
      if (content === 'sealed') {
        const details = [{ opened: false }];
        throw ApplicationFailure.create({ type: 'AnsweredAtTheDoor', nonRetryable: true, details });
      }
    },
  });
  if (content === 'nothing') return { status: 'lost' };
  if (content === 'explosive') throw ApplicationFailure.nonRetryable('It ticks', 'Dangerous');
  await condition(() => deliveredTo !== undefined);
  return content === 'odd' ? { status: 'vanished' } : { status: 'delivered', notes };
}
