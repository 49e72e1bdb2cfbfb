/** Of the HTML report, small, as text. Made from page/ by build-page.mjs. */
export declare const script: string
export declare const style: string
