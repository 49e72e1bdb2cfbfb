// `npm run build:docs`: the page is written to stdout.
import { diagnosticsPage } from './diagnostics-page.js'

process.stdout.write(diagnosticsPage())
