/** Where a request of the queue can be, and what it asks for. */

/**
 * waiting: a worker takes it next; under_way: one has it; held: an error of ours kept it, it is tried again, later each time;
 * failed: refused for good, and nothing was accepted for the same certificate since.
 */
export const QUEUE_STATES = ['waiting', 'under_way', 'held', 'failed'] as const
export const QUEUE_KINDS = ['certify', 'update', 'reissue'] as const
