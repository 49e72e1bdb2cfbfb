import type { RecordChange } from '../../model/review.js'

/** A change before it is known what becomes of its address. */
export type Judged = Omit<RecordChange, 'isLooser' | 'effect' | 'place'>
