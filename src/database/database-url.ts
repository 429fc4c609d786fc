/** Where the application's database is, for those who need a connection of their own (to listen, to queue). */
export class DatabaseUrl {
  constructor(readonly url: string) {}
}
