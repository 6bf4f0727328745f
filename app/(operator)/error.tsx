'use client'
/** Shown when a page of ours breaks. */
export { Broken as default } from '@/components/broken'
