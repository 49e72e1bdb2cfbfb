/** `OFFSETS|FIRST|CHANGES` by name, as build.mjs writes it. */
export declare const zones: Readonly<Record<string, string>>
/** Other names of zones. */
export declare const aliases: Readonly<Record<string, string>>
