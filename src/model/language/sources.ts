/** The texts of the files that ranges point into. */
export type Sources = ReadonlyMap<string, string>
