import type { Adapter, AdapterPayload } from 'oidc-provider';

const MOST = 1_000;

interface Kept {
  payload: AdapterPayload;
  until: number;
}

/** What the built-in provider remembers, while the program runs. Of too many things the oldest are forgotten. */
export class BuiltInStore {
  private readonly kept = new Map<string, Kept>();

  /** The part of the store for one kind of thing. */
  of(kind: string): Adapter {
    const key = (id: string): string => `${kind}:${id}`;
    const payloadOf = (id: string): AdapterPayload | undefined => this.get(key(id));
    const where = (holds: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      [...this.kept.entries()].find(
        ([name, { payload }]) => name.startsWith(`${kind}:`) && holds(payload),
      )?.[1].payload;
    return {
      upsert: async (id, payload, seconds) => this.set(key(id), payload, seconds),
      find: async (id) => payloadOf(id),
      findByUid: async (uid) => where((payload) => payload.uid === uid),
      findByUserCode: async (code) => where((payload) => payload.userCode === code),
      consume: async (id) => {
        const payload = payloadOf(id);
        if (payload) payload.consumed = Math.floor(Date.now() / 1_000);
      },
      destroy: async (id) => {
        this.kept.delete(key(id));
      },
      revokeByGrantId: async (grantId) => {
        for (const [name, { payload }] of this.kept) if (payload.grantId === grantId) this.kept.delete(name);
      },
    };
  }

  private get(key: string): AdapterPayload | undefined {
    const found = this.kept.get(key);
    if (found && found.until <= Date.now()) this.kept.delete(key);
    else return found?.payload;
    return undefined;
  }

  private set(key: string, payload: AdapterPayload, seconds = 3_600): void {
    this.kept.delete(key);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size < MOST) break;
      this.kept.delete(oldest);
    }
    this.kept.set(key, { payload, until: Date.now() + seconds * 1_000 });
  }
}
