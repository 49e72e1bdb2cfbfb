import type { PageData } from '../page-data.js'
import { createCallList } from './call-list.js'
import { all } from './dom.js'
import { startDeepLinks, startFolds, startPicture, startPrint, startTheme } from './look.js'
import { startSearch } from './search.js'

const data = JSON.parse(document.getElementById('_data')?.textContent ?? '') as PageData
const calls = createCallList(all<HTMLDetailsElement>('details.call'), data)
const { showAll } = startSearch(calls)
startTheme()
startFolds(calls)
startPrint(calls)
startPicture()
startDeepLinks(showAll)
