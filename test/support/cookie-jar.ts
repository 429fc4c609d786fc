/** A browser without a screen: it keeps cookies as their paths say, and follows a redirect when it is told to. */
export class CookieJar {
  private readonly cookies = new Map<string, { value: string; path: string; host: string }>();

  /** @param base where addresses without a host lead */
  constructor(private readonly base: string) {}

  /** One request, whose redirect is not followed. */
  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.base);
    const headers = new Headers(init.headers);
    const cookies = this.sentTo(url);
    if (cookies !== '') headers.set('cookie', cookies);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.keep(line, url);
    return response;
  }

  /** Follows redirects until an answer is none, or leads to where `until` says. */
  async follow(
    address: string,
    until: (url: URL) => boolean = () => false,
  ): Promise<{ url: URL; response: Response }> {
    let url = new URL(address, this.base);
    let response = await this.send(url.href);
    for (let hops = 0; hops < 10; hops += 1) {
      const next = response.headers.get('location');
      if (next === null) return { url, response };
      url = new URL(next, url);
      if (until(url)) return { url, response };
      response = await this.send(url.href);
    }
    throw new Error(`Too many redirects, lately to ${url}`);
  }

  get(name: string): string | undefined {
    return [...this.cookies].find(([key]) => key.startsWith(`${name};`))?.[1].value;
  }

  set(name: string, value: string): void {
    this.keep(`${name}=${value}; Path=/`, new URL(this.base));
  }

  /** All values that it has. */
  values(): string[] {
    return [...this.cookies.values()].map(({ value }) => value);
  }

  private sentTo(url: URL): string {
    return [...this.cookies]
      .filter(
        ([, { path, host }]) =>
          host === url.host && (url.pathname === path || url.pathname.startsWith(path.replace(/\/?$/, '/'))),
      )
      .map(([key, { value }]) => `${key.split(';')[0]}=${value}`)
      .join('; ');
  }

  private keep(line: string, url: URL): void {
    const [pair = '', ...attributes] = line.split(/; */);
    const [name = '', ...value] = pair.split('=');
    const attribute = (wanted: string): string | undefined =>
      attributes.find((each) => each.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const path = attribute('path') ?? '/';
    const expires = attribute('expires');
    const key = `${name};${path};${url.host}`;
    if ((expires && new Date(expires) < new Date()) || attribute('max-age') === '0') this.cookies.delete(key);
    else this.cookies.set(key, { value: value.join('='), path, host: url.host });
  }
}
