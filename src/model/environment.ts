/** Variables of a process's environment by name; undefined for what is not set. */
export type Environment = Readonly<Record<string, string | undefined>>
