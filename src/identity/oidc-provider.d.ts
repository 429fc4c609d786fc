/** The provider without its package's front door, which prints a warning on Node 20, on which it works. */
declare module 'oidc-provider/lib/provider.js' {
  export { Provider } from 'oidc-provider';
}
