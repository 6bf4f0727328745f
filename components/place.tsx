'use client'
/** Where and for whom the screens work: the issuer, its time zone and the signed-in operator. */
import { createContext, use, type ReactNode } from 'react'

export interface Place {
  /** Name of the issuer, as on paper. */
  issuer: string
  /** IANA zone in which days and times are shown and typed. */
  timeZone: string
  /** isEverywhere: acts for all facilities. */
  operator: { name: string; facility: string; administrator: boolean; isEverywhere: boolean }
  /** In the printer of this computer. */
  paper: 'a4' | 'us-letter'
  /** Do keyboard shortcuts work? */
  shortcuts: boolean
}

const PlaceContext = createContext<Place | null>(null)

export function PlaceProvider({ place, children }: { place: Place; children: ReactNode }) {
  return <PlaceContext value={place}>{children}</PlaceContext>
}

/** The issuer's time zone and the operator at this screen. */
export function usePlace(): Place {
  const place = use(PlaceContext)
  if (!place) throw new Error('usePlace outside PlaceProvider')
  return place
}
