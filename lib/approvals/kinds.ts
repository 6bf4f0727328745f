/** The lists of requests for a second person. */

export const REQUEST_LISTS = ['mine', 'to_decide', 'decided'] as const
