/** How grave a diagnostic is. */
export type Severity = 'error' | 'warning'
