declare module 'proxy-from-env' {
  /** The proxy for a URL as HTTPS_PROXY, NO_PROXY and their kin say; empty for none. */
  export function getProxyForUrl(url: string): string
}
