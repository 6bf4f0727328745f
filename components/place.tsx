'use client'
/** Where and for whom the screens work: the issuer, its time zone and the signed-in operator. */
import { createContext, use, useState, type ReactNode } from 'react'
import { knowZone, type ZoneOffsets } from '@/lib/certificates/time-zones'
import type { Role } from '@/lib/people/answers'

export interface Place {
  /** Name of the issuer, as on paper. */
  issuer: string
  /** IANA zone in which days and times are shown and typed. */
  timeZone: string
  /** That zone's clocks, so that no page waits for Intl. */
  zone: ZoneOffsets
  /** facility: in words, whose certificates the person deals with. isEverywhere: of all facilities. isDistrict: of several. */
  operator: { name: string; facility: string; roles: readonly Role[]; isEverywhere: boolean; isDistrict: boolean }
  /** In the printer of this computer. */
  paper: 'a4' | 'us-letter'
  /** Do keyboard shortcuts work? */
  shortcuts: boolean
}

const PlaceContext = createContext<Place | null>(null)

export function PlaceProvider({ place, children }: { place: Place; children: ReactNode }) {
  useState(() => knowZone(place.zone))
  return <PlaceContext value={place}>{children}</PlaceContext>
}

/** The issuer's time zone and the operator at this screen. */
export function usePlace(): Place {
  const place = use(PlaceContext)
  if (!place) throw new Error('usePlace outside PlaceProvider')
  return place
}

/** Whether the person at this screen has one of these roles. What may really be done the server says. */
export function useHas(...wanted: Role[]): boolean {
  const { roles } = usePlace().operator
  return wanted.some((role) => roles.includes(role))
}
