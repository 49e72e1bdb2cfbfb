/** Of the IANA database that this build has, such as `2026f`. */
export declare const zoneVersion: string
