/** Graph's code for a support ticket. What is no code could hold anything. */
export const createTicketCode = (code: string | undefined): { readonly code?: string } =>
  code !== undefined && /^(?:\d{1,6}|[A-Za-z][A-Za-z0-9_.]{0,63})$/.test(code) ? { code } : {}
