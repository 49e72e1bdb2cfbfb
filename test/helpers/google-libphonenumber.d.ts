// What tests use of it.
declare module 'google-libphonenumber' {
  interface PhoneNumber {
    getNationalNumber(): number | undefined
  }
  type KindName =
    | 'E164'
    | 'INTERNATIONAL'
    | 'NATIONAL'
    | 'RFC3966'
    | 'FIXED_LINE'
    | 'MOBILE'
    | 'TOLL_FREE'
    | 'SHARED_COST'
    | 'PREMIUM_RATE'
    | 'VOIP'
    | 'PERSONAL_NUMBER'
    | 'UAN'
    | 'PAGER'
  type Kinds = Readonly<Record<KindName, number>>
  const google: {
    readonly PhoneNumberFormat: Kinds
    readonly PhoneNumberType: Kinds
    readonly PhoneNumberUtil: { getInstance(): PhoneNumberUtil }
    readonly ShortNumberInfo: {
      getInstance(): { isEmergencyNumber(number: string, region: string): boolean }
    }
  }
  interface PhoneNumberUtil {
    getSupportedRegions(): string[]
    getCountryCodeForRegion(region: string): number
    getExampleNumberForType(region: string, type: number): PhoneNumber | null | undefined
    format(number: PhoneNumber, format: number): string
    parse(text: string, region: string): PhoneNumber
  }
  export = google
}
