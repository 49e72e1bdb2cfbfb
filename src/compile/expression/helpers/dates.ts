import { formatDate } from './format-date.js'
import { type Helpers, text } from './helper.js'

export const dateHelpers: Helpers = {
  formatDate: {
    parameters: [text('date'), text('pattern'), text('zone')],
    meaning:
      'An ISO date in a zone of the IANA database, by a pattern of `yyyy MM MMM MMMM d dd EEE EEEE HH h mm ss a`; ' +
      "other words of it stand between single quotes: `'at'`. Months and weekdays are English.",
    example: [
      `{{formatDate "2026-03-01T22:30:00Z" "EEE d MMM yyyy 'at' HH:mm" "Asia/Tokyo"}}`,
      'Mon 2 Mar 2026 at 07:30',
    ],
    run: (date, pattern, zone) => formatDate(date as string, pattern as string, zone as string),
  },
}
